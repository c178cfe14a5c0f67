package dev.disentangle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DisentangleTest {

  private final String before = System.getProperty(Disentangle.MODE_PROPERTY);

  @AfterEach
  void restore() {
    if (before == null) {
      System.clearProperty(Disentangle.MODE_PROPERTY);
    } else {
      System.setProperty(Disentangle.MODE_PROPERTY, before);
    }
  }

  private static int chosen(String mode, int quick) {
    System.setProperty(Disentangle.MODE_PROPERTY, mode);
    return Disentangle.choose(quick, 500, 10_000);
  }

  @Test
  void choosesByTheMode() {
    assertEquals(100, chosen("quick", 100));
    assertEquals(500, chosen(" Standard ", 100));
    assertEquals(500, chosen("", 100));
    assertEquals(10_000, chosen("full", 100));
  }

  @Test
  void minimalIsAnEighthOfQuickButAtLeastTwentyFive() {
    assertEquals(125, chosen("minimal", 1_000));
    assertEquals(25, chosen("minimal", 40));
    assertEquals(3, chosen("minimal", 3));
  }

  @Test
  void refusesOtherWords() {
    var failure = assertThrows(IllegalStateException.class, () -> chosen("fast", 100));
    assertTrue(failure.getMessage().contains("was fast"), failure.getMessage());
  }

  @Test
  void theVersionNamesWhatComputes() {
    String form = "Disentangle .+, PyTorch [0-9.]+ on (cpu|gpu[0-9]+), Java .+, [0-9]+ threads";
    assertTrue(Disentangle.version().matches(form), Disentangle.version());
  }
}
