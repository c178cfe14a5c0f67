package dev.disentangle.training;

import dev.disentangle.data.FactorSpace;
import dev.disentangle.data.Factors;
import dev.disentangle.data.ImageData;
import dev.disentangle.data.ImageShape;
import dev.disentangle.data.PixelKind;
import dev.disentangle.model.Architecture;
import dev.disentangle.model.Architectures;
import dev.disentangle.model.Precision;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** 8x8 images of a 2x2 square at 7 x 7 positions: the smallest set that a model can learn. */
public final class Blobs implements ImageData {

  private final FactorSpace space = FactorSpace.of(List.of("y", "x"), 7, 7);

  /** Networks for these images that train in milliseconds. */
  public static Architecture architecture() {
    return new Architectures.Convolutional("tiny-8", List.of(4, 8), 16, 2, 16, Precision.FLOAT32);
  }

  @Override
  public String name() {
    return "blobs";
  }

  @Override
  public int size() {
    return space.size();
  }

  @Override
  public ImageShape shape() {
    return new ImageShape(1, 8, 8);
  }

  @Override
  public PixelKind pixelKind() {
    return PixelKind.BINARY;
  }

  @Override
  public void read(int[] indices, float[] pixels) {
    for (int i = 0; i < indices.length; i++) {
      Objects.checkIndex(indices[i], size());
      int y = space.value(indices[i], 0);
      int x = space.value(indices[i], 1);
      java.util.Arrays.fill(pixels, i * 64, (i + 1) * 64, 0f);
      for (int corner = 0; corner < 4; corner++) {
        pixels[i * 64 + (y + corner / 2) * 8 + x + corner % 2] = 1f;
      }
    }
  }

  @Override
  public Optional<Factors> factors() {
    return Optional.of(space);
  }

  @Override
  public String fingerprint() {
    return "blobs 1";
  }
}
