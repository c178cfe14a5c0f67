package dev.disentangle.training;

import dev.disentangle.data.Batches;
import dev.disentangle.data.ImageData;
import dev.disentangle.history.Terms;
import dev.disentangle.metric.SubsetTotalCorrelation;
import dev.disentangle.metric.TrueTotalCorrelation;
import dev.disentangle.representation.Codes;
import dev.disentangle.representation.ImageEncoder;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

/**
 * Measures the total correlation of {@code q(z)}: the true one, with every image of the data set
 * encoded ({@link Terms#TOTAL_CORRELATION}), or for a large set an estimate from {@link #SUBSET} of
 * its images ({@link Terms#TOTAL_CORRELATION_SUBSET}), which are the same throughout a run.
 */
final class TotalCorrelationMeasurement implements Measurement {

  /** Sets of up to so many images are encoded whole every time. */
  static final int SUBSET = 20_000;

  private static final int SAMPLES = TrueTotalCorrelation.DEFAULT_SAMPLES;

  private final ImageData data;
  private final int[] indices;
  private final long seed;

  private TotalCorrelationMeasurement(ImageData data, int[] indices, long seed) {
    this.data = data;
    this.indices = indices;
    this.seed = seed;
  }

  /** Measures against the posteriors of all images. */
  static TotalCorrelationMeasurement ofAll(ImageData data, long seed) {
    return new TotalCorrelationMeasurement(data, IntStream.range(0, data.size()).toArray(), seed);
  }

  /** Estimates from the posteriors of some images, drawn without replacement. */
  static TotalCorrelationMeasurement ofSubset(ImageData data, long seed) {
    int[] images = Batches.draw(SUBSET, data.size(), new SplittableRandom(seed));
    return new TotalCorrelationMeasurement(data, images, seed);
  }

  @Override
  public String description() {
    return indices.length <= SUBSET
        ? ""
        : String.format(
            Locale.ROOT,
            "measuring the total correlation against all %,d posteriors",
            indices.length);
  }

  /**
   * Encodes the images and measures.
   *
   * @throws CancellationException if the thread is interrupted, whose flag is then cleared
   */
  @Override
  public Map<String, Double> measure(ImageEncoder model, long step) {
    Codes one = model.encode(data, new int[] {indices[0]});
    if (one.logVariances()[0][0] == Float.NEGATIVE_INFINITY) {
      // Codes of a deterministic encoder are points: q(z) has no density.
      return Map.of();
    }
    Codes codes = encode(model, step);
    if (indices.length == data.size()) {
      double nats = TrueTotalCorrelation.of(codes, SAMPLES, seed).nats();
      return Map.of(Terms.TOTAL_CORRELATION, nats);
    }
    double nats = SubsetTotalCorrelation.of(codes, data.size(), SAMPLES, seed).nats();
    return Map.of(Terms.TOTAL_CORRELATION_SUBSET, nats);
  }

  private Codes encode(ImageEncoder model, long step) {
    try {
      return model.encode(data, indices);
    } catch (CancellationException e) {
      // As between steps: the interrupt has been answered.
      Thread.interrupted();
      throw new CancellationException(
          "interrupted while step " + step + " was measured; run(steps) goes on from there");
    }
  }
}
