package dev.disentangle.data.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxReaderTest {

  @TempDir Path folder;

  private static byte[] idx(int type, byte[] elements, int... axes) {
    ByteBuffer file = ByteBuffer.allocate(4 + 4 * axes.length + elements.length);
    file.put((byte) 0).put((byte) 0).put((byte) type).put((byte) axes.length);
    for (int axis : axes) {
      file.putInt(axis);
    }
    return file.put(elements).array();
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(plain);
    }
    return bytes.toByteArray();
  }

  private byte[] read(byte[] bytes) throws IOException {
    Path file = folder.resolve("file");
    Files.write(file, bytes);
    try (IdxReader reader = IdxReader.open(file)) {
      byte[] all = new byte[(int) reader.elements()];
      reader.readBytes(all, 0, all.length);
      reader.end();
      return all;
    }
  }

  private String errorOf(byte[] bytes) {
    return assertThrows(IOException.class, () -> read(bytes)).getMessage();
  }

  @Test
  void readsPlainAndCompressed() throws IOException {
    byte[] elements = {1, 2, 3, (byte) 255, 5, 6};
    byte[] plain = idx(8, elements, 3, 2);
    assertArrayEquals(elements, read(plain));
    assertArrayEquals(elements, read(gzip(plain)));
    try (IdxReader reader = IdxReader.open(folder.resolve("file"))) {
      assertEquals(List.of(3, 2), reader.shape());
      assertThrows(IOException.class, () -> reader.requireAxes(3, "image, row, column"));
      assertThrows(IOException.class, () -> reader.readBytes(new byte[7], 0, 7));
      assertThrows(IOException.class, reader::end);
    }
  }

  @Test
  void wrongFilesAreNamedWithTheOffset() throws IOException {
    byte[] six = new byte[6];
    assertTrue(errorOf(idx(13, six, 6)).contains("offset 0"), "floats");
    assertTrue(errorOf(idx(8, six)).contains("offset 3"), "no axes");
    assertTrue(errorOf(idx(8, six, 7)).contains("long enough"));
    assertTrue(errorOf(idx(8, six, 5)).contains("end of the file"));
    assertTrue(errorOf(idx(8, six, -2)).contains("4294967294"));
    int most = Integer.MAX_VALUE;
    assertTrue(errorOf(idx(8, six, most, most, most)).contains("long enough"));
    assertTrue(errorOf(gzip(idx(8, six, 1_000_000))).contains("long enough"));
    assertTrue(errorOf(gzip(idx(8, six, 60))).contains("file ends here"));
    assertThrows(IOException.class, () -> read(new byte[0]));
    assertThrows(IOException.class, () -> read(new byte[] {0x1F, (byte) 0x8B}));
    assertThrows(IOException.class, () -> IdxReader.open(folder.resolve("missing")));
  }

  @Test
  void damagedCompressedFilesNeverPass() throws IOException {
    byte[] elements = new byte[500];
    SplittableRandom random = new SplittableRandom(4);
    random.nextBytes(elements);
    byte[] sound = gzip(idx(8, elements, 500));
    for (int trial = 0; trial < 200; trial++) {
      byte[] damaged = sound.clone();
      if (trial % 2 == 0) {
        damaged = Arrays.copyOf(sound, random.nextInt(sound.length));
      } else {
        damaged[random.nextInt(sound.length)] ^= (byte) (1 << random.nextInt(8));
      }
      try {
        // A flipped bit in gzip's time stamp does no harm.
        assertArrayEquals(elements, read(damaged));
      } catch (IOException expected) {
        assertTrue(expected.getMessage().contains("file, offset"), expected.getMessage());
      }
    }
  }
}
