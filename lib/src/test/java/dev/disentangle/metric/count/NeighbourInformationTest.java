package dev.disentangle.metric.count;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.hipparchus.special.Gamma;
import org.junit.jupiter.api.Test;

class NeighbourInformationTest {

  /** The definition of Ross (2014), every distance compared with every other. */
  private static double byDefinition(float[] values, int[] labels, int neighbours) {
    int n = values.length;
    double sum = 0;
    int used = 0;
    for (int i = 0; i < n; i++) {
      java.util.List<Double> own = new java.util.ArrayList<>();
      for (int j = 0; j < n; j++) {
        if (j != i && labels[j] == labels[i]) {
          own.add(Math.abs((double) values[j] - values[i]));
        }
      }
      if (own.isEmpty()) {
        continue;
      }
      own.sort(null);
      int k = Math.min(neighbours, own.size());
      int nearer = 0;
      for (int j = 0; j < n; j++) {
        boolean alone = true;
        for (int other = 0; other < n; other++) {
          alone &= other == j || labels[other] != labels[j];
        }
        nearer += !alone && Math.abs((double) values[j] - values[i]) < own.get(k - 1) ? 1 : 0;
      }
      used++;
      sum += Gamma.digamma(k) - Gamma.digamma(own.size() + 1) - Gamma.digamma(nearer);
    }
    return Gamma.digamma(used) + sum / used;
  }

  /** A class of one point, one of three, which is fewer than the neighbours, and two large ones. */
  @Test
  void agreesWithTheDefinitionWhereNoDistancesAreEqual() {
    SplittableRandom random = new SplittableRandom(9);
    float[] values = new float[200];
    int[] labels = new int[200];
    for (int i = 0; i < 200; i++) {
      labels[i] = i == 0 ? 0 : i < 4 ? 1 : 2 + i % 2;
      values[i] = (float) (labels[i] + 0.7 * random.nextGaussian());
    }
    for (int k : new int[] {1, 2, 5, 10}) {
      double expected = byDefinition(values, labels, k);
      assertEquals(expected, NeighbourInformation.of(values, labels, 4, k), 1e-9, "k = " + k);
    }
    assertTrue(byDefinition(values, labels, 5) > 0.1);
  }

  /** Unit Gaussians at -1 and 1: 0.3368 nats by the integral of the densities' log ratio. */
  @Test
  void approachesTheInformationOfTwoGaussians() {
    SplittableRandom random = new SplittableRandom(10);
    float[] values = new float[20_000];
    int[] labels = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      labels[i] = i % 2;
      values[i] = (float) (2 * labels[i] - 1 + random.nextGaussian());
    }
    // 20,000 points have a standard error near 0.004.
    assertEquals(0.3368, NeighbourInformation.of(values, labels, 2, 3), 0.015);
  }

  /**
   * Values that repeat count as if a tiny noise told them apart: a latent that is the class has its
   * entropy (digamma is nearly the logarithm), one that has nothing to do with it none.
   */
  @Test
  void repeatedValuesOfALatentAreTiesNotNeighbours() {
    float[] same = new float[4_000];
    float[] other = new float[4_000];
    int[] labels = new int[4_000];
    for (int i = 0; i < 4_000; i++) {
      labels[i] = i % 4;
      same[i] = i % 4;
      other[i] = i / 4 % 5;
    }
    assertEquals(Math.log(4), NeighbourInformation.of(same, labels, 4, 10), 2e-3);
    assertEquals(0, NeighbourInformation.of(other, labels, 4, 10), 0.02);
  }

  /** Twins at the places of the last two neighbours: the nearer twin counts. */
  @Test
  void ofTwinsTheOneBeforeTheLastNeighbourCounts() {
    float[] values = {0, 1, 1, 0.5f, 7, 8, 9, 10};
    int[] labels = {0, 0, 0, 1, 1, 1, 1, 1};
    float[] apart = {0, 1, 1.001f, 0.5f, 7, 8, 9, 10};
    assertEquals(
        NeighbourInformation.of(apart, labels, 2, 2),
        NeighbourInformation.of(values, labels, 2, 2),
        1e-9);
  }

  @Test
  void withoutAClassOfTwoPointsThereIsNothingToTell() {
    assertEquals(0, NeighbourInformation.of(new float[] {1, 2, 3}, new int[] {0, 1, 2}, 3, 10));
  }
}
