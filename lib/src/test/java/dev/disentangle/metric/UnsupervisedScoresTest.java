package dev.disentangle.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.representation.Codes;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Scores that need no factors. */
class UnsupervisedScoresTest {

  @Test
  void independentLatentsShareNoInformation() {
    // A full grid is exactly independent.
    assertEquals(0, MutualInformationScore.of(SyntheticCodes.identity()).value(), 1e-9);
    assertEquals(0, MutualInformationScore.of(SyntheticCodes.constant()).value());
    assertTrue(MutualInformationScore.of(SyntheticCodes.rotated()).value() > 0.02);
  }

  @Test
  void equalLatentsShareTheirEntropy() {
    float[][] codes = new float[100][2];
    for (int i = 0; i < 100; i++) {
      Arrays.fill(codes[i], i % 4);
    }
    assertEquals(Math.log(4), MutualInformationScore.of(codes).value(), 1e-12);
    float[][] single = new float[30][1];
    assertEquals(0, MutualInformationScore.of(single).value());
  }

  @Test
  void wassersteinCorrelationOfTwoGaussians() {
    assertEquals(0, WassersteinCorrelation.of(SyntheticCodes.identity()).value(), 1e-6);
    assertEquals(0, WassersteinCorrelation.of(SyntheticCodes.constant()).value());
    // Equal latents of variance v: eigenvalues of D^(1/2) C D^(1/2) are 2 v^2 and 0.
    float[][] codes = {{-1, -1}, {1, 1}};
    double v = 2;
    // The root of an eigenvalue that is 0 up to 1e-15 is 0 up to 1e-7.
    WassersteinCorrelation distance = WassersteinCorrelation.of(codes);
    assertEquals(4 * v - 2 * Math.sqrt(2) * v, distance.value(), 1e-6);
    assertEquals(2 - Math.sqrt(2), distance.normalized(), 1e-6);
  }

  @Test
  void activeUnits() {
    float[][] codes = {{0, 0, 1}, {1, 0.1f, 1}, {0, 0.2f, 1}};
    ActiveUnits units = ActiveUnits.of(codes);
    // The second has the variance 0.01 up to rounding, which is not above a threshold of 0.011.
    assertArrayEquals(new boolean[] {true, false, false}, ActiveUnits.of(codes, 0.011).active());
    assertEquals(1, ActiveUnits.of(codes, 0.011).count());
    assertEquals(1 / 3.0, units.variances()[0], 1e-9);
    assertThrows(IllegalArgumentException.class, () -> ActiveUnits.of(codes, Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> ActiveUnits.of(new float[1][2]));
  }

  @Test
  void divergenceFromThePriorInClosedForm() {
    float[][] means = {{0, 1}, {0, -1}};
    float[][] logVariances = {{0, -2}, {0, -2}};
    KlPerLatent kl = KlPerLatent.of(new Codes(means, logVariances));
    assertEquals(0, kl.nats()[0]);
    assertEquals(0.5 * (1 + Math.exp(-2) + 2 - 1), kl.nats()[1], 1e-6);
    assertEquals(kl.nats()[1], kl.total(), 1e-12);
    assertArrayEquals(new int[] {1, 0}, kl.descending());
    float[][] deterministic = {{Float.NEGATIVE_INFINITY}};
    assertEquals(
        Double.POSITIVE_INFINITY,
        KlPerLatent.of(new Codes(new float[1][1], deterministic)).total());
    float[][] broken = {{Float.NaN}};
    assertThrows(
        IllegalArgumentException.class, () -> KlPerLatent.of(new Codes(new float[1][1], broken)));
  }
}
