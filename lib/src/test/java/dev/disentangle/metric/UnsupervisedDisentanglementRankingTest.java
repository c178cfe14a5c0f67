package dev.disentangle.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.metric.UnsupervisedDisentanglementRanking.Similarity;
import dev.disentangle.representation.Codes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UnsupervisedDisentanglementRankingTest {

  private static Codes posteriors(float[][] means) {
    float[][] logVariances = new float[means.length][means[0].length];
    for (float[] row : logVariances) {
      java.util.Arrays.fill(row, -3);
    }
    return new Codes(means, logVariances);
  }

  /** The identity with its latents in another order, one with the other sign, and one dead. */
  private static Codes permuted() {
    float[][] codes = SyntheticCodes.identity();
    for (int i = 0; i < codes.length; i++) {
      float[] z = codes[i];
      codes[i] = new float[] {z[2], -z[0], 0, z[3], z[1]};
    }
    Codes posteriors = posteriors(codes);
    for (float[] row : posteriors.logVariances()) {
      row[2] = 0;
    }
    return posteriors;
  }

  @ParameterizedTest
  @EnumSource(Similarity.class)
  void permutationAndSignDoNotMatterAndRotationDoes(Similarity similarity) {
    List<Codes> models =
        List.of(
            posteriors(SyntheticCodes.identity()),
            permuted(),
            posteriors(SyntheticCodes.identity()),
            posteriors(SyntheticCodes.rotated()));
    UnsupervisedDisentanglementRanking ranking =
        UnsupervisedDisentanglementRanking.of(models, similarity);
    // The lasso's penalty of 0.1 shrinks a weight of 1 to 0.9, and r^2 / sum to as much.
    double most = similarity == Similarity.LASSO ? 0.9 : 1;
    assertEquals(most, ranking.pairs()[0][1], 1e-3);
    assertEquals(most, ranking.values()[0], 1e-3);
    assertEquals(most, ranking.values()[1], 1e-3);
    // Four equal similarities of one half: (1/2)^2 / (4 / 2) = 1/8, more or less by class counts.
    assertTrue(ranking.values()[3] < 0.3, "rotated " + ranking.values()[3]);
    assertEquals(0, ranking.pairs()[2][2]);
  }

  @Test
  void collapsedModelsScoreZero() {
    Codes collapsed = new Codes(new float[100][3], new float[100][3]);
    UnsupervisedDisentanglementRanking ranking =
        UnsupervisedDisentanglementRanking.of(
            List.of(collapsed, collapsed, collapsed), Similarity.SPEARMAN);
    assertArrayEquals(new double[3], ranking.values());
  }

  @Test
  void badInputIsNamed() {
    Codes one = new Codes(new float[10][2], new float[10][2]);
    Codes other = new Codes(new float[9][2], new float[9][2]);
    assertThrows(
        IllegalArgumentException.class,
        () -> UnsupervisedDisentanglementRanking.of(List.of(one), Similarity.LASSO));
    assertThrows(
        IllegalArgumentException.class,
        () -> UnsupervisedDisentanglementRanking.of(List.of(one, other), Similarity.LASSO));
  }

  /**
   * One latent of the second model is the mean of two latents of the first, so that the two
   * regressions differ: a model's score must be its own, whatever its place in the list.
   */
  @ParameterizedTest
  @EnumSource(Similarity.class)
  void theOrderOfTheModelsDoesNotMatter(Similarity similarity) {
    float[][] identity = SyntheticCodes.identity();
    float[][] merged = new float[identity.length][];
    for (int i = 0; i < merged.length; i++) {
      float[] z = identity[i];
      merged[i] = new float[] {0.5f * (z[0] + z[1]), z[2], 0.9f * z[2] + z[3]};
    }
    Codes one = posteriors(identity);
    Codes other = posteriors(merged);
    Codes third = posteriors(SyntheticCodes.rotated());
    double[] values =
        UnsupervisedDisentanglementRanking.of(List.of(one, other, third), similarity).values();
    double[] reversed =
        UnsupervisedDisentanglementRanking.of(List.of(third, other, one), similarity).values();
    assertArrayEquals(new double[] {values[2], values[1], values[0]}, reversed, 1e-9);
  }

  /**
   * The first model has the latents x and x + y, the second x alone. The variances of x and y are
   * 7/15 and 4/9, so the correlation of x with x + y is r = .7157. Predicting the second model from
   * the first the lasso (penalty 0.1) takes x alone, weight 0.9; the other way round each latent of
   * the first has its correlation with x less the penalty, 0.9 and r - 0.1.
   */
  @Test
  void lassoPredictsTheOtherModelFromTheModelsOwnLatents() {
    float[][] identity = SyntheticCodes.identity();
    float[][] sums = new float[identity.length][];
    float[][] single = new float[identity.length][];
    for (int i = 0; i < identity.length; i++) {
      sums[i] = new float[] {identity[i][0], identity[i][0] + identity[i][1]};
      single[i] = new float[] {identity[i][0]};
    }
    double[][] pairs =
        UnsupervisedDisentanglementRanking.of(
                List.of(posteriors(sums), posteriors(single)), Similarity.LASSO)
            .pairs();
    assertEquals((0.9 + 0 + 0.9) / 3, pairs[0][1], 1e-5);
    double r = Math.sqrt(7 / 15.0 / (7 / 15.0 + 4 / 9.0)) - 0.1;
    assertEquals((0.9 + r + 0.81 / (0.9 + r)) / 3, pairs[1][0], 1e-5);
  }
}
