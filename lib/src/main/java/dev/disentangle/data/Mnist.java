package dev.disentangle.data;

import java.io.IOException;
import java.nio.file.Path;

/**
 * MNIST: handwritten digits, 28x28 grey, 60,000 for training and 10,000 for testing (LeCun, Bottou,
 * Bengio and Haffner 1998, "Gradient-based learning applied to document recognition").
 */
public final class Mnist {

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
    return IdxImages.read("mnist-train", "digit", folder, "train");
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
    return IdxImages.read("mnist-test", "digit", folder, "t10k");
  }
}
