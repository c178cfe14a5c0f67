package dev.disentangle.objective;

import dev.disentangle.data.FactorSpace;
import dev.disentangle.data.Factors;
import dev.disentangle.data.ImageData;
import dev.disentangle.data.ImageShape;
import dev.disentangle.data.PixelKind;
import java.util.List;
import java.util.Optional;

/**
 * Images of 4x4 pixels: a soft spot at every pair of a row and a column.
 *
 * @param rows how many, in equal steps from the first row of pixels to the last; 1 is no factor
 * @param columns how many
 */
public record Spots(int rows, int columns) implements ImageData {

  /** 1,600 images. */
  public Spots() {
    this(40, 40);
  }

  @Override
  public String name() {
    return "spots";
  }

  @Override
  public int size() {
    return rows * columns;
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
      double row = 3.0 * (indices[i] / columns) / Math.max(1, rows - 1);
      double column = 3.0 * (indices[i] % columns) / Math.max(1, columns - 1);
      for (int p = 0; p < 16; p++) {
        double down = p / 4 - row;
        double right = p % 4 - column;
        pixels[i * 16 + p] = (float) Math.exp(-(down * down + right * right) / 2);
      }
    }
  }

  @Override
  public Optional<Factors> factors() {
    return Optional.of(
        rows == 1
            ? FactorSpace.of(List.of("column"), columns)
            : FactorSpace.of(List.of("row", "column"), rows, columns));
  }

  @Override
  public String fingerprint() {
    return "spots";
  }
}
