package dev.disentangle.data.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.data.TestFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * h5py-images.h5 was written by h5py 3.16: bytes (7 n) mod 256 for n = 0 to 359 as [20, 2, 3, 3],
 * once in gzip chunks [8, 1, 3, 2] and once plain, and labels of doubles. scipy.mat and
 * scipy-plain.mat were written by SciPy 1.17: im = bytes arange(24) as [2, 3, 4], with and without
 * compression.
 */
class ScientificFormatsTest {

  @TempDir Path folder;

  private static byte[] all(Path file, String name, int... shape) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Hdf5Bytes reader = Hdf5Bytes.open(file, name, shape)) {
      while (reader.hasNext()) {
        bytes.write(reader.next());
      }
      assertThrows(IOException.class, reader::next);
    }
    return bytes.toByteArray();
  }

  private static byte[] expected() {
    byte[] expected = new byte[360];
    for (int n = 0; n < expected.length; n++) {
      expected[n] = (byte) (7 * n);
    }
    return expected;
  }

  @Test
  void readsHdf5OfH5py() throws IOException {
    Path file = TestFiles.copy("format/h5py-images.h5", folder, "x.h5");
    assertArrayEquals(expected(), all(file, "images", 20, 2, 3, 3));
    assertArrayEquals(expected(), all(file, "plain", 20, 2, 3, 3));
    Throwable error = assertThrows(IOException.class, () -> all(file, "images", 20, 2, 3, 4));
    assertTrue(error.getMessage().contains("[20, 2, 3, 3]"), error.getMessage());
    assertThrows(IOException.class, () -> all(file, "labels", 20, 2));
    assertThrows(IOException.class, () -> all(file, "missing", 20));
    assertThrows(IOException.class, () -> all(folder.resolve("missing.h5"), "images", 20));
  }

  /**
   * h5py-kinds.h5 was written by h5py 3.16: wide = bytes arange(35) as [7, 5] in gzip chunks [4, 8]
   * that are wider than the array, signed = signed bytes -6 to 5 as [4, 3] in chunks [3, 2],
   * integers = 300 to 311 as [4, 3] of four bytes each.
   */
  @Test
  void chunksOfAnySizeArePutTogetherAndWiderNumbersRefused() throws IOException {
    Path file = TestFiles.copy("format/h5py-kinds.h5", folder, "x.h5");
    byte[] wide = all(file, "wide", 7, 5);
    byte[] signed = all(file, "signed", 4, 3);
    for (int i = 0; i < 35; i++) {
      assertEquals(i, wide[i]);
    }
    for (int i = 0; i < 12; i++) {
      assertEquals(i - 6, signed[i]);
    }
    Throwable error = assertThrows(IOException.class, () -> all(file, "integers", 4, 3));
    assertTrue(error.getMessage().contains("int of 4 bytes"), error.getMessage());
  }

  @Test
  void damagedHdf5GivesAnErrorOrTheRightLength() throws IOException {
    Path file = TestFiles.copy("format/h5py-images.h5", folder, "x.h5");
    byte[] sound = Files.readAllBytes(file);
    SplittableRandom random = new SplittableRandom(6);
    for (int trial = 0; trial < 200; trial++) {
      Files.write(file, TestFiles.damaged(sound, trial, random));
      try {
        // Plain HDF5 has no checksum over its data; a flipped data bit cannot be seen.
        assertEquals(360, all(file, "images", 20, 2, 3, 3).length);
      } catch (IOException e) {
        assertTrue(e.getMessage().contains("x.h5"), e.getMessage());
      }
    }
  }

  @Test
  void readsMatlabFilesOfScipy() throws IOException {
    for (String name : new String[] {"scipy.mat", "scipy-plain.mat"}) {
      Path file = TestFiles.copy("format/" + name, folder, name);
      byte[] bytes = MatBytes.read(file, "im", 2, 3, 4);
      // Element [i, j, k] is 12 i + 4 j + k and lies at i + 2 (j + 3 k).
      assertEquals(12 + 8 + 3, bytes[1 + 2 * (2 + 3 * 3)]);
      assertThrows(IOException.class, () -> MatBytes.read(file, "im", 3, 2, 4));
      assertThrows(IOException.class, () -> MatBytes.read(file, "other", 2, 3, 4));
    }
    assertThrows(IOException.class, () -> MatBytes.read(folder.resolve("no.mat"), "im", 1));
  }

  @Test
  void damagedMatlabFilesGiveAnErrorOrTheRightLength() throws IOException {
    Path file = TestFiles.copy("format/scipy.mat", folder, "x.mat");
    byte[] sound = Files.readAllBytes(file);
    SplittableRandom random = new SplittableRandom(7);
    int failures = 0;
    for (int trial = 0; trial < 300; trial++) {
      Files.write(file, TestFiles.damaged(sound, trial, random));
      try {
        assertEquals(24, MatBytes.read(file, "im", 2, 3, 4).length);
      } catch (IOException e) {
        failures++;
        assertTrue(e.getMessage().contains("x.mat, offset 0: expected"), e.getMessage());
      }
    }
    assertFalse(failures < 100, "most truncations fail, were " + failures);
  }
}
