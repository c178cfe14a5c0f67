package dev.disentangle.metric.count;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.disentangle.data.FactorSpace;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Draws of rows: without repetition, and of rows that share a class. */
class DrawsTest {

  @Test
  void aShuffleHasEveryNumberOnce() {
    int[] all = Shuffle.first(50, 50, new SplittableRandom(1));
    int[] sorted = all.clone();
    Arrays.sort(sorted);
    int[] numbers = new int[50];
    Arrays.setAll(numbers, i -> i);
    Assertions.assertArrayEquals(numbers, sorted);
    assertNotEquals(Arrays.toString(numbers), Arrays.toString(all));
    assertEquals(3, Shuffle.first(50, 3, new SplittableRandom(1)).length);
  }

  /** 12,000 draws of 2 of 4: each number stands at each place 3,000 times, deviation 47. */
  @Test
  void everyNumberIsEquallyLikelyAtEveryPlace() {
    SplittableRandom random = new SplittableRandom(2);
    int[][] counts = new int[2][4];
    for (int i = 0; i < 12_000; i++) {
      int[] two = Shuffle.first(4, 2, random);
      counts[0][two[0]]++;
      counts[1][two[1]]++;
    }
    for (int[] place : counts) {
      for (int count : place) {
        assertEquals(3_000, count, 200);
      }
    }
  }

  /** Rows 1, 3 and 4 have the class of row 3; each is drawn a third of the time. */
  @Test
  void siblingsOfATableShareTheClassAndAreEquallyLikely() {
    int[][] table = {{0, 5, 1}, {1, 5, 9}, {0, 5, 9}, {1, 5, 1}, {1, 5, 1}};
    FixedFactorSampler sampler = FixedFactorSampler.of(table, new int[] {0, 2});
    assertEquals(5, sampler.size());
    Assertions.assertArrayEquals(new int[] {0, 2}, sampler.varyingFactors());
    assertCounts(new int[] {0, 2_000, 0, 2_000, 2_000}, counts(sampler, 3, 0, 5), 200);
    assertCounts(new int[] {0, 3_000, 3_000, 0, 0}, counts(sampler, 2, 2, 5), 250);
  }

  @Test
  void siblingsOfAGridShareTheClassAndAreEquallyLikely() {
    FactorSpace space = FactorSpace.of(List.of("a", "b", "c"), 2, 1, 3);
    FixedFactorSampler sampler = FixedFactorSampler.of(space);
    assertEquals(6, sampler.size());
    Assertions.assertArrayEquals(new int[] {0, 2}, sampler.varyingFactors());
    // Row 4 is (1, 0, 1): rows 3 to 5 share the first factor, 1 and 4 the last.
    assertCounts(new int[] {0, 0, 0, 2_000, 2_000, 2_000}, counts(sampler, 4, 0, 6), 200);
    assertCounts(new int[] {0, 3_000, 0, 0, 3_000, 0}, counts(sampler, 4, 2, 6), 250);
    FactorSpace flat = FactorSpace.of(List.of("a"), 1);
    assertThrows(IllegalArgumentException.class, () -> FixedFactorSampler.of(flat));
  }

  private static int[] counts(FixedFactorSampler sampler, int row, int factor, int rows) {
    SplittableRandom random = new SplittableRandom(4);
    int[] counts = new int[rows];
    for (int i = 0; i < 6_000; i++) {
      counts[sampler.sibling(row, factor, random)]++;
    }
    return counts;
  }

  /** Zeros must be exact: what does not share the class is never drawn. */
  private static void assertCounts(int[] expected, int[] counts, int tolerance) {
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], counts[i], expected[i] == 0 ? 0 : tolerance, "row " + i);
    }
  }
}
