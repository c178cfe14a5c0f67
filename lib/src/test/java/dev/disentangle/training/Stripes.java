package dev.disentangle.training;

import dev.disentangle.data.Factors;
import dev.disentangle.data.ImageData;
import dev.disentangle.data.ImageShape;
import dev.disentangle.data.PixelKind;
import java.util.Objects;
import java.util.Optional;

/** Sixteen images of any size and number of channels: waves of one frequency and phase each. */
record Stripes(ImageShape shape) implements ImageData {

  @Override
  public String name() {
    return "stripes";
  }

  @Override
  public int size() {
    return 16;
  }

  @Override
  public PixelKind pixelKind() {
    return PixelKind.CONTINUOUS;
  }

  @Override
  public void read(int[] indices, float[] pixels) {
    int area = shape.height() * shape.width();
    for (int i = 0; i < indices.length; i++) {
      int index = Objects.checkIndex(indices[i], size());
      for (int p = 0; p < shape.pixels(); p++) {
        double across = (double) (p % shape.width()) / shape.width();
        double phase = index / 4 + p / area;
        double wave = Math.sin(2 * Math.PI * (1 + index % 4) * across + phase);
        pixels[i * shape.pixels() + p] = (float) (.5 + .5 * wave);
      }
    }
  }

  @Override
  public Optional<Factors> factors() {
    return Optional.empty();
  }

  @Override
  public String fingerprint() {
    return "stripes 1 " + shape;
  }
}
