package dev.disentangle.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.data.fetch.Progress;
import dev.disentangle.data.format.NpzWriter;
import dev.disentangle.data.store.Checksums;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads small files in the layout of each published set. */
class PublishedSetsTest {

  @TempDir Path folder;

  /** A single colour everywhere, so that compression does no harm. */
  private void picture(String name, int width, int height, int rgb) throws IOException {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int p = 0; p < width * height; p++) {
      picture.setRGB(p % width, p / width, rgb);
    }
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    ImageIO.write(picture, name.substring(name.lastIndexOf('.') + 1), file.toFile());
  }

  /**
   * shapes3d-layout.h5 was written by h5py: 4 images, value 10 image + row / 4 + channel, in gzip
   * chunks [3, 64, 64, 1].
   */
  @Test
  void shapes3d() throws IOException {
    Path file = TestFiles.copy("shapes3d-layout.h5", folder, "3dshapes.h5");
    FactorSpace four = FactorSpace.of(List.of("floorHue", "orientation"), 2, 2);
    for (int time = 0; time < 2; time++) {
      ImageData data = Shapes3d.read(file, four, Progress.none());
      assertEquals(4, data.size());
      float[] pixels = data.image(3).pixels();
      assertEquals((30 + 5 + 2) / 255f, pixels[2 * 4096 + 20 * 64 + 9]);
      assertEquals(four, data.factors().orElseThrow());
    }
    assertEquals(480_000, Shapes3d.space().size());
    Path unpacked = folder.resolve("3dshapes.images");
    Files.write(unpacked, Arrays.copyOf(Files.readAllBytes(unpacked), 1000));
    ImageData anew = Shapes3d.read(file, four, Progress.none());
    assertEquals(4, anew.size(), "a short file is made anew");
    byte[] images = Arrays.copyOfRange(Files.readAllBytes(unpacked), 512, 512 + 4 * 12_288);
    assertEquals(
        "shapes3d published, SHA-256 of pixels " + Checksums.sha256(images), anew.fingerprint());
    assertThrows(IOException.class, () -> Shapes3d.read(file), "too few images");
    try (var files = Files.list(folder)) {
      assertEquals(2, files.count(), "no temporary file is left");
    }
  }

  @Test
  void mpi3d() throws IOException {
    Path file = folder.resolve("mpi3d_toy.npz");
    byte[] pixels = new byte[3 * 12_288];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i % 3 * 50 + i / 12_288);
    }
    try (NpzWriter writer = new NpzWriter(file)) {
      writer.add("images", NpzWriter.header("|u1", "3, 64, 64, 3"), out -> out.write(pixels));
    }
    ImageData data = Mpi3d.read(file, FactorSpace.of(List.of("x"), 3), Progress.none());
    assertEquals("mpi3d_toy", data.name());
    float[] image = data.image(2).pixels();
    assertEquals(102 / 255f, image[2 * 4096 + 7]);
    assertEquals(1_036_800, Mpi3d.space().size());
    assertThrows(IOException.class, () -> Mpi3d.read(file));
  }

  @Test
  void chairs3d() throws IOException {
    picture("chairs/abc/renders/image_000_p020_t011_r096.png", 20, 20, 0xFFFFFF);
    picture("chairs/abc/renders/image_001_p030_t022_r096.png", 20, 20, 0);
    picture("chairs/xyz/renders/image_000_p020_t011_r096.png", 20, 20, 0x808080);
    picture("chairs/other.png", 20, 20, 0);
    ImageData data = Chairs3d.read(folder.resolve("chairs"), 1);
    assertEquals(new ImageShape(1, 64, 64), data.shape());
    assertEquals(128 / 255f, data.image(2).pixels()[100]);
    assertArrayEquals(
        new int[][] {{0, 0, 0}, {0, 1, 1}, {1, 0, 0}},
        data.factors().orElseThrow().values(new int[] {0, 1, 2}));
    assertThrows(IllegalArgumentException.class, () -> Chairs3d.read(folder, 2));
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThrows(IOException.class, () -> Chairs3d.read(empty, 1));
  }

  /**
   * cars3d-layout.mat was written by SciPy: red 200 in the upper half, green 10 azimuth, blue 50
   * elevation.
   */
  @Test
  void cars3d() throws IOException {
    TestFiles.copy("cars3d-layout.mat", folder, "car_002_mesh.mat");
    TestFiles.copy("cars3d-layout.mat", folder, "car_001_mesh.mat");
    ImageData data = Cars3d.read(folder);
    FactorSpace space = (FactorSpace) data.factors().orElseThrow();
    assertEquals(2 * 24 * 4, data.size());
    float[] image = data.image(space.index(1, 7, 3)).pixels();
    assertArrayEquals(
        new float[] {200 / 255f, 0, 70 / 255f, 150 / 255f},
        new float[] {image[31 * 64], image[32 * 64 + 63], image[4096 + 5], image[8192 + 5]});
    Files.write(folder.resolve("car_002_mesh.mat"), new byte[200]);
    assertThrows(IOException.class, () -> Cars3d.read(folder));
  }

  private void norb(String name, int magic, int[] axes, byte[] elements) throws IOException {
    ByteBuffer file = ByteBuffer.allocate(8 + 4 * Math.max(3, axes.length) + elements.length);
    file.order(ByteOrder.LITTLE_ENDIAN).putInt(magic).putInt(axes.length);
    for (int axis : axes) {
      file.putInt(axis);
    }
    for (int a = axes.length; a < 3; a++) {
      file.putInt(1);
    }
    Files.write(folder.resolve(name), file.put(elements).array());
  }

  private void norbPart(String part, byte value, int azimuth) throws IOException {
    byte[] pair = new byte[2 * 96 * 96];
    Arrays.fill(pair, 0, 96 * 96, value);
    norb(part + "-dat.mat", 0x1E3D4C55, new int[] {1, 2, 96, 96}, pair);
    norb(part + "-cat.mat", 0x1E3D4C54, new int[] {1}, new byte[] {3, 0, 0, 0});
    byte[] info = {9, 0, 0, 0, 8, 0, 0, 0, (byte) azimuth, 0, 0, 0, 5, 0, 0, 0};
    norb(part + "-info.mat", 0x1E3D4C54, new int[] {1, 4}, info);
  }

  @Test
  void smallNorb() throws IOException {
    norbPart("smallnorb-5x46789x9x18x6x2x96x96-training", (byte) 51, 4);
    norbPart("smallnorb-5x01235x9x18x6x2x96x96-testing", (byte) 102, 34);
    ImageData data = SmallNorb.read(folder);
    assertEquals(2, data.size());
    assertEquals(0.2f, data.image(0).pixels()[17]);
    assertEquals(0.4f, data.image(1).pixels()[4095]);
    FactorTable factors = (FactorTable) data.factors().orElseThrow();
    assertEquals("3", factors.label(0, factors.value(0, 0)));
    assertEquals("2", factors.label(3, factors.value(0, 3)));
    assertEquals("17", factors.label(3, factors.value(1, 3)));
    norbPart("smallnorb-5x46789x9x18x6x2x96x96-training", (byte) 51, 36);
    Throwable error = assertThrows(IOException.class, () -> SmallNorb.read(folder));
    assertTrue(error.getMessage().contains("azimuth in [0, 18), found 18"), error.getMessage());
    String file = "smallnorb-5x46789x9x18x6x2x96x96-training-dat.mat";
    norb(file, 0x1E3D4C55, new int[] {1 << 30, 1 << 30, 96, 96}, new byte[5]);
    assertThrows(IOException.class, () -> SmallNorb.read(folder));
    norb(file, 0x12345678, new int[] {1, 2, 96, 96}, new byte[5]);
    error = assertThrows(IOException.class, () -> SmallNorb.read(folder));
    assertTrue(error.getMessage().contains("12345678"), error.getMessage());
  }

  @Test
  void faces3d() throws IOException {
    byte[] header = NpzWriter.header("|u1", "1, 2, 1, 2, 64, 64");
    byte[] all = Arrays.copyOf(header, header.length + 4 * 4096);
    all[header.length + 3 * 4096] = (byte) 255;
    Path file = folder.resolve("faces.npy");
    Files.write(file, all);
    ImageData data = Faces3d.read(file);
    assertEquals(4, data.size());
    assertEquals(1, data.image(3).pixels()[0]);
    assertEquals(2, data.factors().orElseThrow().classes(3));
    Files.write(file, Arrays.copyOf(all, all.length - 1));
    assertThrows(IOException.class, () -> Faces3d.read(file));
    Files.write(file, NpzWriter.header("|u1", "0, 2, 1, 2, 64, 64"));
    assertThrows(IOException.class, () -> Faces3d.read(file));
  }
}
