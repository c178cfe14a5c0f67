package dev.disentangle.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.disentangle.representation.Codes;
import org.junit.jupiter.api.Test;

class PairDensityTest {

  private static final float[][] CORNERS = {
    {-.5f, 9, .5f}, {-.5f, 9, .5f}, {.5f, 9, .5f}, {4, 9, 0}
  };

  @Test
  void densityIsTheShareOfAllPointsPerArea() {
    PairDensity density = PairDensity.of(CORNERS, 0, 2, -1, 1, 2);
    assertEquals(2. / 4, density.applyAsDouble(-.1, .9), 1e-12);
    assertEquals(1. / 4, density.applyAsDouble(.1, 0), 1e-12);
    assertEquals(0, density.applyAsDouble(.1, -.1), 1e-12);
    assertEquals(0, density.applyAsDouble(4, 0), 1e-12);
    PairDensity finer = PairDensity.of(CORNERS, 0, 2, -1, 1, 4);
    assertEquals(2. / 4 / .25, finer.applyAsDouble(-.5, .5), 1e-12);
  }

  @Test
  void aSquareThatIsNoneIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> PairDensity.of(CORNERS, 0, 3, -1, 1, 2));
    assertThrows(IllegalArgumentException.class, () -> PairDensity.of(CORNERS, 0, 2, 1, 1, 2));
    assertThrows(IllegalArgumentException.class, () -> PairDensity.of(CORNERS, 0, 2, -1, 1, 0));
  }

  @Test
  void samplesHaveTheirPosteriorsMoments() {
    int images = 20_000;
    float[][] means = new float[images][2];
    float[][] logVariances = new float[images][2];
    for (int i = 0; i < images; i++) {
      means[i][0] = 3;
      logVariances[i] = new float[] {(float) Math.log(0.25), Float.NEGATIVE_INFINITY};
    }
    float[][] samples = PosteriorSamples.of(new Codes(means, logVariances), 1);
    double sum = 0;
    double squares = 0;
    for (float[] sample : samples) {
      sum += sample[0] - 3;
      squares += (sample[0] - 3) * (sample[0] - 3);
      assertEquals(0, sample[1]);
    }
    // Standard errors: 0.5 / 141 of the mean, 1 % of the variance.
    assertEquals(0, sum / images, 0.02);
    assertEquals(0.25, squares / images, 0.0125);
    assertArrayEquals(samples[5], PosteriorSamples.of(new Codes(means, logVariances), 1)[5]);
  }
}
