package dev.disentangle.representation;

import java.util.Arrays;

/**
 * One layer of a decoder as plain arrays, for one image at a time. Images between layers are flat,
 * channel by channel and row by row. Records hold their arrays without copying them.
 */
public sealed interface DecoderLayer {

  /**
   * Computes the layer's outputs.
   *
   * @param input the numbers that the layer before gives
   * @return a new array of outputs
   * @throws IllegalArgumentException if {@code input} has the wrong length
   */
  float[] apply(float[] input);

  /**
   * Fully connected layer, {@code y_o = b_o + sum_i W_oi x_i}.
   *
   * @param weights {@code W}, {@code [outputs * inputs]}, output by output
   * @param biases {@code b}, {@code [outputs]}
   */
  record Dense(float[] weights, float[] biases) implements DecoderLayer {

    /**
     * Checks the sizes.
     *
     * @throws IllegalArgumentException if the number of weights is not a multiple of that of biases
     */
    public Dense {
      if (biases.length == 0 || weights.length == 0 || weights.length % biases.length != 0) {
        throw new IllegalArgumentException(
            "weights must be a multiple of the biases, were "
                + weights.length
                + " and "
                + biases.length);
      }
    }

    @Override
    public float[] apply(float[] input) {
      int inputs = weights.length / biases.length;
      requireLength(input, inputs);
      float[] output = biases.clone();
      for (int o = 0; o < output.length; o++) {
        for (int i = 0; i < inputs; i++) {
          output[o] += weights[o * inputs + i] * input[i];
        }
      }
      return output;
    }
  }

  /**
   * Leaky rectifier, {@code y = x} where {@code x > 0}, else {@code slope x}.
   *
   * @param slope factor for negative inputs; 0 is the plain rectifier
   */
  record Rectifier(float slope) implements DecoderLayer {
    @Override
    public float[] apply(float[] input) {
      float[] output = input.clone();
      for (int i = 0; i < output.length; i++) {
        output[i] = output[i] > 0 ? output[i] : slope * output[i];
      }
      return output;
    }
  }

  /** Logistic function, {@code y = 1 / (1 + e^-x)}: from a Bernoulli's logit to its mean. */
  record Sigmoid() implements DecoderLayer {
    @Override
    public float[] apply(float[] input) {
      float[] output = new float[input.length];
      for (int i = 0; i < output.length; i++) {
        output[i] = (float) (1 / (1 + Math.exp(-input[i])));
      }
      return output;
    }
  }

  /**
   * Transposed convolution with square kernels: every input adds its kernel, times its value, to
   * the outputs from row {@code stride y - padding} and column {@code stride x - padding} on.
   *
   * @param channels number of input channels
   * @param height rows of the input
   * @param width columns of the input
   * @param kernel side of the kernel
   * @param stride step between the places of neighbouring inputs
   * @param padding rows and columns cut off on all sides
   * @param weights {@code [channels, filters, kernel, kernel]}, flat
   * @param biases {@code [filters]}
   */
  record TransposedConvolution(
      int channels,
      int height,
      int width,
      int kernel,
      int stride,
      int padding,
      float[] weights,
      float[] biases)
      implements DecoderLayer {

    /**
     * Checks the sizes.
     *
     * @throws IllegalArgumentException if the number of weights does not fit the other sizes, or
     *     nothing is left of the output
     */
    public TransposedConvolution {
      if (weights.length != channels * biases.length * kernel * kernel) {
        throw new IllegalArgumentException(
            "weights must be channels x biases x kernel x kernel, "
                + channels * biases.length * kernel * kernel
                + ", were "
                + weights.length);
      }
      if (side(height, kernel, stride, padding) < 1 || side(width, kernel, stride, padding) < 1) {
        throw new IllegalArgumentException(
            "padding must leave an output, was " + padding + " for a kernel of " + kernel);
      }
    }

    /**
     * Returns the rows of the output.
     *
     * @return at least 1
     */
    public int outputHeight() {
      return side(height, kernel, stride, padding);
    }

    /**
     * Returns the columns of the output.
     *
     * @return at least 1
     */
    public int outputWidth() {
      return side(width, kernel, stride, padding);
    }

    private static int side(int size, int kernel, int stride, int padding) {
      return (size - 1) * stride - 2 * padding + kernel;
    }

    @Override
    public float[] apply(float[] input) {
      requireLength(input, channels * height * width);
      int area = outputHeight() * outputWidth();
      float[] output = new float[biases.length * area];
      for (int filter = 0; filter < biases.length; filter++) {
        Arrays.fill(output, filter * area, (filter + 1) * area, biases[filter]);
      }
      for (int i = 0; i < input.length; i++) {
        if (input[i] != 0) {
          add(input[i], i, output);
        }
      }
      return output;
    }

    /** Adds one input's kernels to all filters' outputs. */
    private void add(float value, int position, float[] output) {
      int channel = position / (height * width);
      int top = position / width % height * stride - padding;
      int left = position % width * stride - padding;
      for (int filter = 0; filter < biases.length; filter++) {
        int from = (channel * biases.length + filter) * kernel * kernel;
        for (int k = 0; k < kernel * kernel; k++) {
          int y = top + k / kernel;
          int x = left + k % kernel;
          if (y >= 0 && y < outputHeight() && x >= 0 && x < outputWidth()) {
            output[(filter * outputHeight() + y) * outputWidth() + x] += value * weights[from + k];
          }
        }
      }
    }
  }

  private static void requireLength(float[] input, int length) {
    if (input.length != length) {
      throw new IllegalArgumentException(
          "input must hold " + length + " numbers, held " + input.length);
    }
  }
}
