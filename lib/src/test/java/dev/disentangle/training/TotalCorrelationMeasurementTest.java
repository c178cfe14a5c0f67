package dev.disentangle.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.data.Image;
import dev.disentangle.data.ImageData;
import dev.disentangle.history.History;
import dev.disentangle.history.Terms;
import dev.disentangle.metric.TrueTotalCorrelation;
import dev.disentangle.objective.Vae;
import dev.disentangle.representation.Codes;
import dev.disentangle.representation.ImageEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TotalCorrelationMeasurementTest {

  /** Gives every image a narrow posterior of its own, without looking at it. */
  private static final class Narrow implements ImageEncoder {
    @Override
    public int latents() {
      return 6;
    }

    @Override
    public Codes encode(List<Image> images) {
      throw new UnsupportedOperationException("only by index");
    }

    @Override
    public Codes encode(ImageData data, int[] indices) {
      float[][] means = new float[indices.length][6];
      float[][] logVariances = new float[indices.length][6];
      for (int i = 0; i < indices.length; i++) {
        SplittableRandom random = new SplittableRandom(indices[i]);
        for (int j = 0; j < 6; j++) {
          means[i][j] = (float) random.nextGaussian();
          logVariances[i][j] = -8;
        }
      }
      return new Codes(means, logVariances);
    }
  }

  /**
   * A large set's value was once called true that came from a sample of the images with equal
   * weights: too large by log(200,000 / 20,000) = 2.3 nats here, where no two posteriors overlap.
   * The standard error of both values is 0.07.
   */
  @Test
  void aLargeSetsValueFromSomeImagesIsNotCalledTrueAndIsRight() {
    ImageData large = new ManyBlobs(200_000);
    Codes all = new Narrow().encode(large, IntStream.range(0, large.size()).toArray());
    double truth = TrueTotalCorrelation.of(all, 0).nats();
    Map<String, Double> some =
        TotalCorrelationMeasurement.ofSubset(large, 1).measure(new Narrow(), 0);
    assertEquals(List.of(Terms.TOTAL_CORRELATION_SUBSET), List.copyOf(some.keySet()));
    assertEquals(truth, some.get(Terms.TOTAL_CORRELATION_SUBSET), 0.3);
    Map<String, Double> whole =
        TotalCorrelationMeasurement.ofAll(large, 1).measure(new Narrow(), 0);
    assertEquals(List.of(Terms.TOTAL_CORRELATION), List.copyOf(whole.keySet()));
    // The same number as the table of scores gives for this seed.
    assertEquals(TrueTotalCorrelation.of(all, 1).nats(), whole.get(Terms.TOTAL_CORRELATION));
  }

  private static Settings.Builder builder(int images) {
    return Training.of(new Vae(), new ManyBlobs(images))
        .latents(2)
        .batchSize(16)
        .architecture(Blobs.architecture());
  }

  @Test
  void theDefaultIntervalsGrowWithTheData() {
    assertIntervals(500, 0, builder(1_000).batchSize(64));
    assertIntervals(500, 0, builder(20_000).batchSize(64));
    assertIntervals(2_000, 0, builder(20_000).batchSize(16));
    assertIntervals(500, 34_560, builder(737_280).batchSize(64));
    assertIntervals(0, 0, builder(737_280).measureEvery(0));
    assertIntervals(7, 9, builder(30_000).measureEvery(7).measureAllEvery(9));
  }

  private static void assertIntervals(int often, int seldom, Settings.Builder builder) {
    try (Training training = builder.build()) {
      assertEquals(often, training.settings().measureEvery());
      assertEquals(seldom, training.settings().measureAllEvery());
    }
  }

  /** Remembers what a training says that it is doing. */
  private static final class Said implements Progress.Display {
    private final List<String> said = new ArrayList<>();

    @Override
    public void step(long step) {
      // Only what is not a step counts here.
    }

    @Override
    public void working(String what) {
      said.add(what);
    }
  }

  @Test
  void aLargeSetIsMeasuredWholeSeldomAndTheProgressSaysSo() {
    Said display = new Said();
    try (Training training = builder(20_480).measureEvery(2).measureAllEvery(3).build()) {
      training.run(6, (run, end) -> display);
      History history = training.history();
      assertArrayEquals(new long[] {0, 2, 4, 6}, history.steps(Terms.TOTAL_CORRELATION_SUBSET));
      assertArrayEquals(new long[] {3, 6}, history.steps(Terms.TOTAL_CORRELATION));
      String line = "measuring the total correlation against all 20,480 posteriors";
      assertEquals(List.of(line, line), display.said);
    }
  }

  @Test
  void anInterruptedMeasurementIsTakenWhenTheRunGoesOn() {
    try (Training training = builder(20_480).measureEvery(2).measureAllEvery(2).build()) {
      Progress interrupting =
          (run, end) ->
              new Progress.Display() {
                @Override
                public void step(long step) {
                  // The interrupt comes during the measurement.
                }

                @Override
                public void working(String what) {
                  Thread.currentThread().interrupt();
                }
              };
      CancellationException stop =
          assertThrows(CancellationException.class, () -> training.run(4, interrupting));
      assertTrue(stop.getMessage().contains("step 2"), stop.getMessage());
      assertFalse(Thread.interrupted());
      assertEquals(2, training.step());
      training.run(2);
      assertArrayEquals(new long[] {2, 4}, training.history().steps(Terms.TOTAL_CORRELATION));
      assertArrayEquals(
          new long[] {0, 2, 4}, training.history().steps(Terms.TOTAL_CORRELATION_SUBSET));
    }
  }
}
