package dev.disentangle.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.data.format.NpzWriter;
import dev.disentangle.data.store.DSpritesFile;
import dev.disentangle.data.store.PackedImages;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes files in the published layout from generated images, and reads them back. */
class DSpritesFileTest {

  private static final DSpritesGrid COARSE =
      new DSpritesGrid(64, List.of(DSpritesShape.values()), 3, 20, 16);

  @TempDir Path folder;

  private Path write(DSprites sprites, int wrongImage, int wrongValue) throws IOException {
    Path file = folder.resolve("dsprites.npz");
    int size = sprites.size();
    try (NpzWriter writer = new NpzWriter(file)) {
      writer
          .add("metadata", NpzWriter.header("|O", ""), out -> out.write(pickle()))
          .add(
              "imgs",
              NpzWriter.header("|u1", size + ", 64, 64"),
              out -> {
                for (int i = 0; i < size; i++) {
                  byte[] bytes = pixels(sprites, i);
                  bytes[77] = (byte) (i == wrongImage ? wrongValue : bytes[77]);
                  out.write(bytes);
                }
              })
          .add(
              "latents_classes",
              NpzWriter.header("<i8", size + ", 6"),
              out -> writeClasses(sprites.space(), out));
    }
    return file;
  }

  private static byte[] pickle() {
    return "cposix\nsystem\n.".getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] pixels(DSprites sprites, int index) {
    byte[] bytes = new byte[4096];
    for (int p = 0; p < bytes.length; p++) {
      bytes[p] = (byte) (sprites.images().isOn(index, p) ? 1 : 0);
    }
    return bytes;
  }

  private static void writeClasses(FactorSpace space, OutputStream out) throws IOException {
    for (int i = 0; i < space.size(); i++) {
      ByteBuffer row = ByteBuffer.allocate(48).order(ByteOrder.LITTLE_ENDIAN).putLong(0);
      for (int value : space.values(i)) {
        row.putLong(value);
      }
      out.write(row.array());
    }
  }

  private static int[] sizes(FactorSpace space) {
    return IntStream.range(0, space.count()).map(space::classes).toArray();
  }

  @Test
  void imagesComeBackUnchanged() throws IOException {
    DSprites sprites = DSprites.generate(COARSE);
    PackedImages read = DSpritesFile.read(write(sprites, -1, 0), sizes(sprites.space()));
    assertEquals(sprites.images().sha256(), read.sha256());
  }

  @Test
  void otherPixelValuesAndOrdersAreRefused() throws IOException {
    DSprites sprites = DSprites.generate(COARSE);
    Path file = write(sprites, 40, 2);
    Throwable error =
        assertThrows(IOException.class, () -> DSpritesFile.read(file, sizes(sprites.space())));
    assertTrue(error.getMessage().contains("image 40: expected pixels 0 or 1"));
    // The same number of images on a grid whose factors are swapped.
    error = assertThrows(IOException.class, () -> DSpritesFile.read(file, 2, 3, 2, 2, 2));
    assertTrue(error.getMessage().contains("expected"), error.getMessage());
    assertThrows(IOException.class, () -> DSprites.read(file), "too few images");
    assertThrows(IOException.class, () -> DSprites.read(folder.resolve("missing.npz")));
  }

  @Test
  void comparisonFindsEveryPixel() throws IOException {
    DSprites sprites = DSprites.generate(COARSE);
    Path file = write(sprites, 40, 1);
    PackedImages read = DSpritesFile.read(file, sizes(sprites.space()));
    DSprites other = DSprites.of(read, sprites.space());
    DSpritesComparison comparison = DSpritesComparison.of(sprites, other);
    assertEquals(1, comparison.count());
    assertEquals(sprites.images().pixelsOn() + 1, comparison.publishedOn());
    DSpritesComparison.Pixel pixel = comparison.pixels().get(0);
    assertEquals(List.of(40, 1, 13), List.of(pixel.image(), pixel.row(), pixel.column()));
    assertTrue(pixel.published());
    assertTrue(pixel.factors().startsWith("shape 2 scale 1 "), pixel.factors());
  }

  @Test
  @Tag("slow") // writes and reads 3 GB of pixels
  void theFullSetComesBackUnchanged() throws IOException {
    DSprites sprites = DSprites.generate();
    DSprites read = DSprites.read(write(sprites, -1, 0));
    assertEquals(sprites.images().sha256(), read.images().sha256());
    assertTrue(read.fingerprint().contains(sprites.images().sha256()));
    assertNotEquals(sprites.name(), read.name());
    assertEquals(0, DSpritesComparison.of(sprites, read).count());
  }
}
