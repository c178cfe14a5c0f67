package dev.disentangle.training;

import dev.disentangle.data.FactorSpace;
import dev.disentangle.data.Factors;
import dev.disentangle.data.ImageData;
import dev.disentangle.data.ImageShape;
import dev.disentangle.data.PixelKind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** 8x8 images of three kinds: a bar, a column and a corner block, each in eight shades. */
final class Clusters implements ImageData {

  private final FactorSpace space = FactorSpace.of(List.of("kind", "shade"), 3, 8);

  @Override
  public String name() {
    return "clusters";
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
    return PixelKind.CONTINUOUS;
  }

  @Override
  public void read(int[] indices, float[] pixels) {
    for (int i = 0; i < indices.length; i++) {
      int kind = space.value(indices[i], 0);
      float shade = 0.8f + 0.025f * space.value(indices[i], 1);
      Arrays.fill(pixels, i * 64, (i + 1) * 64, 0f);
      for (int p = 0; p < 64; p++) {
        int row = p / 8;
        int column = p % 8;
        boolean on =
            switch (kind) {
              case 0 -> row < 2;
              case 1 -> column > 5;
              default -> row > 4 && column < 4;
            };
        pixels[i * 64 + p] = on ? shade : 0f;
      }
    }
  }

  @Override
  public Optional<Factors> factors() {
    return Optional.of(space);
  }

  @Override
  public String fingerprint() {
    return "clusters 1";
  }
}
