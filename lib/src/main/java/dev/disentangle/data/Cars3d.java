package dev.disentangle.data;

import dev.disentangle.data.format.MatBytes;
import dev.disentangle.data.format.Pixels;
import dev.disentangle.data.store.ByteImages;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Cars3D: 183 car models seen from 24 azimuths and 4 elevations (Reed, Zhang, Zhang and Lee 2015,
 * "Deep Visual Analogy-Making"), from the published {@code .mat} files, one per car, each with an
 * array {@code im} [128, 128, 3, 24, 4].
 */
public final class Cars3d {

  private static final int SIDE = 128;
  private static final int AZIMUTHS = 24;
  private static final int ELEVATIONS = 4;
  private static final ImageShape SHAPE = new ImageShape(3, 64, 64);

  private Cars3d() {}

  /**
   * Reads all cars as 64x64 images into memory, 216 MB.
   *
   * @param folder the folder of the {@code .mat} files
   * @return the images with factors car (in order of file names), azimuth and elevation
   * @throws IOException if there is no such file or one is damaged
   */
  public static ImageData read(Path folder) throws IOException {
    List<Path> files = files(folder);
    int perCar = AZIMUTHS * ELEVATIONS;
    byte[][] car = new byte[perCar][];
    int[] next = {0};
    ByteImages images =
        ByteImages.read(
            SHAPE.pixels(),
            files.size() * perCar,
            (into, offset, count) -> {
              for (int end = offset + count; offset < end; offset += SHAPE.pixels()) {
                if (next[0] % perCar == 0) {
                  load(files.get(next[0] / perCar), car);
                }
                byte[] image = car[next[0]++ % perCar];
                System.arraycopy(image, 0, into, offset, image.length);
              }
            });
    return new StoredImages(
        "cars3d",
        "cars3d as " + SHAPE + ", SHA-256 of pixels " + images.sha256(),
        SHAPE,
        images,
        PixelKind.CONTINUOUS,
        Optional.of(
            FactorSpace.of(
                List.of("car", "azimuth", "elevation"), files.size(), AZIMUTHS, ELEVATIONS)));
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      List<Path> files =
          all.filter(file -> file.getFileName().toString().endsWith(".mat")).sorted().toList();
      if (files.isEmpty()) {
        throw new IOException(folder + ": expected files named .mat, one per car, found none");
      }
      return files;
    }
  }

  private static void load(Path file, byte[][] car) throws IOException {
    byte[] im = MatBytes.read(file, "im", SIDE, SIDE, 3, AZIMUTHS, ELEVATIONS);
    int area = SIDE * SIDE;
    for (int azimuth = 0; azimuth < AZIMUTHS; azimuth++) {
      for (int elevation = 0; elevation < ELEVATIONS; elevation++) {
        int start = 3 * area * (azimuth + AZIMUTHS * elevation);
        BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        for (int p = 0; p < area; p++) {
          int rgb =
              (im[start + p] & 0xFF) << 16
                  | (im[start + area + p] & 0xFF) << 8
                  | im[start + 2 * area + p] & 0xFF;
          // MATLAB's first index is the row, and it varies fastest.
          picture.setRGB(p / SIDE, p % SIDE, rgb);
        }
        car[azimuth * ELEVATIONS + elevation] =
            Pixels.square(picture, 0, SHAPE.channels(), SHAPE.height(), SHAPE.width());
      }
    }
  }
}
