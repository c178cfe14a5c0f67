package dev.disentangle.plot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.data.Image;
import dev.disentangle.representation.Codes;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import org.junit.jupiter.api.Test;

class TraversalsTest {

  // KL is (m^2 + v - log v - 1) / 2: 0 for latent 0, 0.5 for latent 1 (m = 1), about 2.0 for latent
  // 2 (log v = -5), about 0.3 for latent 3 (log v = -1.2).
  private final LinearAutoencoder model = new LinearAutoencoder(0, 0, -5, -1.2f);
  private final Image image = LinearAutoencoder.image(0, 1, 0, 0);

  @Test
  void klIsTheClosedForm() {
    Codes codes =
        new Codes(
            new float[][] {{0, 1, 2}, {0, -1, 0}}, new float[][] {{0, 0, 0}, {0, 0, (float) -2}});
    double expected = (4.0 / 2 + (Math.exp(-2) + 2 - 1) / 2) / 2;
    // Inputs are exact in float, so only double rounding is left.
    assertArrayEquals(new double[] {0, .5, expected}, KlToPrior.of(codes), 1e-12);
    assertArrayEquals(new int[] {2, 1, 0}, KlToPrior.order(KlToPrior.of(codes)));
    assertArrayEquals(new int[] {0, 1, 2}, KlToPrior.order(new double[] {1, 1, 1}));
  }

  @Test
  void rowsAreOrderedByKlAndMoveOneLatentEach() {
    var strips = Strips.of(model, image, TraversalOptions.defaults());
    assertEquals(List.of(2, 1, 3, 0), strips.latents());
    assertEquals(List.of("z2  KL 2.0", "z1  KL 0.5", "z3  KL 0.3", "z0  KL 0.0"), strips.labels());
    assertEquals(LinearAutoencoder.image(0, 1, -2, 0), strips.rows().get(0).get(0));
    assertEquals(LinearAutoencoder.image(0, .5f, 0, 0), strips.rows().get(1).get(5));
    assertEquals(LinearAutoencoder.image(2, 1, 0, 0), strips.rows().get(3).get(8));
    assertEquals(List.of(4, 6, 4, 4), strips.nearest());
  }

  @Test
  void optionsChangeRangeStepsAndRows() {
    var options = TraversalOptions.defaults().withRange(3).withSteps(5).activeOnly(.4);
    assertArrayEquals(new double[] {-3, -1.5, 0, 1.5, 3}, options.values(0));
    var strips = Strips.of(model, image, options);
    assertEquals(List.of(2, 1), strips.latents());
    assertEquals(5, strips.rows().get(0).size());
    var ordered = options.orderedBy(new double[] {9, 0, .5, .1});
    assertEquals(List.of(0, 2), Strips.of(model, image, ordered).latents());
    var none = options.activeOnly(100);
    assertEquals(4, Strips.of(model, image, none).latents().size());
  }

  @Test
  void deterministicEncodersAreShownWithoutKl() {
    float zero = Float.NEGATIVE_INFINITY;
    var strips =
        Strips.of(
            new LinearAutoencoder(zero, zero, zero, zero), image, TraversalOptions.defaults());
    assertEquals(List.of("z0", "z1", "z2", "z3"), strips.labels());
  }

  @Test
  void pictureShowsDecodedLevels() {
    BufferedImage picture = Points.of(Traversals.of(model, image));
    // The last row moves latent 0, which is the image's uppermost row of pixels, to +2 at the
    // right.
    int cell = 96;
    int x = picture.getWidth() - 3 - cell / 2;
    int y = picture.getHeight() - 3 - cell + 2;
    int level = Math.round(255 * (.5f + 2f / 8));
    assertEquals(level, picture.getRGB(x, y) & 0xFF);
  }

  @Test
  void animationGoesThereAndBack() throws IOException {
    byte[] gif = Traversals.animated(model, image, TraversalOptions.defaults().withSteps(5));
    ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
    reader.setInput(ImageIO.createImageInputStream(new ByteArrayInputStream(gif)));
    assertEquals(8, reader.getNumImages(true), "5 frames there, 3 back");
    assertTrue(reader.getWidth(0) >= 4 * 96);
    reader.dispose();
  }

  @Test
  void reconstructionsStandBelowTheirImages() {
    var data = new ListedImages(List.of(image, LinearAutoencoder.image(3, -3, 0, 1)));
    BufferedImage picture = Points.of(Reconstructions.of(model, data, 1, 0));
    int right = picture.getWidth() - 3;
    int half = (picture.getHeight() - 3) / 2;
    for (int y = 3; y < 3 + 96; y += 12) {
      for (int x = right - 2 * 96; x < right; x += 12) {
        // A linear model reconstructs exactly but for one step of 255 in rounding.
        int upper = picture.getRGB(x, y) & 0xFF;
        assertEquals(upper, picture.getRGB(x, y + half) & 0xFF, 1);
      }
    }
    assertThrows(IllegalArgumentException.class, () -> Reconstructions.of(model, data));
    assertThrows(IndexOutOfBoundsException.class, () -> Reconstructions.of(model, data, 2));
  }

  @Test
  void samplesDependOnTheirSeedOnly() {
    byte[] first = Pictures.png(Samples.of(model, 2, 3, new SplittableRandom(1)));
    assertArrayEquals(first, Pictures.png(Samples.of(model, 2, 3, new SplittableRandom(1))));
    byte[] other = Pictures.png(Samples.of(model, 2, 3, new SplittableRandom(2)));
    assertTrue(!java.util.Arrays.equals(first, other));
    var data = new ListedImages(List.of(image));
    assertEquals(3 + 3 * 99, Pictures.width(Samples.of(data, 2, 3, new SplittableRandom(1))));
    var random = new SplittableRandom(1);
    assertThrows(IllegalArgumentException.class, () -> Samples.of(model, 0, 3, random));
    assertThrows(IllegalArgumentException.class, () -> Samples.of(data, 1, 0, random));
  }

  @Test
  void badOptionsAreNamed() {
    var options = TraversalOptions.defaults();
    assertThrows(IllegalArgumentException.class, () -> options.withRange(0));
    assertThrows(IllegalArgumentException.class, () -> options.withRange(Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> options.withSteps(1));
    assertThrows(IllegalArgumentException.class, () -> options.activeOnly(-1));
    var wrong = options.orderedBy(new double[3]);
    assertThrows(IllegalArgumentException.class, () -> Traversals.of(model, image, wrong));
  }
}
