package dev.disentangle.training;

import dev.disentangle.data.ImageData;
import dev.disentangle.metric.ScoreValue;
import dev.disentangle.metric.Scores;
import dev.disentangle.representation.ImageEncoder;
import java.util.LinkedHashMap;
import java.util.Map;

/** Computes the scores of a {@link ScoreSchedule}; what a model has no value for is left out. */
final class ScoreMeasurement implements Measurement {

  private final ImageData data;
  private final ScoreSchedule schedule;
  private final long seed;

  ScoreMeasurement(ImageData data, ScoreSchedule schedule, long seed) {
    this.data = data;
    this.schedule = schedule;
    this.seed = seed;
  }

  @Override
  public String description() {
    return "computing scores";
  }

  /**
   * Computes the scores.
   *
   * @throws IllegalArgumentException if one does not apply to these data or this model
   */
  @Override
  public Map<String, Double> measure(ImageEncoder model, long step) {
    Map<String, Double> values = new LinkedHashMap<>();
    Scores scores = Scores.of(model, data, schedule.options().seed(seed));
    requireAll(scores);
    for (ScoreValue score : scores.values()) {
      if (Double.isFinite(score.value())) {
        values.put(ScoreSchedule.PREFIX + score.name(), score.value());
      }
    }
    return values;
  }

  private void requireAll(Scores scores) {
    for (String name : schedule.names()) {
      if (!scores.seconds().containsKey(name)) {
        throw new IllegalArgumentException(
            "the score "
                + name
                + " cannot be computed while this training goes on: "
                + (data.factors().isEmpty()
                    ? data.name() + " has no factors"
                    : "it needs the posteriors' variances or all images")
                + "; leave it out of scoreEvery");
      }
    }
  }
}
