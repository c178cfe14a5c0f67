package dev.disentangle.bench;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * An eager PyTorch script that does the same training step, run as a process of its own. It stands
 * for what a user would otherwise start, in several variants of which the best counts.
 */
final class Yardstick {

  /** Environment variables that count as settings of ours. */
  static final List<String> SETTINGS =
      List.of(
          "MALLOC_TRIM_THRESHOLD_",
          "MALLOC_MMAP_THRESHOLD_",
          "MALLOC_ARENA_MAX",
          "OMP_WAIT_POLICY",
          "GOMP_SPINCOUNT");

  private final String python;
  private final Path script;

  private Yardstick(String python, Path script) {
    this.python = python;
    this.script = script;
  }

  /** Finds a Python with torch; empty when there is none. */
  static Optional<Yardstick> find(String wanted) {
    List<String> candidates = new ArrayList<>();
    if (wanted != null) {
      candidates.add(wanted);
    } else {
      candidates.add("python3");
      candidates.add("python");
    }
    for (String candidate : candidates) {
      if (hasTorch(candidate)) {
        return Optional.of(new Yardstick(candidate, extract()));
      }
    }
    return Optional.empty();
  }

  private static boolean hasTorch(String python) {
    try {
      Process process =
          new ProcessBuilder(python, "-c", "import torch")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(120, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Path extract() {
    try (InputStream in = Yardstick.class.getResourceAsStream("factorvae_torch.py")) {
      Path file = Files.createTempFile("factorvae_torch", ".py");
      file.toFile().deleteOnExit();
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Runs the script once.
   *
   * @param settings whether it gets our environment settings or a plain environment
   * @param seconds length of the timing
   * @param threads number of threads
   * @param options its options
   * @return what it printed
   */
  JsonObject run(boolean settings, double seconds, int threads, List<String> options) {
    List<String> command = new ArrayList<>(List.of(python, script.toString()));
    command.addAll(List.of("--seconds", String.valueOf(seconds)));
    command.addAll(List.of("--threads", String.valueOf(threads), "--gemm", "0"));
    command.addAll(options);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    if (!settings) {
      SETTINGS.forEach(builder.environment()::remove);
    }
    try {
      Process process = builder.start();
      String text = new String(process.getInputStream().readAllBytes());
      if (process.waitFor() != 0) {
        throw new IllegalStateException("the yardstick failed: " + String.join(" ", command));
      }
      return JsonParser.parseString(text.strip()).getAsJsonObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the yardstick ran", e);
    }
  }

  double stepsPerSecond(boolean settings, double seconds, int threads, List<String> options) {
    return run(settings, seconds, threads, options).get("steps_per_s").getAsDouble();
  }

  double imagesPerSecond(boolean settings, double seconds, int threads, List<String> options) {
    return run(settings, seconds, threads, options).get("images_per_s").getAsDouble();
  }

  /** The quickest of some variants, by one short timing each. */
  List<String> best(boolean settings, double seconds, int threads, List<List<String>> variants) {
    return best(variants, variant -> stepsPerSecond(settings, seconds, threads, variant));
  }

  /** The variant of the highest rate. */
  static <T> T best(List<T> variants, ToDoubleFunction<T> rates) {
    T best = variants.get(0);
    double rate = 0;
    for (T variant : variants) {
      double candidate = rates.applyAsDouble(variant);
      if (candidate > rate) {
        rate = candidate;
        best = variant;
      }
    }
    return best;
  }
}
