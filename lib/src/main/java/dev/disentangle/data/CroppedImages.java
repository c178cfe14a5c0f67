package dev.disentangle.data;

import dev.disentangle.data.store.BatchCheck;
import java.util.Optional;

/**
 * A square cut out of every image of another data set and shrunk, for work in minutes: {@code
 * CroppedImages.of(sprites, 16, 16, 32, 1)} shows the middle of 64x64 sprites, in which they are
 * large, {@code CroppedImages.of(scenes, 0, 0, 64, 2)} whole scenes at half the size.
 *
 * <p>A pixel is the mean of the {@code shrink x shrink} pixels that it stands for. The factors are
 * the source's.
 */
public final class CroppedImages implements ImageData {

  private final ImageData source;
  private final int left;
  private final int top;
  private final int side;
  private final int shrink;
  private final ImageShape shape;

  private CroppedImages(ImageData source, int left, int top, int side, int shrink) {
    this.source = source;
    this.left = left;
    this.top = top;
    this.side = side;
    this.shrink = shrink;
    this.shape = new ImageShape(source.shape().channels(), side / shrink, side / shrink);
  }

  /**
   * Cuts and shrinks.
   *
   * @param source the other data set
   * @param left columns left of the square
   * @param top rows above it
   * @param side rows and columns of the square, a multiple of {@code shrink}
   * @param shrink how many pixels across and down become one, at least 1
   * @return the data set, images of {@code side / shrink} rows and columns
   * @throws IllegalArgumentException if the square is not within the images, or {@code side} is no
   *     multiple of {@code shrink}
   */
  public static CroppedImages of(ImageData source, int left, int top, int side, int shrink) {
    ImageShape whole = source.shape();
    if (left < 0
        || top < 0
        || side < 1
        || (long) left + side > whole.width()
        || (long) top + side > whole.height()) {
      throw new IllegalArgumentException(
          "the square must lie within images of %s, was %d from column %d and row %d on"
              .formatted(whole, side, left, top));
    }
    if (shrink < 1 || side % shrink != 0) {
      throw new IllegalArgumentException(
          "shrink must be a divisor of side, " + side + ", was " + shrink);
    }
    return new CroppedImages(source, left, top, side, shrink);
  }

  @Override
  public String name() {
    return source.name() + "-cropped";
  }

  @Override
  public int size() {
    return source.size();
  }

  @Override
  public ImageShape shape() {
    return shape;
  }

  @Override
  public PixelKind pixelKind() {
    return shrink == 1 ? source.pixelKind() : PixelKind.CONTINUOUS;
  }

  @Override
  public void read(int[] indices, float[] pixels) {
    BatchCheck.require(indices, size(), shape.pixels(), pixels);
    float[] whole = new float[source.shape().pixels()];
    for (int i = 0; i < indices.length; i++) {
      source.read(new int[] {indices[i]}, whole);
      for (int c = 0; c < shape.channels(); c++) {
        for (int y = 0; y < shape.height(); y++) {
          for (int x = 0; x < shape.width(); x++) {
            pixels[((i * shape.channels() + c) * shape.height() + y) * shape.width() + x] =
                mean(whole, c, y, x);
          }
        }
      }
    }
  }

  private float mean(float[] whole, int channel, int row, int column) {
    ImageShape from = source.shape();
    int plane = channel * from.height();
    float sum = 0;
    for (int y = top + row * shrink; y < top + (row + 1) * shrink; y++) {
      for (int x = left + column * shrink; x < left + (column + 1) * shrink; x++) {
        sum += whole[(plane + y) * from.width() + x];
      }
    }
    return sum / (shrink * shrink);
  }

  @Override
  public Optional<Factors> factors() {
    return source.factors();
  }

  @Override
  public String fingerprint() {
    return "%s; %d from column %d, row %d, by %d"
        .formatted(source.fingerprint(), side, left, top, shrink);
  }

  @Override
  public String toString() {
    return name() + ": " + size() + " images " + shape;
  }
}
