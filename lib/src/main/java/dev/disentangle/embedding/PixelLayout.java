package dev.disentangle.embedding;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.data.ImageShape;
import dev.disentangle.tensor.Operations;

/** Brings images from our range and order of axes to those of a {@link ModelFormat}, and back. */
final class PixelLayout {

  private PixelLayout() {}

  /** Brings our images to what an encoder takes; the caller pauses gradients. */
  static NDArray theirs(NDArray ours, ModelFormat format) {
    NDArray scaled = ours.mul(format.high() - format.low()).add(format.low());
    return format.channelsLast() ? scaled.transpose(0, 2, 3, 1) : scaled;
  }

  /**
   * Brings decoded images to ours; the caller pauses gradients.
   *
   * @throws IllegalArgumentException if they do not have the format's size
   */
  static NDArray ours(NDArray decoded, int count, ModelFormat format, String name) {
    ImageShape shape = format.images();
    Shape wanted =
        format.channelsLast()
            ? new Shape(count, shape.height(), shape.width(), shape.channels())
            : new Shape(count, shape.channels(), shape.height(), shape.width());
    if (!decoded.getShape().equals(wanted)) {
      throw new IllegalArgumentException(
          "the decoder of " + name + " must give " + wanted + ", gave " + decoded.getShape());
    }
    NDArray images = format.channelsLast() ? decoded.transpose(0, 3, 1, 2) : decoded;
    return Operations.contiguous(
        format.logits()
            ? Operations.sigmoid(images)
            : images.sub(format.low()).div(format.high() - format.low()));
  }
}
