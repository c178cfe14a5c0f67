package dev.disentangle.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.data.FactorSpace;
import dev.disentangle.data.Factors;
import dev.disentangle.data.Image;
import dev.disentangle.data.ImageData;
import dev.disentangle.data.ImageShape;
import dev.disentangle.data.PixelKind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BaselinesTest {

  private static final ImageData MIXED = new MixedFactors();

  /** Images whose pixels are sums of three factors with overlapping patterns. */
  private static final class MixedFactors implements ImageData {

    private static final FactorSpace SPACE = FactorSpace.of(List.of("a", "b", "c"), 12, 12, 12);
    private final float[][] patterns = new float[3][20];

    MixedFactors() {
      SplittableRandom random = new SplittableRandom(5);
      for (float[] pattern : patterns) {
        for (int p = 0; p < pattern.length; p++) {
          pattern[p] = (float) random.nextDouble() / 3;
        }
      }
    }

    @Override
    public String name() {
      return "mixed factors";
    }

    @Override
    public int size() {
      return SPACE.size();
    }

    @Override
    public ImageShape shape() {
      return new ImageShape(1, 4, 5);
    }

    @Override
    public PixelKind pixelKind() {
      return PixelKind.CONTINUOUS;
    }

    @Override
    public void read(int[] indices, float[] pixels) {
      Arrays.fill(pixels, 0, indices.length * 20, 0);
      for (int i = 0; i < indices.length; i++) {
        for (int k = 0; k < 3; k++) {
          for (int p = 0; p < 20; p++) {
            pixels[i * 20 + p] += patterns[k][p] * SPACE.value(indices[i], k) / 11f;
          }
        }
      }
    }

    @Override
    public Optional<Factors> factors() {
      return Optional.of(SPACE);
    }

    @Override
    public String fingerprint() {
      return "mixed factors";
    }
  }

  private static double mig(dev.disentangle.representation.ImageEncoder encoder) {
    ScoreOptions options = ScoreOptions.defaults().points(1_500, 200).only("mig");
    return Scores.of(encoder, MIXED, options).value("mig");
  }

  /** Independent components of linearly mixed independent factors are the factors. */
  @Test
  void baselinesAreOrderedByWhatTheyKnow() {
    double truth = mig(new GroundTruthEncoder(MIXED));
    double ica = mig(IndependentComponents.encoder(MIXED, 3, 1_728, 1));
    double pca = mig(PrincipalComponents.encoder(MIXED, 3, 1_728, 1));
    double random = mig(LinearEncoder.random(MIXED.shape(), 3, 1));
    assertTrue(truth > 0.95, "true factors " + truth);
    assertTrue(ica > 0.6, "independent components " + ica);
    assertTrue(pca < 0.5 * ica, "principal components " + pca);
    assertTrue(random < 0.5 * ica, "random encoder " + random);
  }

  @Test
  void encodesAlikeByImageAndByIndex() {
    LinearEncoder encoder = PrincipalComponents.encoder(MIXED, 2, 500, 4);
    int[] indices = {3, 900, 3};
    float[][] byIndex = encoder.encode(MIXED, indices).means();
    float[][] byImage = encoder.encode(List.of(MIXED.image(3), MIXED.image(900))).means();
    assertArrayEquals(byImage[1], byIndex[1]);
    assertArrayEquals(byIndex[0], byIndex[2]);
    assertEquals(2, encoder.latents());
  }

  @Test
  void badInputIsNamed() {
    LinearEncoder encoder = LinearEncoder.random(MIXED.shape(), 2, 1);
    assertThrows(IllegalArgumentException.class, () -> encoder.encode(List.of()));
    assertThrows(IllegalArgumentException.class, () -> encoder.encode(MIXED, new int[0]));
    Image wrong = new Image(new ImageShape(1, 2, 2), new float[4]);
    assertThrows(IllegalArgumentException.class, () -> encoder.encode(List.of(wrong)));
    assertThrows(IllegalArgumentException.class, () -> LinearEncoder.random(MIXED.shape(), 0, 1));
    // The images vary in three directions only.
    assertThrows(
        IllegalArgumentException.class, () -> IndependentComponents.encoder(MIXED, 5, 500, 1));
    GroundTruthEncoder truth = new GroundTruthEncoder(MIXED);
    assertThrows(UnsupportedOperationException.class, () -> truth.encode(List.of(MIXED.image(0))));
  }
}
