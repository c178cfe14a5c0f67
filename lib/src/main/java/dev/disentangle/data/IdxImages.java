package dev.disentangle.data;

import dev.disentangle.data.format.IdxReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads pairs of IDX files, images and labels, as MNIST and its successors publish them. */
final class IdxImages {

  private static final int CLASSES = 10;

  private IdxImages() {}

  /**
   * Reads a data set of ten classes.
   *
   * @param name the data set's name
   * @param labelName what the labels are, such as {@code digit}
   * @param folder folder of the two files
   * @param part {@code train} or {@code t10k}
   * @return images of continuous values with one factor
   * @throws IOException if a file is missing or damaged, or the two do not fit together
   */
  static ImageData read(String name, String labelName, Path folder, String part)
      throws IOException {
    Path imageFile = find(folder, part + "-images-idx3-ubyte");
    Path labelFile = find(folder, part + "-labels-idx1-ubyte");
    int[] labels = labels(labelFile);
    ByteImages images = images(imageFile);
    if (labels.length != images.size()) {
      throw new IOException(
          labelFile
              + ", offset 4: expected one label for each of "
              + images.size()
              + " images, found "
              + labels.length);
    }
    return new StoredImages(
        name,
        name + " published, SHA-256 of image file " + Checksums.sha256(imageFile),
        images,
        PixelKind.CONTINUOUS,
        Optional.of(FactorTable.of(labelName, CLASSES, labels)));
  }

  private static Path find(Path folder, String name) throws IOException {
    for (String suffix : new String[] {".gz", ""}) {
      Path file = folder.resolve(name + suffix);
      if (Files.isRegularFile(file)) {
        return file;
      }
    }
    throw new IOException(folder + ": expected a file " + name + ".gz or " + name);
  }

  private static ByteImages images(Path file) throws IOException {
    try (IdxReader reader = IdxReader.open(file)) {
      reader.requireAxes(3, "image, row, column");
      if (reader.elements() == 0) {
        throw new IOException(file + ", offset 4: expected images, found " + reader.shape());
      }
      ImageShape shape = new ImageShape(1, reader.shape().get(1), reader.shape().get(2));
      ByteImages images = ByteImages.read(shape, reader.shape().get(0), reader::readBytes);
      reader.end();
      return images;
    }
  }

  private static int[] labels(Path file) throws IOException {
    try (IdxReader reader = IdxReader.open(file)) {
      reader.requireAxes(1, "image");
      byte[] bytes = new byte[reader.shape().get(0)];
      reader.readBytes(bytes, 0, bytes.length);
      reader.end();
      int[] labels = new int[bytes.length];
      for (int i = 0; i < labels.length; i++) {
        labels[i] = bytes[i] & 0xFF;
        if (labels[i] >= CLASSES) {
          throw new IOException(
              file + ", offset " + (8 + i) + ": expected a label below 10, found " + labels[i]);
        }
      }
      return labels;
    }
  }
}
