package dev.disentangle.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.data.Image;
import dev.disentangle.data.ImageShape;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ImageGridTest {

  private static final ImageShape COLOUR = new ImageShape(3, 5, 7);

  private static Image noise(ImageShape shape, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] pixels = new float[shape.pixels()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = random.nextInt(256) / 255f;
    }
    return new Image(shape, pixels);
  }

  @Test
  void everyScreenPixelIsItsSourcePixel() {
    Image first = noise(COLOUR, 1);
    Image second = noise(COLOUR, 2);
    Image third = noise(COLOUR, 3);
    ImageGrid grid = ImageGrid.of(List.of(List.of(first, second), List.of(third)));
    BufferedImage page = Points.of(grid.scale(3).padding(2).draw());
    assertEquals(2 + 2 * (7 * 3 + 2), page.getWidth());
    assertEquals(2 + 2 * (5 * 3 + 2), page.getHeight());
    assertCell(first, page, 2, 2, 3);
    assertCell(second, page, 2 + 23, 2, 3);
    assertCell(third, page, 2, 2 + 17, 3);
    assertEquals(0xFFFFFFFF, page.getRGB(30, 25), "a short row leaves the page blank");
    assertEquals(0xFFFFFFFF, page.getRGB(1, 1), "padding is blank");
  }

  private static void assertCell(Image image, BufferedImage page, int left, int top, int scale) {
    for (int y = 0; y < 5 * scale; y++) {
      for (int x = 0; x < 7 * scale; x++) {
        int pixel = y / scale * 7 + x / scale;
        int expected = 0xFF;
        for (int channel = 0; channel < 3; channel++) {
          expected = expected << 8 | Math.round(image.pixels()[channel * 35 + pixel] * 255);
        }
        assertEquals(expected, page.getRGB(left + x, top + y), x + ", " + y);
      }
    }
  }

  @Test
  void labelsLeaveImagesIntact() {
    Image image = noise(COLOUR, 4);
    BufferedImage plain = Points.of(ImageGrid.of(List.of(List.of(image))).scale(4).draw());
    BufferedImage labelled =
        Points.of(
            ImageGrid.of(List.of(List.of(image)))
                .scale(4)
                .rowLabels(List.of("row"))
                .columnLabels(List.of("column"))
                .draw());
    int left = labelled.getWidth() - plain.getWidth();
    int top = labelled.getHeight() - plain.getHeight();
    assertTrue(left > 0 && top > 0);
    assertCell(image, labelled, left + 3, top + 3, 4);
  }

  @Test
  void automaticScaleFitsTheNotebook() {
    ImageShape sprite = new ImageShape(1, 64, 64);
    List<Image> ten = java.util.Collections.nCopies(10, noise(sprite, 5));
    assertEquals(3 + 10 * 67, Pictures.width(ImageGrid.of(List.of(ten)).draw()));
    ImageShape small = new ImageShape(1, 32, 32);
    assertEquals(3 + 99, Pictures.width(ImageGrid.of(List.of(noise(small, 6)), 1).draw()));
  }

  @Test
  void valuesOutsideTheRangeAreCutAndBrokenOnesStandOut() {
    float[] pixels = {-1, 0, 1, 7, Float.NaN, Float.POSITIVE_INFINITY};
    BufferedImage picture = Pictures.of(new Image(new ImageShape(1, 1, 6), pixels));
    int[] expected = {0xFF000000, 0xFF000000, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFF00FF, 0xFFFF00FF};
    for (int x = 0; x < 6; x++) {
      assertEquals(expected[x], picture.getRGB(x, 0), "pixel " + x);
    }
  }

  @Test
  void badArgumentsAreNamed() {
    Image image = noise(COLOUR, 7);
    ImageGrid grid = ImageGrid.of(List.of(List.of(image)));
    assertThrows(IllegalArgumentException.class, () -> ImageGrid.of(List.of()));
    assertThrows(IllegalArgumentException.class, () -> ImageGrid.of(List.of(List.of())));
    assertThrows(IllegalArgumentException.class, () -> ImageGrid.of(List.of(image), 0));
    Image other = noise(new ImageShape(1, 5, 7), 8);
    assertThrows(
        IllegalArgumentException.class, () -> ImageGrid.of(List.of(List.of(image, other))));
    assertThrows(IllegalArgumentException.class, () -> grid.scale(0));
    assertThrows(IllegalArgumentException.class, () -> grid.padding(-1));
    assertThrows(IllegalArgumentException.class, () -> grid.rowLabels(List.of("a", "b")));
    assertThrows(IllegalArgumentException.class, () -> grid.columnLabels(List.of()));
    Image two = noise(new ImageShape(2, 5, 7), 9);
    assertThrows(IllegalArgumentException.class, () -> Pictures.of(two));
  }
}
