package dev.disentangle.tensor;

import ai.djl.ndarray.NDArray;

/** What {@link WrappedNumbersTest} calls from another class. */
final class WrappedNumbersHelper {

  private WrappedNumbersHelper() {}

  static NDArray clipped(NDArray x) {
    return x.clip(0, 1);
  }
}
