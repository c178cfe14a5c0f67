package dev.disentangle.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.metric.MinibatchTotalCorrelation.Weights;
import dev.disentangle.representation.Codes;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MinibatchTotalCorrelationTest {

  /**
   * With equal posteriors every sum is the density times the sum of the weights: 1/N for weighted
   * sampling, so that the estimate is (d - 1) log N, and 1 for stratified, so that it is 0.
   */
  @Test
  void equalPosteriorsGiveTheClosedForms() {
    Codes codes = new Codes(new float[500][3], new float[500][3]);
    assertEquals(
        2 * Math.log(500),
        MinibatchTotalCorrelation.of(codes, Weights.WEIGHTED, 50, 3, 1).nats(),
        1e-9);
    assertEquals(0, MinibatchTotalCorrelation.of(codes, Weights.STRATIFIED, 50, 3, 1).nats(), 1e-9);
  }

  /** Wide posteriors of dependent means: a large batch comes close to the true value. */
  @Test
  void stratifiedEstimateApproachesTheTrueOne() {
    SplittableRandom random = new SplittableRandom(2);
    float[][] means = new float[2_000][2];
    float[][] logVariances = new float[2_000][2];
    for (int i = 0; i < means.length; i++) {
      double shared = random.nextGaussian();
      means[i] = new float[] {(float) shared, (float) (shared + 0.2 * random.nextGaussian())};
      logVariances[i] = new float[] {-1, -1};
    }
    Codes codes = new Codes(means, logVariances);
    double exact = TrueTotalCorrelation.of(codes, 5_000, 3).nats();
    TotalCorrelation estimate = MinibatchTotalCorrelation.of(codes, Weights.STRATIFIED, 500, 10, 4);
    // Both have a standard error near 0.01; the logarithm of 500 of 2,000 terms adds a bias below.
    assertEquals(exact, estimate.nats(), 0.06);
    assertEquals(5_000, estimate.samples());
    assertTrue(MinibatchTotalCorrelation.of(codes, Weights.WEIGHTED, 500, 10, 4).nats() > exact);
  }

  @Test
  void badInputIsNamed() {
    Codes codes = new Codes(new float[5][2], new float[5][2]);
    assertThrows(
        IllegalArgumentException.class,
        () -> MinibatchTotalCorrelation.of(codes, Weights.WEIGHTED, 6, 1, 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> MinibatchTotalCorrelation.of(codes, Weights.WEIGHTED, 2, 0, 0));
    codes.logVariances()[0][0] = Float.NEGATIVE_INFINITY;
    assertThrows(
        IllegalArgumentException.class,
        () -> MinibatchTotalCorrelation.of(codes, Weights.WEIGHTED, 2, 1, 0));
  }
}
