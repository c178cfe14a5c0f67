package dev.disentangle.bench;

import dev.disentangle.data.DSprites;
import dev.disentangle.data.ImageData;
import dev.disentangle.evidence.Experiment;
import dev.disentangle.sweep.Outcome;
import dev.disentangle.training.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Makes the models that come with the library: one of every method on the small sprites, and those
 * of an experiment whose checkpoints are here. What is there already is not made again.
 */
final class GalleryBenchmark {

  /** Times as long as for the table of methods: these are to be looked at. */
  private static final int LONGER = 3;

  private static final String INDEX = "index.txt";

  private final Path folder;
  private final Report report;

  /**
   * Makes a gallery.
   *
   * @param folder receives a folder per model, and their names in {@code index.txt}
   * @param report where rows go
   */
  GalleryBenchmark(Path folder, Report report) {
    this.folder = folder;
    this.report = report;
  }

  /** Trains every method, its scores being of no interest here. */
  void methods() throws IOException {
    for (BenchmarkedMethod entry : BenchmarkedMethod.all()) {
      Path model = folder.resolve(name(entry.method().name()) + "-small");
      if (!Files.exists(model)) {
        try (Training training =
            Training.of(entry.method(), BenchmarkedMethod.images())
                .latents(entry.latents())
                .measureEvery(0)
                .build()) {
          training.run(LONGER * (long) entry.steps()).saveModel(model);
        }
      }
      row(model);
    }
  }

  /** Takes over the models of an experiment's first seed, as far as their checkpoints are here. */
  void experiment(Experiment experiment, Path experiments, List<String> methods)
      throws IOException {
    ImageData images = DSprites.generate();
    for (Outcome run : experiment.ended(experiments).outcomes()) {
      String method = run.setting().get("method");
      Path checkpoints = experiments.resolve(experiment.name()).resolve(run.run());
      Path model = folder.resolve(name(method.split(" ", 2)[0]) + "-dsprites");
      boolean wanted = run.seed() == 0 && methods.contains(method) && !Files.exists(model);
      if (wanted && hasWeights(checkpoints)) {
        try (Training training = Training.resume(checkpoints.resolve("checkpoints"), images)) {
          training.saveModel(model);
        }
        row(model);
      }
    }
  }

  private static boolean hasWeights(Path run) throws IOException {
    try (Stream<Path> files = Files.walk(run)) {
      return files.anyMatch(file -> file.getFileName().toString().startsWith("weights"));
    }
  }

  private void row(Path model) throws IOException {
    long bytes = 0;
    for (Path file : files(model)) {
      bytes += Files.size(file);
    }
    report.row(model.getFileName().toString(), bytes / 1024.0, "KiB", "");
  }

  /** Names what is there, those of all images first. */
  void index() throws IOException {
    List<String> names = new ArrayList<>();
    for (Path model : files(folder)) {
      if (Files.isDirectory(model)) {
        Files.deleteIfExists(model.resolve(".lock"));
        names.add(model.getFileName().toString());
      }
    }
    names.sort((a, b) -> Boolean.compare(a.endsWith("-small"), b.endsWith("-small")));
    Files.write(folder.resolve(INDEX), names);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private static String name(String method) {
    return method.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
  }
}
