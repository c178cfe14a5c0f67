package dev.disentangle.example;

import dev.disentangle.data.Factors;
import dev.disentangle.data.ImageData;
import dev.disentangle.data.ImageShape;
import dev.disentangle.data.PixelKind;
import java.util.Objects;
import java.util.Optional;

/** A hundred grey images of 32x32 that are the same in every process: waves. */
record Wave() implements ImageData {

  @Override
  public ImageShape shape() {
    return new ImageShape(1, 32, 32);
  }

  @Override
  public String name() {
    return "waves";
  }

  @Override
  public int size() {
    return 100;
  }

  @Override
  public PixelKind pixelKind() {
    return PixelKind.CONTINUOUS;
  }

  @Override
  public void read(int[] indices, float[] pixels) {
    for (int i = 0; i < indices.length; i++) {
      int index = Objects.checkIndex(indices[i], size());
      for (int p = 0; p < 1024; p++) {
        double wave = Math.sin(2 * Math.PI * (1 + index % 4) * (p % 32) / 32 + index / 4);
        pixels[i * 1024 + p] = (float) (.5 + .5 * wave);
      }
    }
  }

  @Override
  public Optional<Factors> factors() {
    return Optional.empty();
  }

  @Override
  public String fingerprint() {
    return "waves 1";
  }
}
