package dev.disentangle.metric.count;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Classes are looked up in an array where their numbers are small and searched for where they are
 * large. Where exactly one way ends and the other begins changes no result: that mutant is
 * equivalent.
 */
class ClassTableTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_526, 65_527, 1_000_000, Integer.MAX_VALUE - 9})
  void classesAreNumberedWithoutGapsInAscendingOrder(int first) {
    int[] classes = {first + 9, first + 2, first + 9, first, first + 5, first + 2};
    ClassTable table = new ClassTable(classes);
    assertEquals(4, table.count());
    assertArrayEquals(new int[] {3, 1, 3, 0, 2, 1}, table.labels(classes));
  }

  /** Below, between and above the classes that training points have. */
  @ParameterizedTest
  @ValueSource(ints = {1, 1_000_000})
  void whatTrainingDoesNotKnowIsUnknown(int first) {
    ClassTable table = new ClassTable(new int[] {first, first + 3});
    int unknown = ClassTable.UNKNOWN;
    assertArrayEquals(
        new int[] {unknown, 0, unknown, unknown, 1, unknown, unknown},
        table.labels(
            new int[] {
              first - 1, first, first + 1, first + 2, first + 3, first + 4, Integer.MAX_VALUE
            }));
    assertEquals(-1, unknown, "no classifier numbers a class below 0");
  }

  /** Points 1 and 4 have the lowest class, then 0, 2, then 3; each value lands in its own group. */
  @Test
  void groupsHoldThePointsOfTheirClass() {
    PointGroups groups = PointGroups.byClass(new int[] {5, 2, 5, 70_000, 2});
    assertEquals(3, groups.count());
    float[] values = {10, 11, 12, 13, 14};
    float[] into = new float[5];
    assertEquals(2, groups.gather(0, values, into));
    assertEquals(25, into[0] + into[1]);
    assertEquals(154, into[0] * into[1]);
    assertEquals(2, groups.gather(1, values, into));
    assertEquals(120, into[0] * into[1]);
    assertEquals(1, groups.gather(2, values, into));
    assertEquals(13, into[0]);
  }
}
