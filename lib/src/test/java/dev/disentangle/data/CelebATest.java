package dev.disentangle.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CelebATest {

  @TempDir Path folder;
  private Path pictures;
  private Path attributes;

  @BeforeEach
  void threePictures() throws IOException {
    pictures = folder.resolve("img_align_celeba");
    for (int i = 1; i <= 3; i++) {
      picture("img_align_celeba/00000" + i + ".jpg", i * 0x200000 + 0x40);
    }
    attributes =
        attributes("3\nBald Smiling\n000001.jpg -1  1\n000002.jpg  1  1\n000003.jpg -1 -1\n");
  }

  /** A single colour everywhere, so that compression does no harm. */
  private void picture(String name, int rgb) throws IOException {
    BufferedImage picture = new BufferedImage(178, 218, BufferedImage.TYPE_INT_RGB);
    for (int p = 0; p < 178 * 218; p++) {
      picture.setRGB(p % 178, p / 178, rgb);
    }
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    ImageIO.write(picture, "jpg", file.toFile());
  }

  private Path attributes(String text) throws IOException {
    return Files.writeString(folder.resolve("list_attr_celeba.txt"), text);
  }

  /** The red of an image; JPEG keeps a flat colour to a few steps. */
  private static float red(ImageData data, int image) {
    return data.image(image).pixels()[100];
  }

  @Test
  void readsPicturesWithTheirAttributes() throws IOException {
    ImageData data = CelebA.read(pictures, attributes);
    assertEquals(3, data.size());
    assertEquals(0x40 / 255f, red(data, 1), 0.02f);
    assertEquals(0x40 / 255f, data.image(1).pixels()[2 * 4096], 0.02f);
    Factors factors = data.factors().orElseThrow();
    assertEquals("Smiling", factors.name(1));
    assertArrayEquals(new int[][] {{0, 1}, {1, 1}, {0, 0}}, factors.values(new int[] {0, 1, 2}));
  }

  @Test
  void theUsualCsvIsTheSameTable() throws IOException {
    Path csv =
        Files.writeString(
            folder.resolve("list_attr_celeba.csv"),
            "\uFEFFimage_id,5_o_Clock_Shadow,Smiling\r\n"
                + "000002.jpg,1,1\r\n000001.jpg,-1,1\r\n000003.jpg,-1,-1\r\n");
    Factors factors = CelebA.read(pictures, csv).factors().orElseThrow();
    assertEquals("5_o_Clock_Shadow", factors.name(0));
    assertEquals(2, factors.count());
    assertArrayEquals(new int[][] {{0, 1}, {1, 1}, {0, 0}}, factors.values(new int[] {0, 1, 2}));
  }

  private void assertRefused(String text, String message) throws IOException {
    attributes(text);
    Throwable error = assertThrows(IOException.class, () -> CelebA.read(pictures, attributes));
    assertTrue(error.getMessage().contains(message), error.getMessage());
  }

  @Test
  void wrongTablesAreNamed() throws IOException {
    String two = "3\nBald Smiling\n000001.jpg -1 1\n000002.jpg 1\n";
    assertRefused(two, "line 4: expected a name and 2 attributes");
    assertRefused("3\nBald\n000001.jpg -1\n", "expected a line for picture 000002.jpg");
    assertRefused("3\nBald\n000001.jpg 0\n", "line 3: expected 1 or -1 for Bald, found \"0\"");
    assertRefused("image_id,Bald\n000001.jpg,\n", "line 2: expected 1 or -1 for Bald");
    assertRefused("3\nBald\n000001.jpg 1\n000001.jpg 1\n", "twice 000001.jpg");
    assertRefused("3\n", "line 2: expected the names");
    assertRefused("", "line 2: expected the names");
  }

  @Test
  void siblingFoldersWithAsManyPicturesKeepTheirOwnImages() throws IOException {
    ImageData first = CelebA.read(pictures, attributes);
    for (int i = 1; i <= 3; i++) {
      picture("others/00000" + i + ".jpg", 0xF00000);
    }
    ImageData second = CelebA.read(folder.resolve("others"), attributes);
    assertEquals(0x20 / 255f, red(first, 0), 0.02f);
    assertEquals(0xF0 / 255f, red(second, 0), 0.02f);
    assertEquals(0x20 / 255f, red(CelebA.read(pictures, attributes), 0), 0.02f);
    assertNotEquals(first.fingerprint(), second.fingerprint());
  }

  @Test
  void aReplacedPictureIsSeen() throws IOException {
    ImageData before = CelebA.read(pictures, attributes);
    Path second = pictures.resolve("000002.jpg");
    FileTime time = Files.getLastModifiedTime(second);
    picture("img_align_celeba/000002.jpg", 0xC00000);
    Files.setLastModifiedTime(second, FileTime.fromMillis(time.toMillis() + 1));
    ImageData after = CelebA.read(pictures, attributes);
    assertEquals(0xC0 / 255f, red(after, 1), 0.02f);
    assertNotEquals(before.fingerprint(), after.fingerprint());
  }

  @Test
  void aFlippedByteOfTheUnpackedFileIsMended() throws IOException {
    ImageData before = CelebA.read(pictures, attributes);
    float[] image = before.image(2).pixels();
    Path unpacked = folder.resolve("img_align_celeba-64.images");
    byte[] bytes = Files.readAllBytes(unpacked);
    bytes[512 + 2 * 12_288 + 77] ^= 0x10;
    Files.write(unpacked, bytes);
    ImageData after = CelebA.read(pictures, attributes);
    assertArrayEquals(image, after.image(2).pixels());
    assertEquals(before.fingerprint(), after.fingerprint());
  }

  @Test
  void aZipAndItsFolderAreTheSameDataSet() throws IOException {
    Path zip = folder.resolve("img_align_celeba.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (int i = 1; i <= 3; i++) {
        out.putNextEntry(new ZipEntry("img_align_celeba/00000" + i + ".jpg"));
        out.write(Files.readAllBytes(pictures.resolve("00000" + i + ".jpg")));
      }
    }
    ImageData zipped = CelebA.read(zip, attributes);
    assertEquals(CelebA.read(pictures, attributes).fingerprint(), zipped.fingerprint());
    try (var files = Files.list(folder)) {
      // Pictures, zip, attributes and two unpacked files: nothing temporary is left.
      assertEquals(5, files.count());
    }
  }
}
