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
import dev.disentangle.representation.Codes;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the untrained encoders compute of an image's pixels, or of its factors. */
class EncodersTest {

  private static final ImageShape SHAPE = new ImageShape(1, 2, 2);
  private static final FactorSpace SPACE = FactorSpace.of(List.of("a", "one", "b"), 300, 1, 3);

  /** Image i has the pixels (i, 0, i mod 3, 1) / 300. */
  private record Pixels(boolean known) implements ImageData {
    @Override
    public String name() {
      return "pixels";
    }

    @Override
    public int size() {
      return 900;
    }

    @Override
    public ImageShape shape() {
      return SHAPE;
    }

    @Override
    public PixelKind pixelKind() {
      return PixelKind.CONTINUOUS;
    }

    @Override
    public void read(int[] indices, float[] pixels) {
      for (int i = 0; i < indices.length; i++) {
        pixels[4 * i] = indices[i] / 300f;
        pixels[4 * i + 1] = 0;
        pixels[4 * i + 2] = indices[i] % 3 / 300f;
        pixels[4 * i + 3] = 1 / 300f;
      }
    }

    @Override
    public Optional<Factors> factors() {
      return known ? Optional.of(SPACE) : Optional.empty();
    }

    @Override
    public String fingerprint() {
      return "pixels";
    }
  }

  /** z = W (x - mean), by hand: (2 (x0 - 1) - (x3 - 0.5), 3 x2). */
  @Test
  void linearEncodersSubtractTheMeanAndWeigh() {
    double[][] weights = {{2, 7, 0, -1}, {0, 0, 3, 0}};
    LinearEncoder encoder = new LinearEncoder(SHAPE, weights, new double[] {1, 0, 0, 0.5});
    assertEquals(2, encoder.latents());
    Image image = new Image(SHAPE, new float[] {0.25f, 0, 0.5f, 1});
    Codes codes = encoder.encode(List.of(image, image));
    assertEquals(2, codes.size());
    assertArrayEquals(new float[] {2 * -0.75f - 0.5f, 1.5f}, codes.means()[1], 1e-6f);
    assertEquals(Float.NEGATIVE_INFINITY, codes.logVariances()[1][1]);
  }

  /** 700 images are three batches of 256; each is encoded as alone. */
  @Test
  void everyImageOfEveryBatchIsEncoded() {
    double[][] weights = {{300, 0, 0, 0}, {0, 5, 300, 0}};
    LinearEncoder encoder = new LinearEncoder(SHAPE, weights, new double[4]);
    int[] indices = new int[700];
    for (int i = 0; i < 700; i++) {
      indices[i] = 899 - i;
    }
    float[][] means = encoder.encode(new Pixels(true), indices).means();
    for (int i = 0; i < 700; i++) {
      assertArrayEquals(new float[] {899 - i, (899 - i) % 3}, means[i], 1e-3f, "row " + i);
    }
  }

  /** 4,000 random latents of a single pixel: variance 1 / 4. */
  @Test
  void randomWeightsHaveTheVarianceOfOnePixelsShare() {
    LinearEncoder encoder = LinearEncoder.random(SHAPE, 4_000, 2);
    float[] code = encoder.encode(List.of(new Image(SHAPE, new float[] {0, 1, 0, 0}))).means()[0];
    double squares = 0;
    double sum = 0;
    for (float z : code) {
      squares += z * z / 4_000;
      sum += z / 4_000;
    }
    assertEquals(0.25, squares, 0.025);
    assertEquals(0, sum, 0.035);
    float[] black = encoder.encode(List.of(new Image(SHAPE, new float[4]))).means()[0];
    assertArrayEquals(new float[4_000], black, "no mean is subtracted");
  }

  /** Of 300 classes the first is -1, the last 1, class 100 a third of the way; one class is 0. */
  @Test
  void trueFactorsAreScaledToTheUnitInterval() {
    GroundTruthEncoder encoder = new GroundTruthEncoder(new Pixels(true));
    assertEquals(3, encoder.latents());
    Codes codes = encoder.encode(new Pixels(true), new int[] {0, 899, 301});
    assertArrayEquals(new float[] {-1, 0, -1}, codes.means()[0]);
    assertArrayEquals(new float[] {1, 0, 1}, codes.means()[1]);
    assertArrayEquals(new float[] {200 / 299f - 1, 0, 0}, codes.means()[2], 1e-6f);
    assertThrows(
        IllegalArgumentException.class, () -> encoder.encode(new Pixels(true), new int[0]));
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> new GroundTruthEncoder(new Pixels(false)))
            .getMessage();
    assertTrue(message.contains("must have factors"), message);
  }

  /** The two varying pixels have variances of 0.75 and 7e-6: the axes are the pixels. */
  @Test
  void componentsOfPixels() {
    Pixels data = new Pixels(true);
    int[] some = {0, 450, 899};
    float[][] pca = PrincipalComponents.encoder(data, 1, 1_000, 3).encode(data, some).means();
    assertEquals(449 / 300f, Math.abs(pca[2][0] - pca[1][0]), 1e-3);
    assertEquals(450 / 300f, Math.abs(pca[1][0] - pca[0][0]), 1e-3);
    assertEquals(0, pca[0][0] + pca[2][0], 2e-3, "centred");
    float[][] ica = IndependentComponents.encoder(data, 1, 1_000, 3).encode(data, some).means();
    // Unit variance: a uniform distribution reaches sqrt(3) to either side.
    assertEquals(2 * Math.sqrt(3), Math.abs(ica[2][0] - ica[0][0]), 0.01);
    // Fewer images than there are: the sample decides, and the default is 2,000.
    assertEquals(1, PrincipalComponents.encoder(data, 1, 3).latents());
    float[][] whole = IndependentComponents.encoder(data, 1, 2_000, 3).encode(data, some).means();
    float[][] asIs = IndependentComponents.encoder(data, 1, 3).encode(data, some).means();
    assertArrayEquals(whole[2], asIs[2]);
    assertThrows(IllegalArgumentException.class, () -> PrincipalComponents.encoder(data, 3, 2, 3));
  }
}
