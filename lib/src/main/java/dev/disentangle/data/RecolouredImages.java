package dev.disentangle.data;

import dev.disentangle.data.store.BatchCheck;
import java.util.Optional;
import java.util.SplittableRandom;

/** Binary images painted anew on each reading, each from a seed of its own. */
final class RecolouredImages implements ImageData {

  private final ImageData source;
  private final String variant;
  private final long seed;
  private final DSpritesVariants.Painter painter;

  RecolouredImages(ImageData source, String variant, long seed, DSpritesVariants.Painter painter) {
    if (source.shape().channels() != 1) {
      throw new IllegalArgumentException(
          "sprites must have images of one channel, was " + source.shape());
    }
    this.source = source;
    this.variant = variant;
    this.seed = seed;
    this.painter = painter;
  }

  @Override
  public String name() {
    return source.name() + "-" + variant.split(" ")[0];
  }

  @Override
  public int size() {
    return source.size();
  }

  @Override
  public ImageShape shape() {
    return new ImageShape(3, source.shape().height(), source.shape().width());
  }

  @Override
  public PixelKind pixelKind() {
    return PixelKind.CONTINUOUS;
  }

  @Override
  public void read(int[] indices, float[] pixels) {
    BatchCheck.require(indices, size(), shape().pixels(), pixels);
    float[] mask = new float[source.shape().pixels()];
    for (int i = 0; i < indices.length; i++) {
      source.read(new int[] {indices[i]}, mask);
      SplittableRandom random = random(indices[i]);
      painter.paint(mask, random, pixels, 3 * i * mask.length);
    }
  }

  /** Mixed twice, as generators with neighbouring seeds may repeat each other's numbers. */
  private SplittableRandom random(int index) {
    return new SplittableRandom(new SplittableRandom(seed ^ (long) index << 32).nextLong());
  }

  @Override
  public Optional<Factors> factors() {
    return source.factors();
  }

  @Override
  public String fingerprint() {
    return source.fingerprint() + "; " + variant + ", seed " + seed;
  }

  @Override
  public String toString() {
    return name() + ": " + size() + " images " + shape();
  }
}
