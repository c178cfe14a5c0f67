package dev.disentangle.model;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * One layer of a {@link LayeredBlock}: its shapes, its weights, and the one line of TorchScript
 * that computes it. Shapes are without the batch axis.
 */
public sealed interface Layer {

  /**
   * Returns the shape of the output.
   *
   * @param input shape of the input
   * @return shape of the output
   * @throws IllegalArgumentException if the layer does not take such an input
   */
  long[] output(long... input);

  /**
   * Returns the shapes of the layer's weights.
   *
   * @param input shape of the input
   * @return one shape per weight, in the order of {@link #script}
   */
  default List<long[]> weights(long... input) {
    return List.of();
  }

  /**
   * Returns how many inputs each output is a sum of, for the weights' initial range.
   *
   * @param input shape of the input
   * @return the fan-in as PyTorch counts it, or 0 without weights
   */
  default long fanIn(long... input) {
    return 0;
  }

  /**
   * Writes the layer as one TorchScript expression.
   *
   * @param x the input's expression
   * @param weights the weights' expressions
   * @return the output's expression
   */
  String script(String x, List<String> weights);

  /**
   * Convolution with square kernels.
   *
   * @param filters number of output channels
   * @param kernel side of the kernel
   * @param stride step between outputs
   * @param padding zeros on all sides
   */
  record Convolution(int filters, int kernel, int stride, int padding) implements Layer {
    @Override
    public long[] output(long... input) {
      requireRank("a convolution", 3, input);
      return new long[] {filters, side(input[1]), side(input[2])};
    }

    private long side(long size) {
      long padded = size + 2L * padding;
      if (padded < kernel) {
        throw new IllegalArgumentException(
            "a " + kernel + "x" + kernel + " convolution needs at least as many rows, had " + size);
      }
      return (padded - kernel) / stride + 1;
    }

    @Override
    public List<long[]> weights(long... input) {
      return List.of(new long[] {filters, input[0], kernel, kernel}, new long[] {filters});
    }

    @Override
    public long fanIn(long... input) {
      return input[0] * kernel * kernel;
    }

    @Override
    public String script(String x, List<String> weights) {
      return call("torch.conv2d", x, weights, pair(stride) + ", " + pair(padding));
    }
  }

  /**
   * Transposed convolution with square kernels.
   *
   * @param filters number of output channels
   * @param kernel side of the kernel
   * @param stride step between inputs
   * @param padding rows and columns cut off on all sides
   */
  record TransposedConvolution(int filters, int kernel, int stride, int padding) implements Layer {
    @Override
    public long[] output(long... input) {
      requireRank("a transposed convolution", 3, input);
      return new long[] {filters, side(input[1]), side(input[2])};
    }

    private long side(long size) {
      return (size - 1) * stride - 2L * padding + kernel;
    }

    @Override
    public List<long[]> weights(long... input) {
      return List.of(new long[] {input[0], filters, kernel, kernel}, new long[] {filters});
    }

    @Override
    public long fanIn(long... input) {
      return (long) filters * kernel * kernel;
    }

    @Override
    public String script(String x, List<String> weights) {
      if (filters == 1) {
        return call(SingleChannel.NAME, x, weights, kernel + ", " + stride + ", " + padding);
      }
      return call("torch.conv_transpose2d", x, weights, pair(stride) + ", " + pair(padding));
    }
  }

  /**
   * Fully connected layer.
   *
   * @param units number of outputs
   */
  record Dense(int units) implements Layer {
    @Override
    public long[] output(long... input) {
      requireRank("a dense layer", 1, input);
      return new long[] {units};
    }

    @Override
    public List<long[]> weights(long... input) {
      return List.of(new long[] {units, input[0]}, new long[] {units});
    }

    @Override
    public long fanIn(long... input) {
      return input[0];
    }

    @Override
    public String script(String x, List<String> weights) {
      return "torch.linear(" + x + ", " + String.join(", ", weights) + ")";
    }
  }

  /**
   * Leaky rectifier {@code max(x, slope x)}; slope 0 is the plain rectifier. It works in place, and
   * so must follow a layer with weights.
   *
   * @param slope factor for negative inputs, in {@code [0, 1)}
   */
  record Rectifier(double slope) implements Layer {
    @Override
    public long[] output(long... input) {
      return input.clone();
    }

    @Override
    public String script(String x, List<String> weights) {
      return slope == 0
          ? "torch.relu_(" + x + ")"
          : String.format(Locale.ROOT, "torch.leaky_relu_(%s, %s)", x, slope);
    }
  }

  /**
   * Layer normalisation without learned scales (Ba, Kiros &amp; Hinton 2016): all numbers of one
   * image get mean 0 and variance 1, {@code (x - mean) / sqrt(variance + 1e-5)}. Unlike batch
   * normalisation it treats every image by itself, so it is the same in training and after it.
   */
  record Normalisation() implements Layer {
    @Override
    public long[] output(long... input) {
      return input.clone();
    }

    @Override
    public String script(String x, List<String> weights) {
      return "torch.group_norm(" + x + ", 1, None, None, 1.0000000000000001e-05, False)";
    }
  }

  /**
   * Gives every image's numbers another shape.
   *
   * @param shape the new shape
   */
  record Reshape(List<Long> shape) implements Layer {
    @Override
    public long[] output(long... input) {
      long[] output = shape.stream().mapToLong(Long::longValue).toArray();
      if (LongStream.of(output).reduce(1, Math::multiplyExact)
          != LongStream.of(input).reduce(1, Math::multiplyExact)) {
        throw new IllegalArgumentException(
            "cannot reshape " + LongStream.of(input).boxed().toList() + " to " + shape);
      }
      return output;
    }

    @Override
    public String script(String x, List<String> weights) {
      String sizes = shape.stream().map(String::valueOf).collect(Collectors.joining(", "));
      return "torch.reshape(" + x + ", [-1, " + sizes + "])";
    }
  }

  /**
   * Returns the plain rectifier.
   *
   * @return {@code max(x, 0)}
   */
  static Layer rectifier() {
    return new Rectifier(0);
  }

  /**
   * Returns a layer that gives another shape.
   *
   * @param shape the new shape
   * @return the layer
   */
  static Layer reshape(long... shape) {
    return new Reshape(LongStream.of(shape).boxed().toList());
  }

  private static String call(String function, String x, List<String> weights, String rest) {
    return function + "(" + x + ", " + String.join(", ", weights) + ", " + rest + ")";
  }

  private static String pair(int value) {
    return IntStream.of(value, value)
        .mapToObj(String::valueOf)
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private static void requireRank(String layer, int rank, long... input) {
    if (input.length != rank) {
      throw new IllegalArgumentException(
          layer
              + " takes "
              + rank
              + " axes beside the batch, was given "
              + LongStream.of(input).boxed().toList());
    }
  }
}
