package dev.disentangle.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * IRS against the definition, every class sorted and its percentile interpolated.
 *
 * <p>Sums of equal numbers in single precision are exact in double precision below 2^29 points, so
 * a constant's mean is off by rounding only beyond: mutants of that guard are equivalent here.
 */
class IrsScoreTest {

  private static double percentile(double[] ascending) {
    double position = 0.99 * (ascending.length - 1);
    int below = (int) Math.floor(position);
    int above = Math.min(ascending.length - 1, below + 1);
    return ascending[below] + (position - below) * (ascending[above] - ascending[below]);
  }

  private static double[] deviations(LabelledCodes table, int latent, int factor, int value) {
    double[] values = new double[table.size()];
    int count = 0;
    double sum = 0;
    for (int i = 0; i < table.size(); i++) {
      if (factor < 0 || table.factors()[i][factor] == value) {
        values[count++] = table.codes()[i][latent];
        sum += table.codes()[i][latent];
      }
    }
    double mean = sum / count;
    return Arrays.stream(values, 0, count).map(v -> Math.abs(v - mean)).sorted().toArray();
  }

  /** Classes of 1 to some 200 points, so that percentiles fall on and between points. */
  @ParameterizedTest
  @ValueSource(ints = {20, 101, 700})
  void agreesWithTheDefinition(int size) {
    SplittableRandom random = new SplittableRandom(size);
    float[][] codes = new float[size][3];
    int[][] factors = new int[size][3];
    for (int i = 0; i < size; i++) {
      factors[i] = new int[] {i == 3 ? 2 : random.nextInt(2), 9, random.nextInt(4)};
      codes[i][0] = (float) (factors[i][0] + 0.3 * random.nextGaussian());
      codes[i][1] = (float) (factors[i][2] + 0.1 * factors[i][0] + 0.05 * random.nextGaussian());
      codes[i][2] = 0.1f;
    }
    LabelledCodes table = new LabelledCodes(codes, factors);
    IrsScore score = IrsScore.of(table, IrsProtocol.paper());
    double weighted = 0;
    double total = 0;
    for (int latent = 0; latent < 2; latent++) {
      double[] all = deviations(table, latent, -1, 0);
      double largest = all[all.length - 1];
      double best = 0;
      int parent = -1;
      for (int factor : new int[] {0, 2}) {
        int[] values = Arrays.stream(factors).mapToInt(f -> f[factor]).distinct().toArray();
        double mean = 0;
        for (int value : values) {
          mean += percentile(deviations(table, latent, factor, value)) / values.length;
        }
        if (1 - mean / largest > best) {
          best = 1 - mean / largest;
          parent = factor;
        }
      }
      assertEquals(best, score.perLatent()[latent], 1e-9);
      assertEquals(parent, score.parents()[latent]);
      weighted += best * largest;
      total += largest;
    }
    assertEquals(0, score.perLatent()[2]);
    assertEquals(-1, score.parents()[2]);
    assertEquals(weighted / total, score.value(), 1e-9);
    assertEquals(size, score.points());
  }

  /**
   * A constant that is no binary fraction: its mean is off by rounding, and it is constant still.
   */
  @Test
  void constantsAreConstantInSpiteOfRounding() {
    float[][] codes = new float[1_001][];
    int[][] factors = new int[1_001][];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = new float[] {0.1f, i % 2};
      factors[i] = new int[] {i % 2};
    }
    IrsScore score = IrsScore.of(new LabelledCodes(codes, factors));
    assertArrayEquals(new double[] {0, 1}, score.perLatent(), 1e-9);
    assertEquals(1, score.value(), 1e-9);
    assertEquals(IrsProtocol.reference(), score.protocol());
  }

  @Test
  void codesThatAreAllConstantScoreZero() {
    int[][] factors = new int[30][1];
    for (int i = 0; i < 30; i++) {
      factors[i][0] = i % 3;
    }
    IrsScore score = IrsScore.of(new LabelledCodes(new float[30][2], factors));
    assertEquals(0, score.value());
    assertArrayEquals(new double[2], score.perLatent());
    assertArrayEquals(new int[] {-1, -1}, score.parents());
  }

  /** A latent that tells the even classes of 40 from the odd ones: bins of two hold both. */
  @Test
  void binsOfFactorsHideWhatLiesWithinThem() {
    float[][] codes = new float[400][1];
    int[][] factors = new int[400][1];
    for (int i = 0; i < 400; i++) {
      factors[i][0] = i % 40;
      codes[i][0] = i % 2;
    }
    LabelledCodes table = new LabelledCodes(codes, factors);
    assertEquals(1, IrsScore.of(table, IrsProtocol.paper()).value(), 1e-9);
    assertEquals(0, IrsScore.of(table, IrsProtocol.reference()).value(), 1e-9);
  }
}
