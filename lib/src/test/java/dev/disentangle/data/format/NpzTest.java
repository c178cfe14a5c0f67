package dev.disentangle.data.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The resource numpy-types.npz was written by NumPy 2.4 with {@code savez_compressed}: a =
 * arange(12) as [3, 4]; u1 = 20 a, i2 = 1000 a - 5000, i4big = 100000 a - 1 (big-endian), i8 = a -
 * 3, f4 = a / 8, f8 = a / 3, b1 = (a % 2 == 0), fortran = a in Fortran order, scalar = 2.5, empty
 * [0, 7], u8 = [2^63 + 2^20], metadata = a pickled dictionary.
 */
class NpzTest {

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void copyResource() throws IOException {
    file = folder.resolve("types.npz");
    try (InputStream resource = NpzTest.class.getResourceAsStream("numpy-types.npz")) {
      Files.copy(resource, file);
    }
  }

  private static double[] doubles(Npz npz, String name) throws IOException {
    try (NpyReader array = npz.array(name)) {
      double[] all = new double[(int) array.remaining()];
      array.readDoubles(all, 0, all.length);
      array.end();
      return all;
    }
  }

  private static double[] of(java.util.function.IntToDoubleFunction value) {
    return java.util.stream.IntStream.range(0, 12).mapToDouble(value).toArray();
  }

