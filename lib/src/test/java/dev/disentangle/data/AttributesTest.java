package dev.disentangle.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Classes that are combinations of factors' values, on the small grid of sprites. */
class AttributesTest {

  private final ImageData sprites = DSprites.small();
  private final Attributes attributes = Attributes.of("posY", "scale");

  @Test
  void classesAreCountedWithTheLastFactorRunningFastest() {
    assertEquals(List.of(10, 6), attributes.sizes(sprites));
    KnownLabels classes = attributes.on(sprites);
    assertEquals(60, classes.classes());
    assertEquals(sprites.size(), classes.count());
    Factors factors = sprites.factors().orElseThrow();
    for (int image = 0; image < sprites.size(); image += 97) {
      int expected = 6 * factors.value(image, 3) + factors.value(image, 0);
      assertEquals(expected, classes.of(image), "image " + image);
    }
  }

  @Test
  void everyClassHasOneValueOfEachFactor() {
    assertArrayEquals(
        new float[][] {
          {1, 0, 1, 0, 0}, {1, 0, 0, 1, 0}, {1, 0, 0, 0, 1},
          {0, 1, 1, 0, 0}, {0, 1, 0, 1, 0}, {0, 1, 0, 0, 1}
        },
        Attributes.vectors(List.of(2, 3)));
  }

  @Test
  void whatIsMissingIsNamed() {
    String names = "factors must be at least one name and each once, were ";
    assertMessage(names + "[]", () -> Attributes.of());
    assertMessage(names + "[posX, posX]", () -> Attributes.of("posX", "posX"));
    assertMessage(
        sprites.name() + " has no factor named hue; it has [scale, orientation, posX, posY]",
        () -> Attributes.of("hue").on(sprites));
  }

  private static void assertMessage(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
