package dev.disentangle.data;

import dev.disentangle.data.format.IdxReader;
import dev.disentangle.data.store.ByteImages;
import dev.disentangle.data.store.Checksums;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * MNIST: handwritten digits, 28x28 grey, 60,000 for training and 10,000 for testing (LeCun, Bottou,
 * Bengio and Haffner 1998, "Gradient-based learning applied to document recognition").
 */
public final class Mnist {

  private static final int CLASSES = 10;

  private Mnist() {}

  /**
   * Reads the 60,000 training images.
   *
   * @param folder folder of {@code train-images-idx3-ubyte} and {@code train-labels-idx1-ubyte},
   *     each plain or with {@code .gz}
   * @return the images, with factor {@code digit} of 10 classes
   * @throws IOException if a file is missing or damaged
   */
  public static ImageData train(Path folder) throws IOException {
    return read("mnist-train", "digit", folder, "train");
  }

  /**
   * Reads the 10,000 test images.
   *
   * @param folder folder of {@code t10k-images-idx3-ubyte} and {@code t10k-labels-idx1-ubyte}, each
   *     plain or with {@code .gz}
   * @return the images, with factor {@code digit} of 10 classes
   * @throws IOException if a file is missing or damaged
   */
  public static ImageData test(Path folder) throws IOException {
    return read("mnist-test", "digit", folder, "t10k");
  }

  /**
   * Reads a pair of IDX files, images and labels of ten classes, as MNIST and its successors
   * publish them.
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
    ImageShape shape;
    ByteImages images;
    try (IdxReader reader = IdxReader.open(imageFile)) {
      shape = shape(imageFile, reader);
      images = ByteImages.read(shape.pixels(), reader.shape().get(0), reader::readBytes);
      reader.end();
    }
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
        shape,
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

  private static ImageShape shape(Path file, IdxReader reader) throws IOException {
    reader.requireAxes(3, "image, row, column");
    if (reader.elements() == 0) {
      throw new IOException(file + ", offset 4: expected images, found " + reader.shape());
    }
    return new ImageShape(1, reader.shape().get(1), reader.shape().get(2));
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
