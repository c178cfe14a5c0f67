package dev.disentangle.data;

import dev.disentangle.data.format.NorbReader;
import dev.disentangle.data.format.Pixels;
import dev.disentangle.data.store.ByteImages;
import dev.disentangle.data.store.Checksums;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * SmallNORB: 50 toys of 5 categories, from 9 elevations and 18 azimuths under 6 lightings (LeCun,
 * Huang and Bottou 2004, "Learning Methods for Generic Object Recognition with Invariance to Pose
 * and Lighting"), 48,600 pairs of grey images of which the left ones are used, scaled to 64x64.
 */
public final class SmallNorb {

  private static final String TRAINING = "smallnorb-5x46789x9x18x6x2x96x96-training";
  private static final String TESTING = "smallnorb-5x01235x9x18x6x2x96x96-testing";
  private static final int SIDE = 96;
  private static final ImageShape SHAPE = new ImageShape(1, 64, 64);
  private static final List<String> FACTORS =
      List.of("category", "instance", "elevation", "azimuth", "lighting");
  private static final int[] CLASSES = {5, 10, 9, 18, 6};

  private SmallNorb() {}

  /**
   * Reads the training and test images, in file order, into memory.
   *
   * @param folder folder of the published files {@code ...-dat.mat}, {@code ...-cat.mat} and {@code
   *     ...-info.mat} of both parts, each plain or with {@code .gz}
   * @return the images with factors category, instance, elevation, azimuth and lighting
   * @throws IOException if a file is missing or damaged, or they do not fit together
   */
  public static ImageData read(Path folder) throws IOException {
    List<byte[]> images = new ArrayList<>();
    List<int[]> rows = new ArrayList<>();
    for (String part : List.of(TRAINING, TESTING)) {
      readImages(find(folder, part + "-dat.mat"), images);
      readFactors(folder, part, images.size() - rows.size(), rows);
    }
    int[] next = {0};
    ByteImages store =
        ByteImages.read(
            SHAPE.pixels(),
            images.size(),
            (into, offset, count) -> {
              for (int end = offset + count; offset < end; offset += SHAPE.pixels()) {
                System.arraycopy(images.get(next[0]++), 0, into, offset, SHAPE.pixels());
              }
            });
    String checksum = Checksums.sha256(find(folder, TRAINING + "-dat.mat"));
    return new StoredImages(
        "smallnorb",
        "smallnorb published, left images as " + SHAPE + ", SHA-256 of training file " + checksum,
        SHAPE,
        store,
        PixelKind.CONTINUOUS,
        Optional.of(table(rows)));
  }

  private static Path find(Path folder, String name) throws IOException {
    for (String suffix : new String[] {".gz", ""}) {
      Path file = folder.resolve(name + suffix);
      if (Files.isRegularFile(file)) {
        return file;
      }
    }
    throw new IOException(folder + ": expected a file " + name + " or " + name + ".gz");
  }

  private static void readImages(Path file, List<byte[]> images) throws IOException {
    try (NorbReader reader = NorbReader.open(file)) {
      List<Integer> shape = reader.shape();
      if (shape.size() != 4 || !shape.subList(1, 4).equals(List.of(2, SIDE, SIDE))) {
        throw new IOException(file + ", offset 8: expected [any, 2, 96, 96], found " + shape);
      }
      byte[] pair = new byte[2 * SIDE * SIDE];
      for (int i = 0; i < shape.get(0); i++) {
        reader.readBytes(pair, 0, pair.length);
        BufferedImage left = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        for (int p = 0; p < SIDE * SIDE; p++) {
          left.setRGB(p % SIDE, p / SIDE, (pair[p] & 0xFF) * 0x010101);
        }
        images.add(Pixels.square(left, 0, 1, SHAPE.height(), SHAPE.width()));
      }
      reader.end();
    }
  }

  private static void readFactors(Path folder, String part, int count, List<int[]> rows)
      throws IOException {
    Path categoryFile = find(folder, part + "-cat.mat");
    Path infoFile = find(folder, part + "-info.mat");
    try (NorbReader categories = NorbReader.open(categoryFile);
        NorbReader info = NorbReader.open(infoFile)) {
      if (!categories.shape().equals(List.of(count))
          || !info.shape().equals(List.of(count, CLASSES.length - 1))) {
        throw new IOException(
            infoFile + ", offset 8: expected 4 numbers for each of " + count + " images");
      }
      for (int i = 0; i < count; i++) {
        int[] four = info.readInts(CLASSES.length - 1);
        // Azimuths are published as 0, 2, ..., 34, in steps of ten degrees.
        int[] row = {categories.readInts(1)[0], four[0], four[1], four[2] / 2, four[3]};
        for (int f = 0; f < row.length; f++) {
          if (row[f] < 0 || row[f] >= CLASSES[f]) {
            throw new IOException(
                String.format(
                    "%s, image %d: expected %s in [0, %d), found %d",
                    infoFile, i, FACTORS.get(f), CLASSES[f], row[f]));
          }
        }
        rows.add(row);
      }
      categories.end();
      info.end();
    }
  }

  private static FactorTable table(List<int[]> rows) {
    List<List<String>> columns = new ArrayList<>();
    for (int f = 0; f < CLASSES.length; f++) {
      int factor = f;
      columns.add(rows.stream().map(row -> Integer.toString(row[factor])).toList());
    }
    return FactorTable.of(FACTORS, columns);
  }
}
