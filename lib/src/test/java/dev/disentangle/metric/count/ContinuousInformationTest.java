package dev.disentangle.metric.count;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.hipparchus.special.Gamma;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContinuousInformationTest {

  /** Numbers, and a latent of unit variance whose correlation with them is given. */
  private static float[] correlated(double[] numbers, double correlation, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] latent = new float[numbers.length];
    double rest = Math.sqrt(1 - correlation * correlation);
    for (int i = 0; i < latent.length; i++) {
      latent[i] = (float) (correlation * numbers[i] + rest * random.nextGaussian());
    }
    return latent;
  }

  private static double[] gaussian(int points, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return random.doubles(points).map(u -> random.nextGaussian()).toArray();
  }

  /**
   * Of Gaussians {@code I = -1/2 log(1 - rho^2)}. The estimate's deviation at 4,000 points is about
   * 0.015 and its bias less; 0.05 is three of those. A wrong sign, base or psi misses by more.
   */
  @ParameterizedTest
  @CsvSource({"0, 3", "0.3, 10", "-0.6, 10", "0.9, 3", "0.9, 10", "0.99, 10"})
  void gaussiansHaveAClosedForm(double correlation, int neighbours) {
    double[] numbers = gaussian(4_000, 1);
    double expected = -0.5 * Math.log(1 - correlation * correlation);
    float[] latent = correlated(numbers, correlation, 2);
    assertEquals(expected, new ContinuousInformation(numbers, neighbours).of(latent), 0.05);
  }

  /** Units do not matter, nor does a bend that keeps the order, as far as neighbours can tell. */
  @Test
  void unitsDoNotMatter() {
    double[] numbers = gaussian(2_000, 3);
    float[] latent = correlated(numbers, 0.8, 4);
    double expected = new ContinuousInformation(numbers, 10).of(latent);
    double[] shifted = Arrays.stream(numbers).map(x -> 1_000 * x - 7).toArray();
    float[] tiny = new float[latent.length];
    for (int i = 0; i < tiny.length; i++) {
      tiny[i] = latent[i] / 1024;
    }
    assertEquals(expected, new ContinuousInformation(shifted, 10).of(tiny), 1e-3);
    double[] bent = Arrays.stream(numbers).map(Math::sinh).toArray();
    assertEquals(expected, new ContinuousInformation(bent, 10).of(latent), 0.05);
  }

  @Test
  void aFactorTellsOfItselfWhatItsNeighboursCan() {
    ContinuousInformation numbers = new ContinuousInformation(gaussian(500, 5), 4);
    double expected = Gamma.digamma(500) - Gamma.digamma(4);
    assertEquals(expected, numbers.ofItself(), 1e-12);
    assertTrue(numbers.of(correlated(gaussian(500, 5), 0.999999, 6)) <= expected);
    assertEquals(0, numbers.of(new float[500]));
  }

  /** Against counting all pairs, on coordinates of few values, in which most points tie. */
  @ParameterizedTest
  @CsvSource({"40, 1", "40, 3", "4, 3", "2, 5"})
  void agreesWithCountingAllPairs(int values, int neighbours) {
    SplittableRandom random = new SplittableRandom(7);
    int points = 200;
    double[] numbers = new double[points];
    float[] latent = new float[points];
    for (int i = 0; i < points; i++) {
      numbers[i] = random.nextInt(values);
      latent[i] = (float) (numbers[i] + random.nextInt(values)) / 2;
    }
    assertEquals(
        byPairs(numbers, latent, neighbours),
        new ContinuousInformation(numbers, neighbours).of(latent),
        1e-12);
  }

  private static double byPairs(double[] numbers, float[] latent, int neighbours) {
    double[] x = new double[latent.length];
    Arrays.setAll(x, i -> latent[i]);
    int points = x.length;
    double sum = 0;
    for (int i = 0; i < points; i++) {
      double[] apart = new double[points];
      for (int j = 0; j < points; j++) {
        apart[j] =
            Math.max(
                Math.abs(x[i] - x[j]) / deviation(x),
                Math.abs(numbers[i] - numbers[j]) / deviation(numbers));
      }
      apart[i] = -1;
      Arrays.sort(apart);
      double radius = apart[neighbours];
      // A tie may be broken by rounding in the last place: distances are compared with room.
      int near = radius > 0 ? neighbours : count(apart, 1, 1e-9) + 1;
      sum += Gamma.digamma(near);
      sum -= Gamma.digamma(nearer(x, i, radius)) + Gamma.digamma(nearer(numbers, i, radius));
    }
    return Math.max(0, Gamma.digamma(points) + sum / points);
  }

  private static int count(double[] ascending, int from, double bound) {
    int count = 0;
    for (int i = from; i < ascending.length && ascending[i] < bound; i++) {
      count++;
    }
    return count;
  }

  private static int nearer(double[] values, int point, double radius) {
    double bound = radius > 0 ? radius - 1e-9 : 1e-9;
    double scale = deviation(values);
    return (int)
        Arrays.stream(values).filter(v -> Math.abs(v - values[point]) / scale < bound).count();
  }

  private static double deviation(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    return Math.sqrt(Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElse(0));
  }

  @Test
  void tooFewPointsAreRefused() {
    double[] three = {1, 2, 4};
    assertThrows(IllegalArgumentException.class, () -> new ContinuousInformation(three, 3));
    assertThrows(IllegalArgumentException.class, () -> new ContinuousInformation(three, 0));
    assertEquals(
        Gamma.digamma(3) - Gamma.digamma(2), new ContinuousInformation(three, 2).ofItself(), 1e-12);
  }
}
