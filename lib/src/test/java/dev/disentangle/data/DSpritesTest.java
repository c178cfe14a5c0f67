package dev.disentangle.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.data.store.PackedImages;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DSpritesTest {

  private static DSprites sprites;

  @BeforeAll
  static void generate() {
    sprites = DSprites.generate();
  }

  /** 200 frames of the published file: arrays images [200, 512] and factors [200, 5] int32. */
  private static Map<String, byte[]> realFrames() throws IOException {
    Map<String, byte[]> arrays = new HashMap<>();
    try (InputStream file = DSpritesTest.class.getResourceAsStream("dsprites-real-frames.npz");
        ZipInputStream zip = new ZipInputStream(file)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        arrays.put(entry.getName(), zip.readAllBytes());
      }
    }
    return arrays;
  }

  @Test
  void realFramesAreReproducedBitForBit() throws IOException {
    byte[] images = realFrames().get("images.npy");
    byte[] factors = realFrames().get("factors.npy");
    int imageStart = images.length - 200 * 512;
    ByteBuffer classes = ByteBuffer.wrap(factors).order(ByteOrder.LITTLE_ENDIAN);
    classes.position(factors.length - 200 * 5 * Integer.BYTES);
    for (int frame = 0; frame < 200; frame++) {
      int[] values = new int[5];
      classes.asIntBuffer().get(values);
      classes.position(classes.position() + 5 * Integer.BYTES);
      int index = sprites.space().index(values);
      for (int pixel = 0; pixel < 4096; pixel++) {
        boolean real = (images[imageStart + 512 * frame + pixel / 8] >> 7 - pixel % 8 & 1) == 1;
        assertEquals(real, sprites.images().isOn(index, pixel), "image " + index);
      }
    }
  }

  @Test
  void allImagesHaveTheReferenceChecksum() throws IOException {
    String reference;
    try (InputStream file = DSpritesTest.class.getResourceAsStream("dsprites.json")) {
      reference = new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
    PackedImages images = sprites.images();
    assertTrue(reference.contains("\"sha256\": \"" + images.sha256() + "\""));
    for (int shape = 0; shape < 3; shape++) {
      String name = List.of("square", "ellipse", "heart").get(shape);
      String checksum = images.sha256(245_760 * shape, 245_760);
      assertTrue(reference.contains("\"" + name + "\": \"" + checksum + "\""), name);
    }
    // Two more than the published file has; see the class comment.
    assertEquals(128_328_864L, images.pixelsOn());
  }

  @Test
  void describesItself() {
    assertEquals(737_280, sprites.size());
    assertEquals(new ImageShape(1, 64, 64), sprites.shape());
    assertEquals(PixelKind.BINARY, sprites.pixelKind());
    assertEquals(
        FactorSpace.of(List.of("shape", "scale", "orientation", "posX", "posY"), 3, 6, 40, 32, 32),
        sprites.factors().orElseThrow());
    // The last orientation repeats the first.
    FactorSpace space = sprites.space();
    assertArrayEquals(
        sprites.image(space.index(2, 3, 0, 5, 6)).pixels(),
        sprites.image(space.index(2, 3, 39, 5, 6)).pixels());
  }

  @Test
  void smallSetIsAPartOfTheGridAtHalfSize() {
    DSprites small = DSprites.small();
    assertEquals(6 * 20 * 16 * 10, small.size());
    assertEquals(new ImageShape(1, 32, 32), small.shape());
    assertEquals(List.of("scale", "orientation", "posX", "posY"), small.space().names());
    assertNotEquals(sprites.name(), small.name());
    assertNotEquals(sprites.fingerprint(), small.fingerprint());
    // A quarter of the pixels for each image, over many images: to 1 % of the mean area.
    double areaRatio = 0;
    for (int i = 0; i < small.size(); i++) {
      int[] v = small.space().values(i);
      int full = sprites.space().index(2, v[0], 2 * v[1], 2 * v[2], 6 + 2 * v[3]);
      areaRatio += on(small, i) / (double) on(sprites, full) / small.size();
    }
    assertEquals(0.25, areaRatio, 0.0025);
  }

  @Test
  void heartsAreLargeAndMovedByTheirFactors() {
    DSprites near = DSprites.hearts();
    assertEquals(14_400, near.size());
    assertEquals(new ImageShape(1, 32, 32), near.shape());
    FactorSpace space = near.space();
    assertEquals(
        FactorSpace.of(List.of("scale", "orientation", "posX", "posY"), 10, 9, 16, 10), space);
    assertNotEquals(DSprites.small().fingerprint(), near.fingerprint());
    assertNotEquals(DSprites.small().name(), near.name());

    // The area grows with the square of the scale; edges of so few pixels are worth 5 %.
    double small = on(near, space.index(0, 4, 8, 5));
    double large = on(near, space.index(9, 4, 8, 5));
    assertEquals(Math.pow(0.95 / 0.5, 2), large / small, 0.05 * large / small);
    // Sixteen columns over 12 pixels, ten rows over 8; upright hearts are as wide on both sides.
    assertEquals(10, centre(near, space.index(4, 4, 0, 5), true), 0.3);
    assertEquals(22, centre(near, space.index(4, 4, 15, 5), true), 0.3);
    double down =
        centre(near, space.index(4, 4, 8, 9), false) - centre(near, space.index(4, 4, 8, 0), false);
    assertEquals(8, down, 0.3);
    // The tip of a heart turned against the clock points right of its centre.
    assertTrue(tip(near, space.index(9, 8, 8, 5)) > 18, "against the clock");
    assertTrue(tip(near, space.index(9, 0, 8, 5)) < 14, "with the clock");
  }

  /** Mean column or row of the pixels that are on, in pixels from the edge to their centres. */
  private static double centre(DSprites set, int index, boolean column) {
    float[] pixels = set.image(index).pixels();
    double sum = 0;
    for (int p = 0; p < pixels.length; p++) {
      sum += pixels[p] * ((column ? p % 32 : p / 32) + 0.5);
    }
    return sum / on(set, index);
  }

  /** Mean column of the lowest row that has a pixel on. */
  private static double tip(DSprites set, int index) {
    float[] pixels = set.image(index).pixels();
    int row = 31;
    double sum = 0;
    int count = 0;
    for (; count == 0; row--) {
      for (int column = 0; column < 32; column++) {
        if (pixels[32 * row + column] > 0) {
          sum += column + 0.5;
          count++;
        }
      }
    }
    return sum / count;
  }

  private static int on(DSprites set, int index) {
    float sum = 0;
    for (float value : set.image(index).pixels()) {
      sum += value;
    }
    return (int) sum;
  }

  @Test
  void theCloseUpIsTheMiddleOfLargeImages() {
    ImageData large = DSprites.closeUp();
    assertEquals(3 * 3 * 5 * 5, large.size());
    assertEquals(new ImageShape(1, 32, 32), large.shape());
    assertEquals(PixelKind.BINARY, large.pixelKind());
    Factors factors = large.factors().orElseThrow();
    for (int i = 0; i < large.size(); i++) {
      int full =
          sprites
              .space()
              .index(
                  factors.value(i, 0),
                  2 + factors.value(i, 1),
                  0,
                  12 + 2 * factors.value(i, 2),
                  12 + 2 * factors.value(i, 3));
      float[] whole = sprites.image(full).pixels();
      float[] pixels = large.image(i).pixels();
      double on = 0;
      for (int p = 0; p < 32 * 32; p++) {
        assertEquals(whole[(16 + p / 32) * 64 + 16 + p % 32], pixels[p]);
        on += pixels[p];
      }
      assertEquals(on(sprites, full), on, "all that is on is in the middle");
    }
  }

  @Test
  void aSubsetOfTheGridAtFullSizeHasTheSameImages() {
    DSprites part =
        DSprites.generate(
            new DSpritesGrid(64, List.of(DSpritesShape.HEART, DSpritesShape.SQUARE), 5, 13, 31));
    assertEquals(2 * 2 * 3 * 2 * 2, part.size());
    for (int i = 0; i < part.size(); i++) {
      int[] v = part.space().values(i);
      int full =
          sprites.space().index(v[0] == 0 ? 2 : 0, 5 * v[1], 13 * v[2], 31 * v[3], 31 * v[4]);
      assertArrayEquals(sprites.image(full).pixels(), part.image(i).pixels());
    }
  }

  @Test
  void badOptionsAreNamed() {
    List<DSpritesShape> heart = List.of(DSpritesShape.HEART);
    Throwable error =
        assertThrows(IllegalArgumentException.class, () -> new DSpritesGrid(48, heart, 1, 1, 1));
    assertTrue(error.getMessage().contains("side") && error.getMessage().contains("48"));
    error =
        assertThrows(IllegalArgumentException.class, () -> new DSpritesGrid(64, heart, 7, 1, 1));
    assertTrue(error.getMessage().contains("scaleStep") && error.getMessage().contains("7"));
    assertThrows(IllegalArgumentException.class, () -> new DSpritesGrid(64, List.of(), 1, 1, 1));
    error =
        assertThrows(
            IllegalArgumentException.class, () -> new DSpritesGrid(64, heart, 1, 1, 1, 41, 32));
    assertTrue(error.getMessage().contains("firstOrientations must be in [1, 40], was 41"));
    error =
        assertThrows(
            IllegalArgumentException.class, () -> new DSpritesGrid(64, heart, 1, 1, 1, 40, 0));
    assertTrue(error.getMessage().contains("middleRows must be in [1, 32], was 0"));
    DSpritesGrid single = new DSpritesGrid(64, heart, 6, 40, 32);
    assertThrows(IllegalArgumentException.class, () -> DSprites.generate(single));
  }
}
