package dev.disentangle.tensor;

import ai.djl.ndarray.NDArray;

/** Only safe calls, for {@link WrappedNumbersTest}, with constants of every width. */
final class SafeAlone {

  private static final long LARGE = 1L << 40;

  private SafeAlone() {}

  // Sums keep no number for the gradient, and products of arrays keep arrays.
  static NDArray of(NDArray x, double factor) {
    return Operations.scale(x.add(1).sub(2.5e-300).mul(x).div(x), factor * LARGE);
  }
}
