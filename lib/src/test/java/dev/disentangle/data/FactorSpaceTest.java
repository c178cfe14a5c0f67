package dev.disentangle.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FactorSpaceTest {

  private final FactorSpace space = FactorSpace.of(List.of("shape", "scale", "x"), 3, 6, 5);

  @Test
  void lastFactorVariesFastest() {
    assertEquals(90, space.size());
    assertArrayEquals(new int[] {0, 0, 1}, space.values(1));
    assertArrayEquals(new int[] {2, 5, 4}, space.values(89));
    assertEquals(1 * 30 + 2 * 5 + 3, space.index(1, 2, 3));
  }

  @Test
  void indexAndValuesAreInverse() {
    for (int i = 0; i < space.size(); i++) {
      assertEquals(i, space.index(space.values(i)));
    }
  }

  @Test
  void samplingFixesOneFactorAndMovesTheOthers() {
    int[] points = space.sampleFixing(1, 4, 500, new SplittableRandom(1));
    boolean[] seen = new boolean[5];
    for (int point : points) {
      assertEquals(4, space.value(point, 1));
      seen[space.value(point, 2)] = true;
    }
    for (boolean s : seen) {
      assertTrue(s, "500 uniform draws miss one of five classes with probability 1e-48");
    }
  }

  @Test
  void badArgumentsAreNamed() {
    assertThrows(IllegalArgumentException.class, () -> FactorSpace.of(List.of(), new int[0]));
    assertThrows(IllegalArgumentException.class, () -> FactorSpace.of(List.of("a", "a"), 2, 2));
    assertThrows(IllegalArgumentException.class, () -> FactorSpace.of(List.of("a"), 0));
    assertThrows(IndexOutOfBoundsException.class, () -> space.values(90));
    assertThrows(IndexOutOfBoundsException.class, () -> space.index(3, 0, 0));
    Throwable error = assertThrows(IllegalArgumentException.class, () -> space.factor("hue"));
    assertTrue(error.getMessage().contains("hue") && error.getMessage().contains("scale"));
  }
}
