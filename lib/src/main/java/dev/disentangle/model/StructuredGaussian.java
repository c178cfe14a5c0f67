package dev.disentangle.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.tensor.Operations;

/**
 * Gaussian pixels whose residuals are correlated with their neighbours' (Dorta, Vicente, Agapito,
 * Campbell &amp; Simpson 2018, "Structured Uncertainty Prediction Networks", section 3): the
 * decoder gives the mean and a sparse Cholesky factor {@code L} of the precision,
 *
 * <pre>{@code
 * p(x|z) = N(x; mean, (L L^T)^-1),    L_ii = 1 / s_i,    L_ji = b_ij / s_i
 * }</pre>
 *
 * <p>where {@code b_ij} is an output for every pixel {@code j} that comes after {@code i}, row by
 * row, and is at most {@code radius} rows and columns away; all other entries are zero. With the
 * residual {@code r = x - mean}, the determinant is a product and no matrix is ever built:
 *
 * <pre>{@code
 * -log p(x|z) = sum_i (r_i + sum_j b_ij r_j)^2 / (2 s_i^2) + log s_i + log(2 pi) / 2
 * }</pre>
 *
 * <p>Each summand is {@code -log p(x_i | later pixels, z)}. Neighbours' weights are relative to the
 * diagonal, so that zeros give {@link Likelihood.GaussianPerPixel}; as there, {@code s_i} has a
 * soft floor. Every channel has a factor of its own: colours are independent given the code.
 *
 * @param radius how many rows and columns away a neighbour may be, at least 1; 1 is a patch of 3x3
 *     pixels, 2 one of 5x5
 * @param smallestDeviation the floor of {@code s_i}, above 0
 */
public record StructuredGaussian(int radius, double smallestDeviation) implements Likelihood {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if {@code radius} is below 1 or the floor is not above 0
   */
  public StructuredGaussian {
    if (radius < 1) {
      throw new IllegalArgumentException("radius must be at least 1, was " + radius);
    }
    new GaussianPerPixel(smallestDeviation);
  }

  /** A patch of 3x3 pixels and a floor of 0.05, about 13 steps of an 8-bit pixel. */
  public StructuredGaussian() {
    this(1, 0.05);
  }

  /** The later half of a patch, {@code 2 radius (radius + 1)} pixels. */
  private int neighbours() {
    return 2 * radius * (radius + 1);
  }

  /** A mean, a logarithm of {@code s}, and the neighbours' weights. */
  @Override
  public int outputsPerPixel() {
    return 2 + neighbours();
  }

  @Override
  public NDArray mean(NDArray outputs) {
    return outputs.get(":, :{}", channels(outputs));
  }

  private long channels(NDArray outputs) {
    return outputs.getShape().get(1) / outputsPerPixel();
  }

  private NDArray logDeviation(NDArray outputs) {
    return outputs.get(":, {}:{}", channels(outputs), 2 * channels(outputs));
  }

  /** {@code b}, {@code [batch, neighbours, channels, height, width]}. */
  private NDArray weights(NDArray outputs) {
    Shape shape = outputs.getShape();
    return outputs
        .get(":, {}:", 2 * channels(outputs))
        .reshape(shape.get(0), neighbours(), channels(outputs), shape.get(2), shape.get(3));
  }

  /**
   * The conditional density of every pixel given the later ones: their sum is that of the image.
   */
  @Override
  public NDArray perPixel(NDArray outputs, NDArray images) {
    NDArray mean = mean(outputs);
    NDArray residuals = images.sub(mean);
    try (NDArray reach = mean.getManager().create(radius)) {
      NDArray pull = Distributions.one("neighbour_sum", residuals, weights(outputs), reach);
      NDArray given = mean.sub(pull).concat(logDeviation(outputs), 1);
      return new GaussianPerPixel(smallestDeviation).perPixel(given, images);
    }
  }

  /** Solves {@code L^T r = noise} from the last pixel to the first. */
  @Override
  public NDArray sample(NDArray outputs, Noise noise) {
    NDArray mean = mean(outputs);
    NDArray independent = mean.zerosLike().concat(logDeviation(outputs), 1);
    NDArray drawn = new GaussianPerPixel(smallestDeviation).sample(independent, noise);
    double[] residuals = numbers(drawn);
    double[] weights = numbers(weights(outputs));
    Shape shape = mean.getShape();
    int planes = Math.toIntExact(shape.get(1));
    for (int plane = 0; plane < shape.get(0) * planes; plane++) {
      int image = plane / planes;
      int channel = plane % planes;
      solve(residuals, plane, weights, (image * neighbours()) * planes + channel, planes, shape);
    }
    NDArray solved = noise.manager().create(residuals, shape).toType(noise.type(), false);
    return mean.add(solved);
  }

  private void solve(
      double[] residuals, int plane, double[] weights, int first, int planes, Shape shape) {
    int height = Math.toIntExact(shape.get(2));
    int width = Math.toIntExact(shape.get(3));
    int area = height * width;
    int side = 2 * radius + 1;
    for (int pixel = area - 1; pixel >= 0; pixel--) {
      for (int k = 0; k < neighbours(); k++) {
        int row = pixel / width + (k + radius + 1) / side;
        int column = pixel % width + (k + radius + 1) % side - radius;
        if (row < height && column >= 0 && column < width) {
          double weight = weights[(first + k * planes) * area + pixel];
          residuals[plane * area + pixel] -=
              weight * residuals[plane * area + row * width + column];
        }
      }
    }
  }

  private static double[] numbers(NDArray array) {
    return Operations.contiguous(array).toType(DataType.FLOAT64, false).toDoubleArray();
  }
}
