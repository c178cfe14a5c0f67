package dev.disentangle.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MnistTest {

  @TempDir Path folder;

  private void write(String part, int labels, int lastLabel) throws IOException {
    byte[] images = {0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 0, 51, -1, 1, 2, 3};
    Files.write(folder.resolve(part + "-images-idx3-ubyte"), images);
    byte[] values = {0, 0, 8, 1, 0, 0, 0, (byte) labels, 7, (byte) lastLabel, 0};
    Files.write(
        folder.resolve(part + "-labels-idx1-ubyte"), java.util.Arrays.copyOf(values, 8 + labels));
  }

  @Test
  void imagesAreScaledAndLabelsAreAFactor() throws IOException {
    write("train", 2, 9);
    ImageData data = FashionMnist.train(folder);
    assertEquals(new ImageShape(1, 1, 3), data.shape());
    assertArrayEquals(new float[] {0, 0.2f, 1}, data.image(0).pixels());
    Factors factors = data.factors().orElseThrow();
    assertEquals("garment", factors.name(0));
    assertEquals(10, factors.classes(0));
    assertEquals(7, factors.value(0, 0));
    assertEquals(9, factors.value(1, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> data.image(2));
  }

  @Test
  void filesThatDoNotFitTogetherAreRefused() throws IOException {
    assertThrows(IOException.class, () -> Mnist.test(folder));
    write("t10k", 3, 1);
    Throwable error = assertThrows(IOException.class, () -> Mnist.test(folder));
    assertTrue(error.getMessage().contains("found 3"), error.getMessage());
    write("t10k", 2, 10);
    error = assertThrows(IOException.class, () -> Mnist.test(folder));
    assertTrue(error.getMessage().contains("offset 9"), error.getMessage());
  }

  @Test
  void realFilesHaveTheirKnownContents() throws IOException {
    Path real = Path.of(System.getProperty("disentangle.mnist", "../datasets/mnist"));
    assumeTrue(Files.isDirectory(real), "the published files are not in " + real);
    ImageData test = Mnist.test(real);
    assertEquals(10_000, test.size());
    assertEquals(new ImageShape(1, 28, 28), test.shape());
    Factors labels = test.factors().orElseThrow();
    // The test set begins 7 2 1 0 4 and has 980 zeros.
    assertArrayEquals(
        new int[][] {{7}, {2}, {1}, {0}, {4}}, labels.values(new int[] {0, 1, 2, 3, 4}));
    int zeros = 0;
    for (int i = 0; i < test.size(); i++) {
      zeros += labels.value(i, 0) == 0 ? 1 : 0;
    }
    assertEquals(980, zeros);
    // The published mean of the training set's pixels, 0.1307.
    ImageData train = Mnist.train(real);
    double sum = 0;
    for (int i = 0; i < train.size(); i++) {
      for (float value : train.image(i).pixels()) {
        sum += value;
      }
    }
    assertEquals(0.1307, sum / (60_000.0 * 784), 0.00005);
  }
}
