package dev.disentangle.training;

import dev.disentangle.history.History;
import dev.disentangle.history.Terms;
import dev.disentangle.plot.ConsoleLine;
import java.util.Locale;

/** One line of text that changes while a training runs. */
final class ProgressLine implements Progress.Display {

  private final Training training;
  private final long first;
  private final long end;
  private final long every;
  private final long started = System.nanoTime();
  private final ConsoleLine line = new ConsoleLine();

  ProgressLine(Training training, long end, long every) {
    this.training = training;
    this.first = training.step();
    this.end = end;
    this.every = every;
  }

  @Override
  public void step(long step) {
    if (step % every == 0 || step == end) {
      line.show(text(step));
    }
  }

  @Override
  public void working(String what) {
    System.out.print("\r" + training.name() + " step " + training.step() + ": " + what + " ...");
    System.out.flush();
  }

  @Override
  public void finish() {
    line.end();
  }

  private String text(long step) {
    double elapsed = (System.nanoTime() - started) / 1e9;
    double rate = (step - first) / elapsed;
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%s step %,d of %,d, %.1f steps/s, %.0f s left",
            training.name(),
            step,
            end,
            rate,
            (end - step) / rate));
    append(text, "reconstruction", Terms.RECONSTRUCTION);
    append(text, "KL", Terms.KL);
    append(text, "TC estimate", Terms.TOTAL_CORRELATION_ESTIMATE);
    measured(text, "TC of a subset", Terms.TOTAL_CORRELATION_SUBSET);
    measured(text, "true TC", Terms.TOTAL_CORRELATION);
    return text.toString();
  }

  /** A measured term with its step; that of the untrained model says nothing of this one. */
  private void measured(StringBuilder text, String label, String term) {
    History history = training.history();
    if (!history.contains(term)) {
      return;
    }
    long[] steps = history.steps(term);
    long step = steps[steps.length - 1];
    text.append(" | ").append(label);
    text.append(
        step == 0 ? " -" : String.format(Locale.ROOT, " %.2f at %,d", history.last(term), step));
  }

  private void append(StringBuilder text, String label, String term) {
    History history = training.history();
    if (history.contains(term)) {
      text.append(String.format(Locale.ROOT, " | %s %.2f", label, history.last(term)));
    }
  }
}
