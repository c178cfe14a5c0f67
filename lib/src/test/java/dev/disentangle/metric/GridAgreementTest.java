package dev.disentangle.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.disentangle.data.FactorSpace;
import org.junit.jupiter.api.Test;

/**
 * The scores that fix a factor, on a made-up representation of a full grid, against a separate
 * implementation with NumPy and scikit-learn.
 *
 * <p>Recipe: {@code f} the index of a 6 x 7 x 8 x 10 grid unravelled in C order, {@code a, b, c, d
 * = 2 f_k / (size_k - 1) - 1}, codes {@code [a + 0.4 b, b c, sin(2 (c + d)), d + 0.5 a^2, 0.01 a]}
 * as float32. FactorVAE score: global variance (ddof 1) of 10,000 random points; latents of
 * standard deviation below 0.05 out; 10,000 and 5,000 votes of 64 points that share the factor of
 * the first. Higgins score: 10,000 and 5,000 vectors, mean |z1 - z2| of 64 pairs, {@code
 * LogisticRegression()} of scikit-learn 1.9. Seeds 0 to 4 give, as mean and standard deviation:
 * 0.7491 (0.0047) training and 0.7511 (0.0028) evaluation accuracy, 0.9021 (0.0011) and 0.8985
 * (0.0024) for Higgins. The tolerances are four standard deviations of binomial sampling of 10,000
 * votes (0.0043) and 5,000 votes (0.0061), and of vectors likewise (0.0030 and 0.0043).
 */
class GridAgreementTest {

  private static final FactorSpace SPACE = SyntheticCodes.SPACE;

  private static float[][] codes() {
    float[][] codes = new float[SPACE.size()][];
    for (int i = 0; i < codes.length; i++) {
      double[] f = new double[4];
      for (int k = 0; k < 4; k++) {
        f[k] = 2.0 * SPACE.value(i, k) / (SPACE.classes(k) - 1) - 1;
      }
      codes[i] =
          new float[] {
            (float) (f[0] + 0.4 * f[1]),
            (float) (f[1] * f[2]),
            (float) Math.sin(2 * (f[2] + f[3])),
            (float) (f[3] + 0.5 * f[0] * f[0]),
            (float) (0.01 * f[0])
          };
    }
    return codes;
  }

  @Test
  void factorVaeScore() {
    FactorVaeScore score = FactorVaeScore.of(codes(), SPACE, FactorVaeProtocol.reference(), 0);
    assertArrayEquals(new boolean[] {true, true, true, true, false}, score.active());
    assertEquals(0.7491, score.trainAccuracy(), 0.019);
    assertEquals(0.7511, score.evaluationAccuracy(), 0.024);
  }

  @Test
  void higginsScore() {
    HigginsScore score = HigginsScore.of(codes(), SPACE, HigginsProtocol.reference(), 0);
    assertEquals(0.9021, score.trainAccuracy(), 0.012);
    assertEquals(0.8985, score.evaluationAccuracy(), 0.017);
  }
}
