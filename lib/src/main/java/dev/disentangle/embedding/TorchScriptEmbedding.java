package dev.disentangle.embedding;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.data.Image;
import dev.disentangle.data.ImageShape;
import dev.disentangle.metric.ImageEmbedding;
import dev.disentangle.tensor.GradientMode;
import dev.disentangle.tensor.Operations;
import dev.disentangle.tensor.TorchScriptModule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Features from a network in a TorchScript file that the user brings, such as an Inception network
 * cut off behind its last pooling layer: the Fréchet distance on those features is the FID of
 * Heusel et al. (2017).
 *
 * <pre>{@code
 * try (var inception = TorchScriptEmbedding.load(Path.of("inception.pt"), NetworkInput.inception())) {
 *   FrechetDistance.of(inception.features(real), inception.features(generated), inception.name());
 * }
 * }</pre>
 *
 * <p>FID depends on the very weights, on how images are scaled and on how many there are; compare
 * only values that agree in all three.
 */
public final class TorchScriptEmbedding implements ImageEmbedding, AutoCloseable {

  private static final int CHUNK = 32;

  private final String name;
  private final NetworkInput input;
  private final TorchScriptModule network;

  private TorchScriptEmbedding(String name, NetworkInput input, TorchScriptModule network) {
    this.name = name;
    this.input = input;
    this.network = network;
  }

  /**
   * Loads a network.
   *
   * @param file a file that {@code torch.jit.save} has written; its {@code forward} takes {@code
   *     [batch, channels, height, width]} and gives {@code [batch, features]}, or {@code [batch,
   *     features, 1, 1]}
   * @param input what it expects of its images
   * @return the embedding; the caller closes it
   * @throws IOException if the file is missing or no TorchScript archive
   */
  public static TorchScriptEmbedding load(Path file, NetworkInput input) throws IOException {
    return new TorchScriptEmbedding(
        String.valueOf(file.getFileName()), input, TorchScriptModule.load(file));
  }

  /** Returns the file's name. */
  @Override
  public String name() {
    return name;
  }

  /**
   * Computes features, some images at a time.
   *
   * @param images the images, all of one size
   * @return features, {@code [images][features]}, in the same order
   * @throws IllegalArgumentException if {@code images} is empty, they differ in size, or the
   *     network does not take them or gives no features of one row per image
   */
  @Override
  public float[][] features(List<Image> images) {
    if (images.isEmpty()) {
      throw new IllegalArgumentException("images must hold at least 1 image, was empty");
    }
    float[][] features = new float[images.size()][];
    for (int start = 0; start < images.size(); start += CHUNK) {
      int end = Math.min(start + CHUNK, images.size());
      try (NDManager scope = network.newManager()) {
        NDArray batch = batch(scope, images.subList(start, end), images.get(0).shape());
        copyRows(network.forward(batch), end - start, features, start);
      }
    }
    return features;
  }

  private NDArray batch(NDManager scope, List<Image> images, ImageShape shape) {
    float[] pixels = new float[images.size() * shape.pixels()];
    for (int i = 0; i < images.size(); i++) {
      if (!images.get(i).shape().equals(shape)) {
        throw new IllegalArgumentException(
            "images must all have one size, had " + shape + " and " + images.get(i).shape());
      }
      System.arraycopy(images.get(i).pixels(), 0, pixels, i * shape.pixels(), shape.pixels());
    }
    Shape wanted = new Shape(images.size(), shape.channels(), shape.height(), shape.width());
    return GradientMode.paused(() -> prepared(scope.create(pixels, wanted)));
  }

  private NDArray prepared(NDArray images) {
    NDArray prepared = images;
    if (images.getShape().get(1) != input.channels()) {
      prepared = input.channels() == 3 ? images.repeat(1, 3) : images.mean(new int[] {1}, true);
    }
    if (input.side() > 0) {
      prepared = Operations.resize(prepared, input.side());
    }
    return prepared.mul(input.high() - input.low()).add(input.low());
  }

  private void copyRows(NDArray given, int rows, float[][] features, int start) {
    Shape shape = given.getShape();
    if (shape.dimension() < 2 || shape.get(0) != rows || shape.size() != rows * shape.get(1)) {
      throw new IllegalArgumentException(
          "the network in "
              + name
              + " must give [batch, features] or [batch, features, 1, 1], gave "
              + shape
              + " for a batch of "
              + rows);
    }
    float[] values = GradientMode.paused(() -> Operations.contiguous(given)).toFloatArray();
    int width = values.length / rows;
    for (int row = 0; row < rows; row++) {
      features[start + row] = Arrays.copyOfRange(values, row * width, (row + 1) * width);
    }
  }

  @Override
  public void close() {
    network.close();
  }
}
