package dev.disentangle.data.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.data.TestFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RawImageFileTest {

  private static final int PER_IMAGE = 12;
  private static final int SIZE = 40;

  @TempDir Path folder;
  private final AtomicInteger unpacked = new AtomicInteger();

  private final Logger log = Logger.getLogger("dev.disentangle.data");

  @BeforeEach
  void expectWarnings() {
    log.setLevel(Level.OFF);
  }

  @AfterEach
  void warnAgain() {
    log.setLevel(null);
  }

  private Path file() {
    return folder.resolve("x.images");
  }

  /** Value (7 n) mod 256 at place n of all images. */
  private RawImageFile open(String key) throws IOException {
    byte[] bytes = new byte[SIZE * PER_IMAGE];
    for (int n = 0; n < bytes.length; n++) {
      bytes[n] = (byte) (7 * n);
    }
    return RawImageFile.open(
        file(),
        key,
        PER_IMAGE,
        SIZE,
        out -> {
          unpacked.incrementAndGet();
          out.write(bytes[0]);
          out.write(bytes, 1, bytes.length - 1);
        },
        (done, total) -> {});
  }

  private static void assertRight(RawImageFile images) {
    float[] pixels = new float[2 * PER_IMAGE];
    images.read(new int[] {39, 3}, pixels);
    for (int p = 0; p < PER_IMAGE; p++) {
      assertEquals((7 * (39 * PER_IMAGE + p) & 0xFF) / 255f, pixels[p]);
      assertEquals((7 * (3 * PER_IMAGE + p) & 0xFF) / 255f, pixels[PER_IMAGE + p]);
    }
  }

  @Test
  void imagesAreUnpackedOnceAndAnewForAnotherKey() throws IOException {
    assertRight(open("a"));
    RawImageFile again = open("a");
    assertEquals(1, unpacked.get());
    assertRight(again);
    byte[] file = Files.readAllBytes(file());
    byte[] images = java.util.Arrays.copyOfRange(file, 512, 512 + SIZE * PER_IMAGE);
    assertEquals(Checksums.sha256(images), again.sha256());
    assertRight(open("b"));
    assertEquals(2, unpacked.get());
    assertThrows(IllegalArgumentException.class, () -> open("k".repeat(600)));
  }

  @Test
  void anyDamageIsMended() throws IOException {
    open("a");
    byte[] sound = Files.readAllBytes(file());
    SplittableRandom random = new SplittableRandom(4);
    for (int trial = 0; trial < 200; trial++) {
      Files.write(file(), TestFiles.damaged(sound, trial, random));
      unpacked.set(0);
      assertRight(open("a"));
      assertEquals(1, unpacked.get(), "trial " + trial);
      assertArrayEquals(sound, Files.readAllBytes(file()));
    }
  }

  @Test
  void aSourceOfAnotherLengthLeavesNoFile() throws IOException {
    for (int length : new int[] {SIZE * PER_IMAGE - 1, SIZE * PER_IMAGE + 1}) {
      Throwable error =
          assertThrows(
              IOException.class,
              () ->
                  RawImageFile.open(
                      file(),
                      "a",
                      PER_IMAGE,
                      SIZE,
                      out -> out.write(new byte[length]),
                      (d, t) -> {}));
      assertTrue(error.getMessage().contains("expected 480 bytes of images"), error.getMessage());
      assertFalse(Files.exists(file()));
    }
    try (var files = Files.list(folder)) {
      assertEquals(0, files.count());
    }
  }

  @Test
  void manyBlocksHaveAChecksumEach() throws IOException {
    int size = 3;
    int perImage = 7 << 20;
    RawImageFile.Source source =
        out -> {
          for (int i = 0; i < size; i++) {
            byte[] image = new byte[perImage];
            image[i] = 9;
            out.write(image);
          }
        };
    RawImageFile.open(file(), "large", perImage, size, source, (d, t) -> {});
    byte[] bytes = Files.readAllBytes(file());
    // 21 MiB: a block of 16 MiB and one of 5.
    assertEquals(512 + size * perImage + 32 + 2 * 4 + 4, bytes.length);
    bytes[512 + size * perImage - 1] = 1;
    Files.write(file(), bytes);
    RawImageFile mended = RawImageFile.open(file(), "large", perImage, size, source, (d, t) -> {});
    float[] pixels = new float[perImage];
    mended.read(new int[] {2}, pixels);
    assertEquals(0, pixels[perImage - 1]);
    assertEquals(9 / 255f, pixels[2]);
  }
}
