package dev.disentangle.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class FunctionMapTest {

  private static Color at(BufferedImage picture, int panel, double right, double up) {
    int x = panel * 266 + 54 + (int) (192 * right);
    int y = 40 + (int) (192 * (1 - up));
    return new Color(picture.getRGB(x, y));
  }

  @Test
  void valuesLieWhereTheirCoordinatesAre() {
    BufferedImage drawn =
        FunctionMap.over(-2, 2, "z1", "z2")
            .add("right minus left", "nats", (x, y) -> x)
            .add("up", "nats", (x, y) -> y > 1 ? Double.NaN : y)
            .draw();
    BufferedImage picture = Points.of(drawn);
    assertEquals(532, picture.getWidth());
    Color right = at(picture, 0, .95, .5);
    Color left = at(picture, 0, .05, .5);
    assertTrue(right.getBlue() > right.getRed(), "positive is blue");
    assertTrue(left.getRed() > left.getBlue(), "negative is orange");
    Color middle = at(picture, 0, .5, .2);
    assertTrue(middle.getRed() > 235 && middle.getBlue() > 235, "zero is nearly white");
    Color broken = at(picture, 1, .5, .9);
    assertEquals(new Color(0xEEEEEE), broken, "what is not finite is grey");
    assertTrue(at(picture, 1, .5, .05).getRed() > at(picture, 1, .5, .05).getBlue());
  }

  @Test
  void anEmptySquareIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> FunctionMap.over(1, 1, "x", "y"));
    FunctionMap empty = FunctionMap.over(0, 1, "x", "y");
    assertThrows(IllegalArgumentException.class, empty::draw);
  }
}
