package dev.disentangle.objective;

import dev.disentangle.data.FactorSpace;
import dev.disentangle.data.Factors;
import dev.disentangle.data.ImageData;
import dev.disentangle.data.ImageShape;
import dev.disentangle.data.PixelKind;
import java.util.List;
import java.util.Optional;

/** 1,600 images of 4x4 pixels: a soft spot at 40 by 40 positions. */
final class Spots implements ImageData {

  private static final int POSITIONS = 40;

  @Override
  public String name() {
    return "spots";
  }

  @Override
  public int size() {
    return POSITIONS * POSITIONS;
  }

  @Override
  public ImageShape shape() {
    return TinyNetworks.SHAPE;
  }

  @Override
  public PixelKind pixelKind() {
    return PixelKind.CONTINUOUS;
  }

  @Override
  public void read(int[] indices, float[] pixels) {
    for (int i = 0; i < indices.length; i++) {
      double row = 3.0 * (indices[i] / POSITIONS) / (POSITIONS - 1);
      double column = 3.0 * (indices[i] % POSITIONS) / (POSITIONS - 1);
      for (int p = 0; p < 16; p++) {
        double down = p / 4 - row;
        double right = p % 4 - column;
        pixels[i * 16 + p] = (float) Math.exp(-(down * down + right * right) / 2);
      }
    }
  }

  @Override
  public Optional<Factors> factors() {
    return Optional.of(FactorSpace.of(List.of("row", "column"), POSITIONS, POSITIONS));
  }

  @Override
  public String fingerprint() {
    return "spots";
  }
}