  @Test
  void readsEveryPlainTypeThatNumpyWrites() throws IOException {
    try (Npz npz = Npz.open(file)) {
      assertArrayEquals(of(a -> 20 * a), doubles(npz, "u1"));
      assertArrayEquals(of(a -> 1000 * a - 5000), doubles(npz, "i2"));
      assertArrayEquals(of(a -> 100000 * a - 1), doubles(npz, "i4big"));
      assertArrayEquals(of(a -> a - 3), doubles(npz, "i8"));
      assertArrayEquals(of(a -> a / 8.0), doubles(npz, "f4"));
      assertArrayEquals(of(a -> a / 3.0), doubles(npz, "f8"));
      assertArrayEquals(of(a -> a % 2 == 0 ? 1 : 0), doubles(npz, "b1"));
      assertArrayEquals(new double[] {2.5}, doubles(npz, "scalar"));
      assertArrayEquals(new double[0], doubles(npz, "empty"));
      assertArrayEquals(new double[] {0x1p63 + 0x1p20}, doubles(npz, "u8"));
      try (NpyReader array = npz.array("fortran")) {
        assertEquals(new NpyHeader("<i4", true, List.of(3L, 4L)), array.header());
        array.requireShape(3, -1);
        assertThrows(IOException.class, array::requireRowMajor);
        assertArrayEquals(new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}, array.allInts());
      }
      try (NpyReader array = npz.array("f4")) {
        assertEquals(0.125f, array.allFloats()[1]);
      }
    }
  }

  /**
   * The resource numpy-orders.npz was written by NumPy 2.4: half = the float16 numbers below,
   * halfbig the same big-endian; with a = arange(24), in Fortran order: fortran2 = a / 8 as float16
   * [6, 4], fortran3 = a as int32 [2, 3, 4], fortran3f = a / 3 as float64 [2, 3, 4].
   */
  @Test
  void readsHalfPrecisionAndFortranOrderAsNumpyMeantThem() throws IOException {
    Path orders = folder.resolve("orders.npz");
    try (InputStream resource = NpzTest.class.getResourceAsStream("numpy-orders.npz")) {
      Files.copy(resource, orders);
    }
    double infinity = Double.POSITIVE_INFINITY;
    double[] halves = {
      0.0,
      -0.0,
      1.0,
      -2.5,
      0.0999755859375,
      65504.0,
      6.103515625e-05,
      5.960464477539063e-08,
      1.5020370483398438e-05,
      infinity,
      -infinity,
      Double.NaN
    };
    try (Npz npz = Npz.open(orders)) {
      assertArrayEquals(halves, doubles(npz, "half"));
      assertArrayEquals(halves, doubles(npz, "halfbig"));
      try (NpyReader array = npz.array("fortran2")) {
        float[] all = array.allFloats();
        array.end();
        for (int i = 0; i < 24; i++) {
          assertEquals(i / 8f, all[i], "element " + i);
        }
      }
      try (NpyReader array = npz.array("fortran3")) {
        assertArrayEquals(java.util.stream.IntStream.range(0, 24).toArray(), array.allInts());
      }
      try (NpyReader array = npz.array("fortran3f")) {
        assertEquals((float) (23 / 3.0), array.allFloats()[23]);
      }
      try (NpyReader array = npz.array("fortran3f")) {
        array.readDoubles(new double[1], 0, 1);
        Throwable error = assertThrows(IOException.class, array::allFloats);
        assertTrue(error.getMessage().contains("Fortran"), error.getMessage());
      }
    }
  }

  @Test
  void pickledEntriesAreListedAndRefused() throws IOException {
    try (Npz npz = Npz.open(file)) {
      assertTrue(npz.names().contains("metadata"));
      Throwable error = assertThrows(IOException.class, () -> npz.array("metadata"));
      assertTrue(error.getMessage().contains("metadata.npy, offset 10: expected"));
      error = assertThrows(IOException.class, () -> npz.array("images"));
      assertTrue(error.getMessage().contains("images") && error.getMessage().contains("f4"));
    }
  }

  @Test
  void readsElementsInPiecesAndNeverTooMany() throws IOException {
    try (Npz npz = Npz.open(file);
        NpyReader array = npz.array("u1")) {
      byte[] some = new byte[9];
      array.readBytes(some, 1, 8);
      assertEquals(140, some[8] & 0xFF);
      assertEquals(4, array.remaining());
      assertThrows(IOException.class, array::end);
      assertThrows(IOException.class, () -> array.readBytes(some, 0, 5));
    }
    try (Npz npz = Npz.open(file);
        NpyReader array = npz.array("f8")) {
      assertThrows(IOException.class, () -> array.readBytes(new byte[8], 0, 8));
      Throwable error = assertThrows(IOException.class, array::allInts);
      assertTrue(error.getMessage().contains("element 1 "), error.getMessage());
    }
  }

  private void writeArray(byte[] header, int bytes) throws IOException {
    try (NpzWriter writer = new NpzWriter(file)) {
      writer.add("x", header, out -> out.write(new byte[bytes]));
    }
  }

  private String errorOf(byte[] header, int bytes) throws IOException {
    writeArray(header, bytes);
    try (Npz npz = Npz.open(file)) {
      return assertThrows(IOException.class, () -> doubles(npz, "x")).getMessage();
    }
  }

  @Test
  void headersThatLieAreRefusedBeforeMemoryIsTaken() throws IOException {
    assertTrue(errorOf(NpzWriter.header("|u1", "10000000000,"), 1000).contains("too short"));
    assertTrue(errorOf(NpzWriter.header("<f8", "126,"), 1000).contains("too short"));
    assertTrue(errorOf(NpzWriter.header("<f8", "124,"), 1000).contains("end of the file"));
    String huge = "4000000000, 4000000000, 4000000000";
    assertTrue(errorOf(NpzWriter.header("<f8", huge), 0).contains("2^63"));
    String overflow = "99999999999999999999,";
    assertTrue(errorOf(NpzWriter.header("<f8", overflow), 0).contains("2^63"));
    assertTrue(errorOf(NpzWriter.header("<f8", "-1,"), 0).contains("dictionary"));
    assertTrue(errorOf(NpzWriter.header("<f1", "1,"), 2).contains("<f1"));
    assertTrue(errorOf(NpzWriter.header("[('a', '<f4')]"), 2).contains("dictionary"));
    byte[] wrongMagic = NpzWriter.header("<f8", "1,");
    wrongMagic[3] = 'n';
    assertTrue(errorOf(wrongMagic, 8).contains("magic number"));
    byte[] wrongVersion = NpzWriter.header("<f8", "1,");
    wrongVersion[6] = 9;
    assertTrue(errorOf(wrongVersion, 8).contains("version"));
    byte[] longHeader = NpzWriter.header("<f8", "1,");
    longHeader[9] = (byte) 0xFF;
    assertTrue(errorOf(longHeader, 8).contains("header"));
  }

  @Test
  void truncationAndFlippedBitsNeverPass() throws IOException {
    byte[] sound = Files.readAllBytes(file);
    SplittableRandom random = new SplittableRandom(11);
    for (int trial = 0; trial < 300; trial++) {
      byte[] damaged = sound.clone();
      if (trial % 2 == 0) {
        damaged = java.util.Arrays.copyOf(sound, random.nextInt(sound.length));
      } else {
        damaged[random.nextInt(sound.length)] ^= (byte) (1 << random.nextInt(8));
      }
      Files.write(file, damaged);
      // Either an IOException, or the numbers are right: a flipped time stamp does no harm.
      try (Npz npz = Npz.open(file)) {
        assertArrayEquals(of(a -> a / 3.0), doubles(npz, "f8"));
      } catch (IOException e) {
        assertTrue(e.getMessage().contains("types.npz"), e.getMessage());
      }
    }
  }

  @Test
  void plainNpyFilesAreReadToo() throws IOException {
    Path plain = folder.resolve("x.npy");
    byte[] header = NpzWriter.header("|u1", "5,");
    byte[] all = java.util.Arrays.copyOf(header, header.length + 5);
    all[header.length + 4] = 7;
    Files.write(plain, all);
    try (NpyReader array = NpyReader.open(plain)) {
      assertArrayEquals(new int[] {0, 0, 0, 0, 7}, array.allInts());
      array.end();
    }
    Files.write(plain, java.util.Arrays.copyOf(all, all.length - 1));
    assertThrows(IOException.class, () -> NpyReader.open(plain));
    Files.write(plain, new byte[0]);
    assertThrows(IOException.class, () -> NpyReader.open(plain));
  }
}
