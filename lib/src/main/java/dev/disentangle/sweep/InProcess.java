package dev.disentangle.sweep;

import dev.disentangle.data.ImageData;
import dev.disentangle.history.History;
import dev.disentangle.metric.ScoreOptions;
import dev.disentangle.metric.ScoreValue;
import dev.disentangle.metric.Scores;
import dev.disentangle.training.Checkpoints;
import dev.disentangle.training.FolderInUseException;
import dev.disentangle.training.Settings;
import dev.disentangle.training.Training;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Does runs one after another in this process. A run that was interrupted goes on from its last
 * checkpoint; its final one stays in the folder {@code checkpoints} of the run.
 */
public record InProcess() implements Runner {

  private static final String CHECKPOINTS = "checkpoints";

  @Override
  public void run(List<SweepRun> runs, Path folder, Consumer<Outcome> done) throws IOException {
    Map<DataSource, ImageData> images = new LinkedHashMap<>();
    for (SweepRun run : runs) {
      if (!images.containsKey(run.source())) {
        // One data set at a time: a large one fills the memory.
        images.clear();
        images.put(run.source(), run.source().get());
      }
      Path own = run.folder(folder);
      try {
        done.accept(perform(run, images.get(run.source()), own));
      } catch (FolderInUseException e) {
        done.accept(Outcome.failed(run, e.getMessage()).write(own));
      }
    }
  }

  /**
   * Does one run and leaves its outcome.
   *
   * @throws FolderInUseException if another process is doing it
   */
  static Outcome perform(SweepRun run, ImageData data, Path folder) throws IOException {
    Outcome outcome;
    try (Training training = begin(run, data, checkpoints(folder))) {
      training.run(Math.max(0, run.steps() - training.step()));
      outcome =
          new Outcome(
              run.id(),
              run.setting(),
              run.settings().seed(),
              Optional.empty(),
              values(run, training),
              training.seconds());
    } catch (CancellationException | FolderInUseException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      String reason = e.getMessage() == null ? e.toString() : e.getMessage();
      outcome = Outcome.failed(run, reason);
    }
    return outcome.write(folder);
  }

  /** Where a run's checkpoints are, the final one of a finished run among them. */
  static Path checkpoints(Path run) {
    return run.resolve(CHECKPOINTS);
  }

  private static Training begin(SweepRun run, ImageData data, Path checkpoints) throws IOException {
    if (!data.fingerprint().equals(run.fingerprint())) {
      throw new IllegalArgumentException(
          "the sweep was described with the images "
              + run.fingerprint()
              + ", here are "
              + data.fingerprint()
              + " of "
              + data.name());
    }
    Settings.Builder builder =
        Training.of(run.settings(), data).checkpoints(Checkpoints.in(checkpoints).keep(1));
    Training training = builder.build();
    if (!holdsCheckpoint(checkpoints)) {
      return training;
    }
    try {
      return training.resume();
    } catch (IOException | RuntimeException e) {
      training.close();
      throw e;
    }
  }

  private static boolean holdsCheckpoint(Path checkpoints) throws IOException {
    if (!Files.isDirectory(checkpoints)) {
      return false;
    }
    try (Stream<Path> entries = Files.list(checkpoints)) {
      return entries.anyMatch(entry -> Files.exists(entry.resolve("run.json")));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static Map<String, Double> values(SweepRun run, Training training) {
    Map<String, Double> values = new LinkedHashMap<>();
    History history = training.history();
    history.names().forEach(term -> values.put(term, history.last(term)));
    if (!run.scores().isEmpty()) {
      ScoreOptions options = ScoreOptions.defaults().only(run.scores().toArray(String[]::new));
      for (ScoreValue value : Scores.of(training.model(), training.data(), options).values()) {
        values.put(value.name(), value.value());
      }
    }
    return values;
  }
}
