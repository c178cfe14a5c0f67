package dev.disentangle.representation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.data.FactorTable;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContinuousFactorsChoiceTest {

  private static final FactorTable TABLE =
      FactorTable.ofNumbers(
          List.of("angle", "size"), new double[][] {{0.1, 2.5, 7.25, 3}, {1, 2, 1, 2}});

  @Test
  void whatHardlyRepeatsIsGuessed() {
    FactorTable guessed = ContinuousFactors.guessed().of(TABLE);
    assertTrue(guessed.isContinuous(0));
    assertFalse(guessed.isContinuous(1));
    assertEquals(
        ", real numbers angle (in 20 ranges where a score needs classes)",
        ContinuousFactors.guessed().description(guessed));
  }

  @Test
  void namesTakeThePlaceOfGuesses() {
    FactorTable named = ContinuousFactors.of("size").withRanges(2).of(TABLE);
    assertFalse(named.isContinuous(0));
    assertTrue(named.isContinuous(1));
    assertEquals(2, named.classes(1));
    assertEquals(2.0, named.number(3, 1));
    FactorTable none = ContinuousFactors.of().of(TABLE);
    assertFalse(none.isContinuous(0) || none.isContinuous(1));
    assertEquals("", ContinuousFactors.of().description(none));
    assertEquals(5, ContinuousFactors.guessed().withRanges(5).ranges());
    assertTrue(ContinuousFactors.guessed().withRanges(5).guess());
    assertThrows(IllegalArgumentException.class, () -> ContinuousFactors.of("no").of(TABLE));
  }

  @Test
  void twoRangesAreTheFewest() {
    assertEquals(2, ContinuousFactors.of().withRanges(2).ranges());
    assertThrows(IllegalArgumentException.class, () -> ContinuousFactors.of().withRanges(1));
  }
}
