package dev.disentangle.objective.labelled;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/** How an encoder of images is told numbers: each is a channel of its own, the same everywhere. */
final class Planes {

  private Planes() {}

  /**
   * Puts numbers beside images.
   *
   * @param images {@code [batch, channels, height, width]}
   * @param numbers {@code [batch, count]}
   * @return {@code [batch, channels + count, height, width]}
   */
  static NDArray beside(NDArray images, NDArray numbers) {
    Shape shape = images.getShape();
    long count = numbers.getShape().get(1);
    NDArray planes =
        numbers
            .reshape(shape.get(0), count, 1, 1)
            .broadcast(shape.get(0), count, shape.get(2), shape.get(3));
    return images.concat(planes, 1);
  }
}
