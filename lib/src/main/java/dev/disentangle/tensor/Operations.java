package dev.disentangle.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Operations that DJL's PyTorch engine lacks, each one call into PyTorch. All record gradients when
 * the calling thread's {@link GradientMode} is on; results belong to the first argument's manager.
 *
 * <p>Their TorchScript text is the resource {@code operations.py} beside this class.
 */
public final class Operations {

  private Operations() {}

  /** Compiled on first use, once per process; it holds no data. */
  private static final class Holder {
    static final TorchScript SCRIPT = TorchScript.compile(text());

    private static String text() {
      try (InputStream in = Operations.class.getResourceAsStream("operations.py")) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  static NDList call(TorchScript.Arguments arguments) {
    return Holder.SCRIPT.call(arguments);
  }

  private static NDArray one(String function, NDArray... arguments) {
    return Holder.SCRIPT.call(function, arguments).singletonOrThrow();
  }

  /**
   * Two-dimensional convolution (cross-correlation).
   *
   * @param x input, {@code [batch, channels, height, width]}
   * @param weight kernel, {@code [filters, channels, k, k]}
   * @param bias {@code [filters]}
   * @param stride step between outputs, in both directions
   * @param padding zeros around the input, on all sides
   * @return {@code [batch, filters, (height + 2 padding - k) / stride + 1, ...]}
   */
  public static NDArray convolution(
      NDArray x, NDArray weight, NDArray bias, int stride, int padding) {
    return strided("convolution", x, weight, bias, stride, padding);
  }

  /**
   * Two-dimensional transposed convolution, the adjoint of {@link #convolution} plus a bias.
   *
   * @param x input, {@code [batch, channels, height, width]}
   * @param weight kernel, {@code [channels, filters, k, k]}
   * @param bias {@code [filters]}
   * @param stride step between inputs, in both directions
   * @param padding rows and columns cut off the output, on all sides
   * @return {@code [batch, filters, (height - 1) stride - 2 padding + k, ...]}
   */
  public static NDArray transposedConvolution(
      NDArray x, NDArray weight, NDArray bias, int stride, int padding) {
    return strided("transposed_convolution", x, weight, bias, stride, padding);
  }

  private static NDArray strided(
      String function, NDArray x, NDArray weight, NDArray bias, int stride, int padding) {
    if (stride < 1 || padding < 0) {
      throw new IllegalArgumentException(
          "stride must be at least 1 and padding at least 0, were " + stride + " and " + padding);
    }
    try (NDArray s = x.getManager().create(stride);
        NDArray p = x.getManager().create(padding)) {
      return one(function, x, weight, bias, s, p);
    }
  }

  /**
   * Bernoulli negative log-likelihood from logits, summed over pixels and averaged over the batch:
   * {@code 1/B sum_b sum_i log(1 + e^l) - x l}, in nats per image, without overflow.
   *
   * @param logits {@code [batch, ...]}
   * @param targets values in {@code [0, 1]}, of the same shape
   * @return a scalar
   */
  public static NDArray bernoulliNegativeLogLikelihood(NDArray logits, NDArray targets) {
    return one("bernoulli_negative_log_likelihood", logits, targets);
  }

  /**
   * Draws from diagonal Gaussians by reparameterisation, {@code mean + exp(logVariance / 2) noise}.
   *
   * @param mean {@code [batch, latents]}
   * @param logVariance {@code [batch, latents]}
   * @param noise standard normal numbers, {@code [batch, latents]}
   * @return one sample per row, {@code [batch, latents]}
   */
  public static NDArray gaussianSample(NDArray mean, NDArray logVariance, NDArray noise) {
    return one("gaussian_sample", mean, logVariance, noise);
  }

  /**
   * Divergence of diagonal Gaussians from the standard normal, per latent: {@code (mean^2 +
   * e^logVariance - logVariance - 1) / 2}, in nats.
   *
   * @param mean {@code [batch, latents]}
   * @param logVariance {@code [batch, latents]}
   * @return {@code [batch, latents]}
   */
  public static NDArray gaussianKl(NDArray mean, NDArray logVariance) {
    return one("gaussian_kl", mean, logVariance);
  }

  /**
   * Moves every column's entries by its own permutation: {@code out[i][j] = z[index[i][j]][j]}.
   *
   * @param z {@code [batch, latents]}
   * @param index rows to take, int64, {@code [batch, latents]}
   * @return {@code [batch, latents]}
   */
  public static NDArray permuteDimensions(NDArray z, NDArray index) {
    return one("permute_dimensions", z, index);
  }

  /**
   * The log density ratio that a two-class discriminator's logits stand for: first minus second.
   *
   * @param logits {@code [batch, 2]}
   * @return {@code [batch]}
   */
  public static NDArray logDensityRatio(NDArray logits) {
    return one("log_density_ratio", logits);
  }

  /**
   * The softplus {@code log(1 + e^x)}, element by element, without overflow.
   *
   * @param x any shape
   * @return the same shape
   */
  public static NDArray softplus(NDArray x) {
    return one("softplus", x);
  }

  /**
   * Adds up numbers that are given by their logarithms, without overflow: {@code log sum_k e^x_k}
   * over the last axis.
   *
   * @param x {@code [..., terms]}
   * @return {@code [...]}
   */
  public static NDArray logSumExp(NDArray x) {
    return one("log_sum_exp", x);
  }

  /**
   * The logistic function {@code 1 / (1 + e^-x)}, element by element.
   *
   * @param x any shape
   * @return the same shape
   */
  public static NDArray sigmoid(NDArray x) {
    return one("sigmoid", x);
  }

  /**
   * Multiplies by a number, element by element. Losses must use this and not DJL's own {@code
   * mul(Number)}, {@code div}, {@code pow}, {@code minimum} or {@code maximum} of a number: those
   * wrap the number in an array whose memory Java's garbage collector may take back before the
   * gradient is computed from it.
   *
   * @param x any shape
   * @param factor the number
   * @return {@code factor x}
   */
  public static NDArray scale(NDArray x, double factor) {
    try (NDArray number = x.getManager().create(factor)) {
      return one("scale", x, number);
    }
  }

  /**
   * Bounds an array from above, element by element.
   *
   * @param x any shape
   * @param bound the largest value of the result
   * @return {@code min(x, bound)}
   */
  public static NDArray atMost(NDArray x, double bound) {
    try (NDArray number = x.getManager().create(bound)) {
      return one("at_most", x, number);
    }
  }

  /**
   * Copies a four-dimensional array into channels-last memory order; shape and values stay.
   *
   * @param x {@code [batch, channels, height, width]}
   * @return a copy in memory of its own
   */
  public static NDArray channelsLast(NDArray x) {
    return one("channels_last", x);
  }

  /**
   * Returns an array in row-major memory order, which reading it out needs.
   *
   * @param x any shape
   * @return the copy, or another handle of the same array when it has that order already
   */
  public static NDArray contiguous(NDArray x) {
    return one("contiguous", x);
  }

  /**
   * Overwrites an array's values; its memory and its memory order stay.
   *
   * @param target the array to overwrite
   * @param source the new values, of the same shape
   */
  public static void assign(NDArray target, NDArray source) {
    if (!target.getShape().equals(source.getShape())) {
      throw new IllegalArgumentException(
          "source must have the shape " + target.getShape() + ", was " + source.getShape());
    }
    GradientMode.paused(() -> one("assign", target, source)).close();
  }

  /**
   * Cuts an array off its graph and makes it the start of a new one.
   *
   * @param x any shape
   * @return the same values, requiring a gradient
   */
  public static NDArray leaf(NDArray x) {
    NDArray leaf = x.stopGradient();
    leaf.setRequiresGradient(true);
    return leaf;
  }

  /**
   * Scales images to a square, bilinearly, averaging where they get smaller.
   *
   * @param x {@code [batch, channels, height, width]}
   * @param side pixels per row and column of the result, at least 1
   * @return {@code [batch, channels, side, side]}
   * @throws IllegalArgumentException if {@code side} is less than 1
   */
  public static NDArray resize(NDArray x, int side) {
    if (side < 1) {
      throw new IllegalArgumentException("side must be at least 1, was " + side);
    }
    try (NDArray size = x.getManager().create(side)) {
      return one("resize", x, size);
    }
  }

  /**
   * Tells whether all numbers are finite.
   *
   * @param arrays the arrays to look at, at least one
   * @return false if any element is NaN or infinite, or their sum overflows
   */
  public static boolean allFinite(List<NDArray> arrays) {
    try (NDArray finite =
        call(new TorchScript.Arguments("all_finite").tensorList(arrays)).singletonOrThrow()) {
      return finite.getBoolean();
    }
  }
}
