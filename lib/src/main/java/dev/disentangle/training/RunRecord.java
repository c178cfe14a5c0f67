package dev.disentangle.training;

import ai.djl.engine.Engine;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import dev.disentangle.model.Autoencoder;
import dev.disentangle.tensor.Threads;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a run was: enough to repeat it, and to tell why two runs differ.
 *
 * @param settings the choices that decide the numbers: method and its hyperparameters, data set and
 *     its fingerprint, networks, posterior, prior, likelihood, latents, batch size and seed
 * @param environment versions of library, engine and Java, the device, and the number of threads,
 *     which decide the last digits
 * @param step how many steps were taken
 * @param seconds how long they took
 * @param partialSums loss terms of the steps since the history's last row, summed
 * @param partialCount how many steps that are
 * @param optimizerSteps updates of each player's optimiser
 */
public record RunRecord(
    Map<String, String> settings,
    Map<String, String> environment,
    long step,
    double seconds,
    Map<String, Double> partialSums,
    int partialCount,
    Map<String, Long> optimizerSteps) {

  private static final Gson JSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  static RunRecord of(Training training) {
    Map<String, Long> updates = new LinkedHashMap<>();
    training.players().forEach(p -> updates.put(p.name(), p.optimizer().step()));
    return new RunRecord(
        describe(training),
        versions(),
        training.step(),
        training.seconds(),
        training.averages().sums(),
        training.averages().count(),
        updates);
  }

  /** The choices that decide a training's numbers. */
  static Map<String, String> describe(Training training) {
    Settings settings = training.settings();
    Map<String, String> values = new LinkedHashMap<>();
    values.put("objective", settings.objective().name());
    settings.objective().hyperparameters().forEach((k, v) -> values.put("objective." + k, v));
    values.put("data", training.data().name());
    values.put("data.fingerprint", training.data().fingerprint());
    values.put("data.size", String.valueOf(training.data().size()));
    values.put("architecture", settings.architecture().name());
    values.put("posterior", settings.posterior().toString());
    values.put("prior", settings.prior().toString());
    if (training.autoencoder() instanceof Autoencoder plain && settings.posterior().hasDensity()) {
      values.put("divergence", plain.hasClosedForm() ? "closed form" : "one sample per image");
    }
    values.put("likelihood", settings.likelihood().toString());
    values.put("latents", String.valueOf(settings.latents()));
    values.put("batchSize", String.valueOf(settings.batchSize()));
    values.put("seed", String.valueOf(settings.seed()));
    return values;
  }

  private static Map<String, String> versions() {
    Map<String, String> values = new LinkedHashMap<>();
    String version = RunRecord.class.getPackage().getImplementationVersion();
    values.put("disentangle", version == null ? "development build" : version);
    values.put("pytorch", Engine.getEngine("PyTorch").getVersion());
    values.put("device", Threads.device());
    values.put("java", Runtime.version().toString());
    values.put("threads", String.valueOf(Threads.count()));
    values.put("commit", commit());
    return values;
  }

  /** The commit of the checkout that the process runs in, or {@code unknown}. */
  private static String commit() {
    try {
      Process git =
          new ProcessBuilder("git", "rev-parse", "HEAD")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String text = new String(git.getInputStream().readAllBytes()).strip();
      return git.waitFor() == 0 ? text : "unknown";
    } catch (IOException e) {
      return "unknown";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "unknown";
    }
  }

  /**
   * Writes the record as JSON.
   *
   * @param file where
   * @throws IOException if it cannot be written
   */
  public void write(Path file) throws IOException {
    Files.writeString(file, JSON.toJson(this) + "\n");
  }

  /**
   * Reads a record.
   *
   * @param file what {@link #write} wrote
   * @return the record
   * @throws IOException if it cannot be read or is not a run record
   */
  public static RunRecord read(Path file) throws IOException {
    try {
      RunRecord record = JSON.fromJson(Files.readString(file), RunRecord.class);
      if (record == null) {
        throw new IOException(file + " is not a run record: it is empty");
      }
      record.requireComplete(file);
      return record;
    } catch (JsonParseException | CharacterCodingException e) {
      throw new IOException(file + " is not a run record: " + e.getMessage(), e);
    }
  }

  private void requireComplete(Path file) throws IOException {
    require(settings != null, file, "settings are missing");
    require(environment != null, file, "environment is missing");
    require(partialSums != null, file, "partialSums are missing");
    require(optimizerSteps != null, file, "optimizerSteps are missing");
    require(step >= 0, file, "step must be at least 0, is " + step);
    require(seconds >= 0 && seconds < 1e12, file, "seconds must be at least 0, are " + seconds);
    require(partialCount >= 0, file, "partialCount must be at least 0, is " + partialCount);
    require(partialCount <= step, file, "partialCount " + partialCount + " is above the step");
    require(partialCount > 0 || partialSums.isEmpty(), file, "partialSums are of no step at all");
    for (Map.Entry<String, Double> sum : partialSums.entrySet()) {
      boolean finite = sum.getValue() != null && Double.isFinite(sum.getValue());
      require(finite, file, "partialSums of " + sum.getKey() + " is " + sum.getValue());
    }
    for (Map.Entry<String, Long> updates : optimizerSteps.entrySet()) {
      boolean counted = updates.getValue() != null && updates.getValue() >= 0;
      require(counted, file, "optimizerSteps of " + updates.getKey() + " is " + updates.getValue());
    }
  }

  private static void require(boolean holds, Path file, String fault) throws IOException {
    if (!holds) {
      throw new IOException(file + " is not a run record: " + fault);
    }
  }
}
