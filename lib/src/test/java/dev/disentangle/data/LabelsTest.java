package dev.disentangle.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LabelsTest {

  /** Images without pixels worth reading, with the classes given. */
  private record Listed(Optional<Factors> factors, int size) implements ImageData {

    static Listed of(int classes, int... values) {
      return new Listed(Optional.of(FactorTable.of("digit", classes, values)), values.length);
    }

    @Override
    public String name() {
      return "listed";
    }

    @Override
    public ImageShape shape() {
      return new ImageShape(1, 1, 1);
    }

    @Override
    public PixelKind pixelKind() {
      return PixelKind.BINARY;
    }

    @Override
    public void read(int[] indices, float[] pixels) {
      throw new UnsupportedOperationException("labels need no pixels");
    }

    @Override
    public String fingerprint() {
      return "listed";
    }
  }

  private static int[] perClass(KnownLabels labels) {
    int[] counts = new int[labels.classes()];
    IntStream.range(0, labels.size())
        .map(labels::of)
        .filter(label -> label != KnownLabels.HIDDEN)
        .forEach(label -> counts[label]++);
    return counts;
  }

  /** 500 images, half of them of class 0. */
  private static int[] uneven() {
    return IntStream.range(0, 500).map(i -> i % 2 == 0 ? 0 : 1 + i % 9).toArray();
  }

  @Test
  void allAreKnownUnlessSomeAreHidden() {
    int[] digits = uneven();
    KnownLabels labels = Labels.of("digit").on(Listed.of(10, digits));
    assertEquals(500, labels.count());
    assertEquals(10, labels.classes());
    assertEquals("digit", labels.factor());
    int[] all = IntStream.range(0, 500).toArray();
    assertArrayEquals(digits, labels.of(all));
    assertArrayEquals(all, labels.images());
  }

  @Test
  void whatIsKnownIsTrueAndBalanced() {
    int[] digits = uneven();
    KnownLabels labels = Labels.of("digit").known(104).seed(3).on(Listed.of(10, digits));
    assertEquals(104, labels.count());
    assertEquals(104, labels.images().length);
    for (int image : labels.images()) {
      assertEquals(digits[image], labels.of(image));
    }
    int[] counts = perClass(labels);
    assertEquals(104, Arrays.stream(counts).sum());
    assertEquals(10, Arrays.stream(counts).min().getAsInt(), Arrays.toString(counts));
    assertEquals(11, Arrays.stream(counts).max().getAsInt(), Arrays.toString(counts));
    assertArrayEquals(
        new int[] {labels.of(7), labels.of(7), labels.of(499)}, labels.of(new int[] {7, 7, 499}));
  }

  @Test
  void classesWithFewImagesLeaveTheRestToOthers() {
    int[] classes = new int[100];
    classes[40] = 1;
    classes[41] = 3;
    KnownLabels labels = Labels.of("digit").known(30).on(Listed.of(4, classes));
    assertArrayEquals(new int[] {28, 1, 0, 1}, perClass(labels));
  }

  @Test
  void aShareIsRounded() {
    ImageData data = Listed.of(10, uneven());
    assertEquals(51, Labels.of("digit").share(0.1011).on(data).count());
    assertEquals(0, Labels.of("digit").share(0).on(data).count());
    assertEquals(0, Labels.of("digit").known(0).on(data).images().length);
    assertEquals(500, Labels.of("digit").known(500).on(data).count());
  }

  @Test
  void theSeedDecidesWhichAreKnownAndMoreOnlyAddsToThem() {
    ImageData data = Listed.of(10, uneven());
    int[] some = Labels.of("digit").known(33).seed(1).on(data).images();
    assertArrayEquals(some, Labels.of("digit").known(33).seed(1).on(data).images());
    assertFalse(Arrays.equals(some, Labels.of("digit").known(33).seed(2).on(data).images()));
    KnownLabels more = Labels.of("digit").known(77).seed(1).on(data);
    for (int image : some) {
      assertTrue(more.of(image) != KnownLabels.HIDDEN, "image " + image);
    }
  }

  @Test
  void everyImageOfAClassIsEquallyLikely() {
    ImageData data = Listed.of(2, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1);
    int[] counts = new int[10];
    for (int seed = 0; seed < 5_000; seed++) {
      for (int image : Labels.of("digit").known(2).seed(seed).on(data).images()) {
        counts[image]++;
      }
    }
    // Each is known in a fifth of the trials; 1000 with a standard deviation of 28.
    for (int count : counts) {
      assertEquals(1_000, count, 130, Arrays.toString(counts));
    }
  }

  @Test
  void subsetsAndGridsHaveLabelsToo() {
    ImageData data = Listed.of(10, uneven());
    Subset odd = Subset.of(data, "two", 499, 3);
    assertArrayEquals(
        new int[] {1 + 499 % 9, 1 + 3 % 9}, Labels.of("digit").on(odd).of(new int[] {0, 1}));
    FactorSpace grid = FactorSpace.of(java.util.List.of("shape", "posX"), 3, 4);
    KnownLabels labels = Labels.of("posX").known(8).on(new Listed(Optional.of(grid), 12));
    assertArrayEquals(new int[] {2, 2, 2, 2}, perClass(labels));
  }

  @Test
  void whatCannotBeIsSaid() {
    ImageData data = Listed.of(10, uneven());
    Throwable error =
        assertThrows(IllegalArgumentException.class, () -> Labels.of("colour").on(data));
    assertTrue(error.getMessage().contains("colour; it has [digit]"), error.getMessage());
    ImageData without = new Listed(Optional.empty(), 5);
    error = assertThrows(IllegalArgumentException.class, () -> Labels.of("digit").on(without));
    assertTrue(error.getMessage().contains("listed has no factors"), error.getMessage());
    error =
        assertThrows(IllegalArgumentException.class, () -> Labels.of("digit").known(501).on(data));
    assertTrue(error.getMessage().contains("[0, 500]"), error.getMessage());
    assertThrows(IllegalArgumentException.class, () -> Labels.of("digit").known(-1));
    assertThrows(IllegalArgumentException.class, () -> Labels.of("digit").share(1.1));
    assertThrows(IllegalArgumentException.class, () -> Labels.of("digit").share(Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> Labels.of(" "));
  }
}
