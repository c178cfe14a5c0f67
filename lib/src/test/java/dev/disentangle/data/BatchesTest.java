package dev.disentangle.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchesTest {

  @Test
  void imagesOfABatchDiffer() {
    SplittableRandom random = new SplittableRandom(1);
    for (int size : new int[] {64, 65, 200, 737_280}) {
      for (int trial = 0; trial < 50; trial++) {
        int[] batch = Batches.draw(64, size, random);
        assertEquals(64, IntStream.of(batch).distinct().count());
        assertTrue(IntStream.of(batch).allMatch(index -> index >= 0 && index < size));
      }
    }
  }

  @Test
  void aWholePassIsAPermutationInRandomOrder() {
    int[] pass = Batches.draw(1_000, 1_000, new SplittableRandom(2));
    int[] inOrder = IntStream.range(0, 1_000).toArray();
    assertFalse(Arrays.equals(inOrder, pass));
    assertArrayEquals(inOrder, IntStream.of(pass).sorted().toArray());
  }

  @Test
  void everyOrderedChoiceIsEquallyLikely() {
    int[] counts = new int[25];
    SplittableRandom random = new SplittableRandom(3);
    for (int trial = 0; trial < 20_000; trial++) {
      int[] pair = Batches.draw(2, 5, random);
      counts[5 * pair[0] + pair[1]]++;
    }
    double chiSquare = 0;
    for (int first = 0; first < 5; first++) {
      for (int second = 0; second < 5; second++) {
        int count = counts[5 * first + second];
        if (first == second) {
          assertEquals(0, count);
        } else {
          chiSquare += (count - 1_000.0) * (count - 1_000.0) / 1_000.0;
        }
      }
    }
    // 19 degrees of freedom: the 99.9 % point is 43.8.
    assertTrue(chiSquare < 43.8, "chi-square " + chiSquare);
  }

  @Test
  void aBatchLargerThanTheDataSetIsBalanced() {
    int[] batch = Batches.draw(64, 10, new SplittableRandom(4));
    for (int pass = 0; pass < 6; pass++) {
      int[] images = Arrays.copyOfRange(batch, 10 * pass, 10 * pass + 10);
      assertEquals(10, IntStream.of(images).distinct().count());
    }
    assertEquals(4, IntStream.of(batch).skip(60).distinct().count());
  }

  @Test
  void theSameSeedDrawsTheSameImages() {
    assertArrayEquals(
        Batches.draw(64, 737_280, new SplittableRandom(5)),
        Batches.draw(64, 737_280, new SplittableRandom(5)));
    assertFalse(
        Arrays.equals(
            Batches.draw(64, 737_280, new SplittableRandom(5)),
            Batches.draw(64, 737_280, new SplittableRandom(6))));
  }

  @Test
  void badArgumentsAreNamed() {
    SplittableRandom random = new SplittableRandom(7);
    assertThrows(IllegalArgumentException.class, () -> Batches.draw(0, 5, random));
    Throwable error =
        assertThrows(IllegalArgumentException.class, () -> Batches.draw(5, 0, random));
    assertTrue(error.getMessage().contains("5 and 0"), error.getMessage());
  }

  @Test
  void onlyValuesOfPixelsPassButRoundingIsForgiven() {
    ImageData sprites =
        DSprites.generate(new DSpritesGrid(32, List.of(DSpritesShape.HEART), 6, 39, 8));
    int[] indices = {3, 1};
    float[] pixels = new float[2 * 1_024 + 5];
    pixels[2_048] = 7; // behind the batch
    pixels[1_024] = 1.00001f;
    pixels[1_025] = -0.00001f;
    Batches.requireValues(sprites, indices, pixels);
    pixels[1_024 + 33] = 1.001f;
    Throwable error =
        assertThrows(
            IllegalArgumentException.class, () -> Batches.requireValues(sprites, indices, pixels));
    String what =
        "image 1 of " + sprites.name() + " has the value 1.001 (channel 0, row 1, column 1)";
    assertTrue(error.getMessage().contains(what), error.getMessage());
  }
}
