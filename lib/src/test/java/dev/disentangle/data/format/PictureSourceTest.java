package dev.disentangle.data.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.data.TestFiles;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pictures among the resources were written by Pillow 12.3: 16 x 12 pixels, red 16 x, green 20
 * y and blue 9 (x + y); in grey 16 x, with 16 bits 257 times that; alpha is 0 from x = 8 on.
 */
class PictureSourceTest {

  private static final List<String> ALL =
      List.of(
          "alpha.png",
          "grey.png",
          "grey16.png",
          "palette.png",
          "progressive.jpg",
          "rgb.jpg",
          "rgb.png");

  @TempDir Path folder;

  private void copyAll() throws IOException {
    for (String name : ALL) {
      TestFiles.copy("format/" + name, folder, "pictures/" + name);
    }
    Files.writeString(folder.resolve("pictures/readme.txt"), "not a picture");
  }

  @Test
  void decodesPicturesOfOtherTools() throws IOException {
    copyAll();
    try (PictureSource source = PictureSource.open(folder.resolve("pictures"))) {
      assertEquals(ALL, source.names());
      for (String name : ALL) {
        int rgb = source.picture(name).getRGB(5, 7);
        int red = rgb >> 16 & 0xFF;
        // Exact in PNG; quality 95 with halved colour resolution may differ by some steps in JPEG.
        assertEquals(80, red, name.endsWith("jpg") || name.startsWith("palette") ? 12 : 0, name);
      }
      assertThrows(IOException.class, () -> source.picture("other.png"));
    }
  }

  /** cmyk.jpg was written by Pillow 12.3 from the same picture: inks, which Adobe inverts. */
  @Test
  void printingInksAreRefusedByName() throws IOException {
    TestFiles.copy("format/cmyk.jpg", folder, "cmyk.jpg");
    try (PictureSource source = PictureSource.open(folder)) {
      Throwable error = assertThrows(IOException.class, () -> source.picture("cmyk.jpg"));
      assertTrue(error.getMessage().contains("cmyk.jpg, "), error.getMessage());
      assertTrue(error.getMessage().contains("CMYK"), error.getMessage());
    }
  }

  @Test
  void readsAZipInPlaceWhateverItsNames() throws IOException {
    copyAll();
    Path zip = folder.resolve("pictures.zip");
    byte[] png = Files.readAllBytes(folder.resolve("pictures/rgb.png"));
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (String name :
          List.of("../../climbs.png", "/absolute.png", "a/b.PNG", "__MACOSX/x.png")) {
        out.putNextEntry(new ZipEntry(name));
        out.write(png);
      }
    }
    try (PictureSource source = PictureSource.open(zip)) {
      assertEquals(List.of("../../climbs.png", "/absolute.png", "a/b.PNG"), source.names());
      for (String name : source.names()) {
        assertEquals(16, source.picture(name).getWidth());
      }
    }
    assertFalse(Files.exists(folder.resolve("../../climbs.png")), "nothing is unpacked");
  }

  @Test
  void damagedPicturesAreNamed() throws IOException {
    Path png = TestFiles.copy("format/rgb.png", folder, "x.png");
    byte[] sound = Files.readAllBytes(png);
    SplittableRandom random = new SplittableRandom(8);
    int failures = 0;
    for (int trial = 0; trial < 200; trial++) {
      Files.write(png, TestFiles.damaged(sound, trial, random));
      try (PictureSource source = PictureSource.open(folder)) {
        BufferedImage picture = source.picture("x.png");
        assertTrue(picture.getWidth() > 0);
      } catch (IOException e) {
        failures++;
        assertTrue(e.getMessage().contains("x.png, offset 0: expected a sound"), e.getMessage());
      }
    }
    assertTrue(failures > 100, "every truncation before the last pixels fails, were " + failures);
  }

  @Test
  void absurdSizesAreRefusedBeforeMemoryIsTaken() throws IOException {
    Files.write(folder.resolve("huge.png"), hugePng());
    try (PictureSource source = PictureSource.open(folder)) {
      Throwable error = assertThrows(IOException.class, () -> source.picture("huge.png"));
      assertTrue(error.getMessage().contains("too many"), error.getMessage());
    }
  }

  /** A PNG whose header claims 2,000,000 x 2,000,000 pixels. */
  private static byte[] hugePng() throws IOException {
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(header);
    out.write("IHDR".getBytes(StandardCharsets.US_ASCII));
    out.writeInt(2_000_000);
    out.writeInt(2_000_000);
    out.write(new byte[] {8, 2, 0, 0, 0});
    CRC32 crc = new CRC32();
    crc.update(header.toByteArray());
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    DataOutputStream all = new DataOutputStream(file);
    all.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
    all.writeInt(13);
    all.write(header.toByteArray());
    all.writeInt((int) crc.getValue());
    all.writeInt(0);
    all.write("IDAT".getBytes(StandardCharsets.US_ASCII));
    all.writeInt(0x35AF061E);
    return file.toByteArray();
  }

  @Test
  void foldersAndZipsWithoutPicturesAreRefused() throws IOException {
    assertThrows(IOException.class, () -> PictureSource.open(folder));
    assertThrows(IOException.class, () -> PictureSource.open(folder.resolve("missing.zip")));
    Path broken = folder.resolve("broken.zip");
    try (OutputStream out = Files.newOutputStream(broken)) {
      out.write(new byte[100]);
    }
    Throwable error = assertThrows(IOException.class, () -> PictureSource.open(broken));
    assertTrue(error.getMessage().contains("broken.zip"), error.getMessage());
  }
}
