package dev.disentangle.training;

import dev.disentangle.data.ImageData;
import dev.disentangle.history.Terms;
import dev.disentangle.metric.TrueTotalCorrelation;
import dev.disentangle.representation.Codes;
import dev.disentangle.representation.ImageEncoder;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Measures the true total correlation of {@code q(z)} over the images of a data set.
 *
 * <p>Up to {@link #IMAGES} images are taken all; of a larger set a fixed sample stands for the
 * whole, which makes {@code q(z)} a mixture of fewer posteriors and the measured value somewhat
 * larger.
 */
final class TotalCorrelationMeasurement implements Measurement {

  static final int IMAGES = 32_768;
  static final int SAMPLES = 500;

  private final ImageData data;
  private final int[] indices;
  private final long seed;

  TotalCorrelationMeasurement(ImageData data, long seed) {
    this.data = data;
    this.seed = seed;
    this.indices =
        data.size() <= IMAGES
            ? IntStream.range(0, data.size()).toArray()
            : new SplittableRandom(seed).ints(IMAGES, 0, data.size()).toArray();
  }

  @Override
  public Map<String, Double> measure(ImageEncoder model, long step) {
    Codes codes = model.encode(data, indices);
    if (codes.logVariances()[0][0] == Float.NEGATIVE_INFINITY) {
      // Codes of a deterministic encoder are points: q(z) has no density.
      return Map.of();
    }
    double value = TrueTotalCorrelation.of(codes, SAMPLES, seed).nats();
    return Map.of(Terms.TOTAL_CORRELATION, value);
  }
}
