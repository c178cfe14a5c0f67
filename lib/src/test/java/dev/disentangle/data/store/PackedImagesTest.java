package dev.disentangle.data.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PackedImagesTest {

  /** Random images of any size, with the plain floats that they must expand to. */
  private record Sample(PackedImages packed, float[][] plain) {}

  private static Sample random(int perImage, int size) {
    SplittableRandom random = new SplittableRandom(5);
    float[][] plain = new float[size][perImage];
    for (float[] image : plain) {
      for (int p = 0; p < image.length; p++) {
        image[p] = random.nextInt(2);
      }
    }
    int words = PackedImages.wordsPerImage(perImage);
    PackedImages packed =
        PackedImages.of(
            perImage,
            size,
            (first, count, block) -> {
              for (int i = 0; i < count; i++) {
                for (int p = 0; p < perImage; p++) {
                  long bit = plain[first + i][p] > 0 ? Long.MIN_VALUE >>> p % 64 : 0;
                  block[i * words + p / 64] |= bit;
                }
              }
            });
    return new Sample(packed, plain);
  }

  @Test
  void expandsToWhatWasPacked() {
    // Sizes that fill words exactly, that end within a byte, and more images than one block holds.
    for (int perImage : new int[] {64, 105, 1}) {
      int perBlock = PackedImages.imagesPerBlock(perImage);
      int size = perBlock + 9;
      Sample sample = random(perImage, size);
      int[] indices = {0, size - 1, perBlock - 1, perBlock, 17, 17};
      float[] batch = new float[indices.length * perImage + 3];
      batch[batch.length - 1] = 9;
      sample.packed.read(indices, batch);
      for (int i = 0; i < indices.length; i++) {
        float[] image = java.util.Arrays.copyOfRange(batch, i * perImage, (i + 1) * perImage);
        assertArrayEquals(sample.plain[indices[i]], image);
        assertEquals(image[0] > 0, sample.packed.isOn(indices[i], 0));
      }
      assertEquals(9, batch[batch.length - 1], "values behind the batch stay untouched");
    }
  }

  @Test
  void countsPixelsAndDifferences() {
    int perImage = 81;
    Sample sample = random(perImage, 50);
    long on = 0;
    for (float[] image : sample.plain) {
      for (float value : image) {
        on += (long) value;
      }
    }
    assertEquals(on, sample.packed.pixelsOn());
    PackedImages black = PackedImages.of(perImage, 50, (first, count, words) -> {});
    int[] differences = sample.packed.differences(black);
    assertEquals(on, java.util.Arrays.stream(differences).sum());
    assertEquals(0, sample.packed.differences(sample.packed)[7]);
  }

  @Test
  void checksumIsOfTheBytesInOrder() {
    // One image 8x8 whose first row is 10000000 and all others 0: `printf '\x80\0\0\0\0\0\0\0' |
    // sha256sum`.
    PackedImages images =
        PackedImages.of(64, 1, (first, count, words) -> words[0] = Long.MIN_VALUE);
    assertEquals(
        "b1b0bee5378188f5250138bcce25855f2617f9c55b20b9628e13d367c47404a9", images.sha256());
  }

  @Test
  void badArgumentsAreNamed() {
    int perImage = 16;
    PackedImages images = PackedImages.of(perImage, 3, (first, count, words) -> {});
    assertThrows(IndexOutOfBoundsException.class, () -> images.read(new int[] {3}, new float[16]));
    Throwable error =
        assertThrows(
            IllegalArgumentException.class, () -> images.read(new int[] {0, 1}, new float[31]));
    assertTrue(error.getMessage().contains("32") && error.getMessage().contains("31"));
    assertThrows(IndexOutOfBoundsException.class, () -> images.isOn(0, 16));
    assertThrows(IndexOutOfBoundsException.class, () -> images.sha256(2, 2));
    assertThrows(
        IllegalArgumentException.class, () -> PackedImages.of(perImage, 0, (f, c, w) -> {}));
    PackedImages fewer = PackedImages.of(perImage, 2, (first, count, words) -> {});
    assertThrows(IllegalArgumentException.class, () -> images.differences(fewer));
  }
}
