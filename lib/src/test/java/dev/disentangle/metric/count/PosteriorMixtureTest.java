package dev.disentangle.metric.count;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.representation.Codes;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The mixture's densities against plain sums in double precision. */
class PosteriorMixtureTest {

  private static double normal(double x, double mean, double logVariance) {
    double t = x - mean;
    return Math.exp(-0.5 * (t * t * Math.exp(-logVariance) + logVariance + Math.log(2 * Math.PI)));
  }

  /** Single Gaussians: log N, in the middle and at 1, 3 and 5 deviations. */
  @Test
  void oneComponentIsItsGaussian() {
    float logVariance = (float) (2 * Math.log(0.25));
    PosteriorMixture mixture =
        new PosteriorMixture(new Codes(new float[][] {{2, -1}}, new float[][] {{0, logVariance}}));
    assertEquals(2, mixture.latents());
    float[] points = {-1, -0.75f, -0.25f, 0.25f};
    double[] logs = mixture.logMarginal(1, points);
    float[][] joint = {{2, 3, 5, 2}, points};
    double[] joints = mixture.logJoint(joint);
    for (int m = 0; m < points.length; m++) {
      double marginal = Math.log(normal(points[m], -1, logVariance));
      // Kernels agree to 4e-6 down to exp(-12), and to their smallness in an own right below.
      assertEquals(marginal, logs[m], 1e-5);
      assertEquals(marginal + Math.log(normal(joint[0][m], 2, 0)), joints[m], 1e-5);
    }
  }

  /** 101 components, which is no multiple of the 32 that are added in single precision. */
  @Test
  void manyComponentsAreTheMeanOfTheirDensities() {
    SplittableRandom random = new SplittableRandom(8);
    float[][] means = new float[101][3];
    float[][] logVariances = new float[101][3];
    for (int i = 0; i < means.length; i++) {
      for (int j = 0; j < 3; j++) {
        means[i][j] = (float) random.nextGaussian();
        logVariances[i][j] = (float) random.nextDouble(-3, 1);
      }
    }
    PosteriorMixture mixture = new PosteriorMixture(new Codes(means, logVariances));
    float[][] points = {{0.3f, -1, 2}, {0, 0.5f, -0.5f}, {1, 0, -2}};
    double[] joints = mixture.logJoint(points);
    for (int j = 0; j < 3; j++) {
      double[] marginals = mixture.logMarginal(j, points[j]);
      for (int m = 0; m < 3; m++) {
        double sum = 0;
        for (int i = 0; i < means.length; i++) {
          sum += normal(points[j][m], means[i][j], logVariances[i][j]) / means.length;
        }
        assertEquals(Math.log(sum), marginals[m], 1e-5);
      }
    }
    for (int m = 0; m < 3; m++) {
      double sum = 0;
      for (int i = 0; i < means.length; i++) {
        double product = 1.0 / means.length;
        for (int j = 0; j < 3; j++) {
          product *= normal(points[j][m], means[i][j], logVariances[i][j]);
        }
        sum += product;
      }
      assertEquals(Math.log(sum), joints[m], 1e-5);
    }
  }

  /** A narrow component's weight is large: at its centre the wide one adds next to nothing. */
  @Test
  void farAndNarrowComponentsNeitherOverflowNorVanish() {
    float[][] means = {{0, 0}, {500, -500}};
    float[][] logVariances = {{-20, -20}, {3, 3}};
    PosteriorMixture mixture = new PosteriorMixture(new Codes(means, logVariances));
    double[] joints = mixture.logJoint(new float[][] {{0, 500, 200}, {0, -500, 0}});
    assertEquals(-Math.log(2) + 20 - Math.log(2 * Math.PI), joints[0], 1e-4);
    assertEquals(-Math.log(2) - 3 - Math.log(2 * Math.PI), joints[1], 1e-4);
    // The nearest kernel's exponent is exact however far the point is.
    double distance = 300 * 300 + 500 * 500.0;
    double far = -Math.log(2) - 0.5 * distance * Math.exp(-3) - 3 - Math.log(2 * Math.PI);
    assertEquals(far, joints[2], 1e-5 * Math.abs(far));
  }

  @Test
  void variancesThatLeaveSinglePrecisionAreRefused() {
    for (float allowed : new float[] {-80, 80}) {
      assertDoesNotThrow(() -> new PosteriorMixture(codes(allowed)));
    }
    for (float refused : new float[] {-80.1f, 80.1f, Float.NaN, Float.NEGATIVE_INFINITY}) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> new PosteriorMixture(codes(refused)))
              .getMessage();
      assertTrue(message.endsWith("was " + refused + " at image 1, latent 0"), message);
    }
    Codes broken = codes(0);
    broken.means()[0][0] = Float.NaN;
    assertThrows(IllegalArgumentException.class, () -> PosteriorMixture.requireDensities(broken));
  }

  private static Codes codes(float logVariance) {
    return new Codes(new float[2][1], new float[][] {{0}, {logVariance}});
  }
}
