package dev.disentangle.data.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class AreaScalingTest {

  @Test
  void makingSmallerTakesTheMeanOfTheCoveredArea() {
    // 3 x 3 onto 2 x 2: each new pixel covers 1.5 x 1.5 old ones, so the centre counts a quarter of
    // the weight 1/2.25 of a whole pixel, and so on; a linear ramp in x stays one.
    BufferedImage picture = new BufferedImage(3, 3, BufferedImage.TYPE_INT_RGB);
    for (int p = 0; p < 9; p++) {
      picture.setRGB(p % 3, p / 3, 90 * (p % 3) * 0x010101);
    }
    BufferedImage small = AreaScaling.scale(picture, 2, 2);
    // (0 * 1 + 90 * 0.5) / 1.5 = 30 and (90 * 0.5 + 180) / 1.5 = 150.
    assertEquals(30, small.getRGB(0, 1) & 0xFF);
    assertEquals(150, small.getRGB(1, 0) & 0xFF);
  }
}
