package dev.disentangle.kernel;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class AbortWindowTest {

  private final AbortWindow window = new AbortWindow();

  @Test
  void coversWhatWasSentBeforeTheFailureOnly() {
    String before = Instant.now().minusSeconds(1).toString();
    assertFalse(window.covers(before));
    window.open();
    assertTrue(window.covers(before));
    assertFalse(window.covers(Instant.now().plusSeconds(1).toString()));
    assertFalse(window.covers("yesterday"));
  }
}
