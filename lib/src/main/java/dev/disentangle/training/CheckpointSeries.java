package dev.disentangle.training;

import dev.disentangle.history.HistoryLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The checkpoints that one training leaves in one folder while it runs, and its history's log. */
final class CheckpointSeries implements AutoCloseable {

  private static final String HISTORY = "history.csv";
  private static final String NAME = "step-%09d";
  private static final String UNHARMED =
      ". The training is unharmed; make room, then run(steps) goes on";
  private static final String PATTERN = "step-\\d{9,}";

  private final Checkpoints settings;
  private final Deque<Path> kept = new ArrayDeque<>();
  private FolderLock lock;
  private HistoryLog log;
  private long savedStep = -1;
  private long savedAt;

  CheckpointSeries(Checkpoints settings) {
    this.settings = settings;
  }

  /** The checkpoints in a folder, newest first, whatever state they are in. */
  static List<Path> list(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new NotDirectoryException(folder.toString());
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> entry.getFileName().toString().matches(PATTERN))
          .sorted(Comparator.comparing(CheckpointSeries::step).reversed())
          .toList();
    }
  }

  /** The newest checkpoint whose saving was not cut off; null if there is none. */
  static Path newestComplete(Path folder) throws IOException {
    for (Path checkpoint : list(folder)) {
      if (Files.exists(checkpoint.resolve(CheckpointFolder.RECORD))) {
        return checkpoint;
      }
    }
    return null;
  }

  /** The folder itself if it is a checkpoint, else the newest complete one of a run's. */
  static Path newestIn(Path folder) throws IOException {
    if (Files.exists(folder.resolve(CheckpointFolder.RECORD)) || !Files.isDirectory(folder)) {
      return folder;
    }
    Path newest = newestComplete(folder);
    return newest == null ? folder : newest;
  }

  private static long step(Path checkpoint) {
    return Long.parseLong(checkpoint.getFileName().toString().substring("step-".length()));
  }

  /** Goes back to the newest good checkpoint; from then on this process alone writes here. */
  Resumption resume(Training training) throws IOException {
    Path folder = settings.folder();
    List<Path> all = list(folder);
    acquire();
    Map<Path, String> skipped = new LinkedHashMap<>();
    for (Path checkpoint : all) {
      try {
        Checkpoint.load(training, checkpoint);
        begin(training, all.stream().filter(c -> step(c) <= training.step()).toList());
        return new Resumption(checkpoint, training.step(), Collections.unmodifiableMap(skipped));
      } catch (IOException | IllegalArgumentException e) {
        skipped.put(checkpoint, e.getMessage());
      }
    }
    throw noneIn(folder, skipped);
  }

  static IOException noneIn(Path folder, Map<Path, String> skipped) {
    StringBuilder text = new StringBuilder("no checkpoint in " + folder + " can be resumed from");
    skipped.forEach(
        (path, why) -> text.append("; ").append(path.getFileName()).append(": ").append(why));
    return new IOException(text.toString());
  }

  /** Takes the folder, before the first step; does nothing when that has been done. */
  void start(Training training) {
    if (log != null) {
      return;
    }
    try {
      FolderLock.make(settings.folder());
      Path earlier = newestComplete(settings.folder());
      if (earlier != null) {
        throw new IllegalStateException(
            settings.folder()
                + " holds the checkpoints of an earlier run, up to "
                + earlier.getFileName()
                + ". Training.resume(folder, data) goes on with it; for a new run choose another"
                + " folder");
      }
      acquire();
      begin(training, List.of());
      save(training);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private void acquire() throws IOException {
    if (lock == null) {
      lock = FolderLock.take(settings.folder(), "trains into");
    }
  }

  private void begin(Training training, List<Path> newestFirst) throws IOException {
    kept.clear();
    newestFirst.forEach(kept::addFirst);
    log = HistoryLog.start(settings.folder().resolve(HISTORY), training.history());
    savedStep = newestFirst.isEmpty() ? -1 : training.step();
    savedAt = System.nanoTime();
  }

  /** Cuts the log back to the history of a checkpoint that was loaded from elsewhere. */
  void loaded(Training training) {
    if (log == null) {
      return;
    }
    try {
      log.close();
      log = HistoryLog.start(settings.folder().resolve(HISTORY), training.history());
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** Appends what was just recorded. */
  void recorded(Training training, long step, Map<String, Double> values) {
    if (log == null) {
      return;
    }
    try {
      log.append(training.history(), step, values);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the history of step " + step + " could not be written: " + e.getMessage() + UNHARMED, e);
    }
  }

  /** Saves if it is time to. */
  void stepped(Training training) {
    long passed = System.nanoTime() - savedAt;
    boolean steps = settings.everySteps() > 0 && training.step() % settings.everySteps() == 0;
    boolean time = !settings.every().isZero() && passed >= settings.every().toNanos();
    if (steps || time) {
      save(training);
    }
  }

  /** Saves, unless this step is saved already, and deletes what is no longer kept. */
  void save(Training training) {
    if (savedStep == training.step()) {
      return;
    }
    Path checkpoint = settings.folder().resolve(String.format(Locale.ROOT, NAME, training.step()));
    try {
      // One that was passed over as damaged may stand in the way.
      CheckpointFolder.delete(checkpoint);
      Checkpoint.save(training, checkpoint);
      CheckpointFolder.flush(settings.folder());
      kept.remove(checkpoint);
      kept.addLast(checkpoint);
      while (kept.size() > settings.keep()) {
        CheckpointFolder.delete(kept.removeFirst());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the checkpoint of step "
              + training.step()
              + " could not be written: "
              + e.getMessage()
              + UNHARMED,
          e);
    }
    savedStep = training.step();
    savedAt = System.nanoTime();
  }

  /** What to do after a failure, as the end of a message. */
  String advice() {
    return kept.isEmpty()
        ? ""
        : ". The last checkpoint is "
            + kept.getLast()
            + "; Training.resume(folder, data) goes back to it";
  }

  @Override
  public void close() {
    try {
      if (log != null) {
        log.close();
      }
      if (lock != null) {
        lock.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      lock = null;
      log = null;
    }
  }
}
