package dev.disentangle.data;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Fashion-MNIST: articles of clothing, 28x28 grey, 60,000 for training and 10,000 for testing
 * (Xiao, Rasul and Vollgraf 2017, "Fashion-MNIST: a Novel Image Dataset for Benchmarking Machine
 * Learning Algorithms"), in files of the same names and format as MNIST's.
 */
public final class FashionMnist {

  private FashionMnist() {}

  /**
   * Reads the 60,000 training images.
   *
   * @param folder folder of {@code train-images-idx3-ubyte} and {@code train-labels-idx1-ubyte},
   *     each plain or with {@code .gz}
   * @return the images, with factor {@code garment} of 10 classes
   * @throws IOException if a file is missing or damaged
   */
  public static ImageData train(Path folder) throws IOException {
    return Mnist.read("fashion-mnist-train", "garment", folder, "train");
  }

  /**
   * Reads the 10,000 test images.
   *
   * @param folder folder of {@code t10k-images-idx3-ubyte} and {@code t10k-labels-idx1-ubyte}, each
   *     plain or with {@code .gz}
   * @return the images, with factor {@code garment} of 10 classes
   * @throws IOException if a file is missing or damaged
   */
  public static ImageData test(Path folder) throws IOException {
    return Mnist.read("fashion-mnist-test", "garment", folder, "t10k");
  }
}
