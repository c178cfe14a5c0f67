package dev.disentangle.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

class GeneratedSetsTest {

  private static final Shapes3dStandIn SCENE = Shapes3dStandIn.generate();

  private final DSprites sprites =
      DSprites.generate(new DSpritesGrid(64, List.of(DSpritesShape.HEART), 2, 8, 8));

  private static float[] scene(int... values) {
    return SCENE.image(SCENE.space().index(values)).pixels();
  }

  @Test
  void theStandInHasTheGridOf3dShapesButNotItsName() {
    assertEquals(480_000, SCENE.size());
    assertEquals(Shapes3d.space(), SCENE.factors().orElseThrow());
    assertEquals("shapes3d-stand-in", SCENE.name());
    assertTrue(SCENE.fingerprint().contains("stand-in"));
    assertEquals(4, Shapes3dStandIn.shapeNames().size());
  }

  @Test
  void everyFactorChangesTheSceneAndColoursStayApart() {
    int[] base = {1, 4, 7, 3, 0, 5};
    for (int f = 0; f < base.length; f++) {
      int[] other = base.clone();
      other[f] = other[f] + 1;
      assertFalse(Arrays.equals(scene(base), scene(other)), SCENE.space().name(f));
    }
    // With floor and wall of hue 0 (red), only an object of hue 1/3 to 2/3 shines in green: its
    // centre does, the corners of the image do not. Hue 4/10 is green 1, blue 0.4.
    float[] image = scene(0, 0, 4, 7, 2, 7);
    assertTrue(image[4096 + 36 * 64 + 32] > 0.3f);
    assertEquals(0, image[4096]);
    assertEquals(0, image[4096 + 4095]);
    for (float value : image) {
      assertTrue(value >= 0 && value <= 1);
    }
  }

  @Test
  void largerObjectsCoverMorePixels() {
    for (int shape = 0; shape < 4; shape++) {
      double before = 0;
      for (int scale = 0; scale < 8; scale++) {
        // Object hue 4/10 on red: green counts the object alone.
        double green = 0;
        float[] image = scene(0, 0, 4, scale, shape, 7);
        for (int p = 4096; p < 2 * 4096; p++) {
          green += image[p];
        }
        assertTrue(green > before, "shape " + shape + " scale " + scale);
        before = green;
      }
    }
  }

  private static BufferedImage ramp() {
    BufferedImage picture = new BufferedImage(100, 80, BufferedImage.TYPE_INT_RGB);
    for (int p = 0; p < 8000; p++) {
      picture.setRGB(p % 100, p / 100, p % 100 << 16 | p / 100);
    }
    return picture;
  }

  @Test
  void variantsAreSeededAndDifferFromImageToImage() {
    List<BiFunction<ImageData, Long, ImageData>> variants =
        List.of(
            DSpritesVariants::colour,
            DSpritesVariants::noise,
            (source, seed) -> DSpritesVariants.picture(source, ramp(), seed));
    for (BiFunction<ImageData, Long, ImageData> variant : variants) {
      ImageData one = variant.apply(sprites, 1L);
      ImageData again = variant.apply(sprites, 1L);
      ImageData other = variant.apply(sprites, 2L);
      assertArrayEquals(one.image(5).pixels(), again.image(5).pixels());
      assertFalse(Arrays.equals(one.image(5).pixels(), other.image(5).pixels()), one.name());
      assertFalse(Arrays.equals(one.image(5).pixels(), one.image(6).pixels()), one.name());
      assertEquals(one.fingerprint(), again.fingerprint());
      assertNotEquals(one.fingerprint(), other.fingerprint());
      assertEquals(new ImageShape(3, 64, 64), one.shape());
      assertEquals(sprites.factors(), one.factors());
      assertThrows(IllegalArgumentException.class, () -> variant.apply(SCENE, 1L));
    }
  }

  @Test
  void coloursFillTheShapeAndLeaveTheBackgroundBlack() {
    float[] mask = sprites.image(30).pixels();
    float[] image = DSpritesVariants.colour(sprites, 3).image(30).pixels();
    for (int c = 0; c < 3; c++) {
      for (int p = 0; p < 4096; p++) {
        float value = image[4096 * c + p];
        assertTrue(mask[p] == 0 ? value == 0 : value >= 0.5f && value <= 1);
      }
    }
  }

  @Test
  void noiseLeavesTheShapeWhiteAndIsUniform() {
    float[] mask = sprites.image(30).pixels();
    float[] image = DSpritesVariants.noise(sprites, 3).image(30).pixels();
    double sum = 0;
    int count = 0;
    for (int i = 0; i < image.length; i++) {
      if (mask[i % 4096] > 0) {
        assertEquals(1, image[i]);
      } else {
        sum += image[i];
        count++;
      }
    }
    // The mean of n uniform numbers has standard deviation 0.289 / sqrt(n); five of them.
    assertEquals(0.5, sum / count, 5 * 0.289 / Math.sqrt(count));
  }

  @Test
  void thePictureIsInvertedWithinTheShape() {
    float[] mask = sprites.image(30).pixels();
    float[] image = DSpritesVariants.picture(sprites, ramp(), 3).image(30).pixels();
    // Red rises by 1/255/2 per column outside the shape and falls inside.
    int pair = 0;
    while (pair % 64 == 63 || mask[pair] + mask[pair + 1] < 2) {
      pair++;
    }
    assertEquals(-1 / 510f, image[pair + 1] - image[pair], 1e-6);
    assertEquals(1 / 510f, image[63] - image[62], 1e-6);
    BufferedImage small = new BufferedImage(63, 80, BufferedImage.TYPE_INT_RGB);
    assertThrows(IllegalArgumentException.class, () -> DSpritesVariants.picture(sprites, small, 1));
  }
}
