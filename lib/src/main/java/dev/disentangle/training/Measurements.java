package dev.disentangle.training;

import dev.disentangle.data.ImageData;
import java.util.ArrayList;
import java.util.List;

/** Which measurements of a run are due at which steps. */
final class Measurements {

  private final Settings settings;
  private final Measurement often;
  private final Measurement whole;
  private final Measurement scores;

  Measurements(Settings settings, ImageData data) {
    long seed = Seeds.of(settings.seed(), Seeds.Purpose.MEASUREMENT, 0);
    this.settings = settings;
    this.whole = TotalCorrelationMeasurement.ofAll(data, seed);
    this.often =
        data.size() <= TotalCorrelationMeasurement.SUBSET
            ? whole
            : TotalCorrelationMeasurement.ofSubset(data, seed);
    this.scores = new ScoreMeasurement(data, settings.scoreSchedule(), settings.seed());
  }

  /**
   * The measurements due after so many steps. Before the first step a large set is not measured
   * whole: all posteriors are much the same then, and a short run would wait for it in vain.
   */
  List<Measurement> due(long step) {
    List<Measurement> due = new ArrayList<>();
    if (divides(settings.scoreSchedule().every(), step)) {
      // Before the first step too: a score that these data do not allow is told at once.
      due.add(scores);
    }
    if (!settings.posterior().hasIndependentLatents()) {
      // Plain arrays hold each latent's variance, and the true q(z) needs their correlations too.
      return due;
    }
    if (divides(settings.measureEvery(), step)) {
      due.add(often);
    }
    if (often != whole && step > 0 && divides(settings.measureAllEvery(), step)) {
      due.add(whole);
    }
    return due;
  }

  private static boolean divides(int interval, long step) {
    return interval > 0 && step % interval == 0;
  }
}
