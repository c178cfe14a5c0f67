package dev.disentangle.training;

import dev.disentangle.data.Factors;
import dev.disentangle.data.ImageData;
import dev.disentangle.data.ImageShape;
import dev.disentangle.data.PixelKind;
import java.util.Optional;
import java.util.stream.IntStream;

/** The 49 images of {@link Blobs} over and over, so that a set is large without memory. */
record ManyBlobs(int size) implements ImageData {

  private static final Blobs BLOBS = new Blobs();

  @Override
  public String name() {
    return "many blobs";
  }

  @Override
  public ImageShape shape() {
    return BLOBS.shape();
  }

  @Override
  public PixelKind pixelKind() {
    return BLOBS.pixelKind();
  }

  @Override
  public void read(int[] indices, float[] pixels) {
    BLOBS.read(IntStream.of(indices).map(i -> i % BLOBS.size()).toArray(), pixels);
  }

  @Override
  public Optional<Factors> factors() {
    return Optional.empty();
  }

  @Override
  public String fingerprint() {
    return size + " blobs";
  }
}
