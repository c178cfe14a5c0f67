package dev.disentangle.sweep;

import dev.disentangle.plot.ConsoleLine;
import dev.disentangle.plot.Notebook;
import dev.disentangle.plot.NotebookOutput;
import java.util.concurrent.TimeUnit;

/**
 * What a sweep shows while it runs. In a notebook: a line with the time left above a table with a
 * row per setting, both drawn anew in place. Elsewhere: a line per run that ends, and below it one
 * that says what is running, rewritten in place on a terminal.
 */
final class SweepDisplay implements AutoCloseable {

  private static final long PAUSE_MILLIS = 2_000;

  private final SweepState state;
  private final boolean notebook = Notebook.isRunning();
  private final NotebookOutput headline = Notebook.output();
  private final NotebookOutput table = Notebook.output();
  private final ConsoleLine line = new ConsoleLine();
  private boolean over;
  private final Thread watch = new Thread(this::watch, "sweep display");

  private SweepDisplay(SweepState state) {
    this.state = state;
  }

  static SweepDisplay of(SweepState state) {
    SweepDisplay display = new SweepDisplay(state);
    display.draw();
    display.watch.setDaemon(true);
    display.watch.start();
    return display;
  }

  private void watch() {
    try {
      long pause = PAUSE_MILLIS;
      while (true) {
        TimeUnit.MILLISECONDS.sleep(pause);
        long begin = System.nanoTime();
        state.look(begin);
        draw();
        // Thousands of folders on a file server take a while to look at: a tenth of the time at
        // most.
        pause = Math.max(PAUSE_MILLIS, 9 * (System.nanoTime() - begin) / 1_000_000);
      }
    } catch (InterruptedException e) {
      // The sweep is over.
      return;
    }
  }

  private synchronized void draw() {
    if (over) {
      return;
    }
    long now = System.nanoTime();
    if (notebook) {
      headline.text(state.headline(now));
      table.table(state.table());
    } else {
      line.show(state.line(now));
    }
  }

  /** Shows that a run has ended. */
  synchronized void ended(SweepRun run, Outcome outcome) {
    state.ended(outcome, System.nanoTime());
    if (!notebook) {
      String end =
          outcome
              .failure()
              .map(why -> "failed: " + why)
              .orElse("finished in " + SweepState.duration(outcome.seconds()));
      line.clear();
      System.out.println(run.title() + " " + end);
    }
    draw();
  }

  @Override
  public void close() {
    watch.interrupt();
    draw();
    synchronized (this) {
      over = true;
      line.end();
    }
  }
}
