package dev.disentangle.sweep;

import dev.disentangle.history.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

/**
 * How far one run has come, read from the history that it appends to in its folder. So it can be
 * watched wherever it is done.
 */
final class RunWatch {

  private final SweepRun run;
  private final Path file;
  private FileTime seen;
  private boolean running;
  private History history = new History();
  private long firstStep;
  private long firstSeen;
  private long lastSeen;

  RunWatch(SweepRun run, Path folder) {
    this.run = run;
    this.file = InProcess.checkpoints(run.folder(folder)).resolve("history.csv");
    // What an earlier call left behind is no sign of life.
    this.seen = changed();
  }

  SweepRun run() {
    return run;
  }

  /**
   * Looks whether the run has recorded anything since the last look; {@code now} in nanoseconds.
   */
  void look(long now) {
    FileTime newest = changed();
    if (newest == null || newest.equals(seen)) {
      return;
    }
    try {
      history = History.readCsv(file);
    } catch (IOException e) {
      // Just being replaced; the next look will find it.
      return;
    }
    seen = newest;
    if (!running) {
      running = true;
      firstStep = step();
      firstSeen = now;
    }
    lastSeen = now;
  }

  private FileTime changed() {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      return null;
    }
  }

  boolean isRunning() {
    return running;
  }

  /** The last step that it recorded; 0 before. */
  long step() {
    return Math.max(0, history.lastStep());
  }

  /** Steps since it was first seen. */
  long progress() {
    return running ? step() - firstStep : 0;
  }

  /** Seconds until its last step, at the rate so far; not a number while that is unknown. */
  double secondsLeft() {
    double rate = progress() / ((lastSeen - firstSeen) / 1e9);
    return rate > 0 ? (run.steps() - step()) / rate : Double.NaN;
  }

  /** The newest value of a term; not a number if it has none. */
  double last(String term) {
    return history.contains(term) ? history.last(term) : Double.NaN;
  }
}
