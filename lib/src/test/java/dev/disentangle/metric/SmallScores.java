package dev.disentangle.metric;

import dev.disentangle.data.Factors;
import dev.disentangle.data.ImageData;
import dev.disentangle.data.ImageShape;
import dev.disentangle.data.PixelKind;
import dev.disentangle.representation.Codes;
import java.util.Arrays;
import java.util.Optional;

/** Options, codes and data for quick tests of the table of scores. */
final class SmallScores {

  static final ScoreOptions SMALL =
      ScoreOptions.defaults()
          .points(1_000, 500)
          .totalCorrelationSamples(100)
          .protocols(
              new FactorVaeProtocol(
                  "small", 500, 500, 64, 1_000, FactorVaeProtocol.Pruning.STANDARD_DEVIATION, 0.05),
              new HigginsProtocol("small", 500, 500, 64));

  private SmallScores() {}

  static Codes posteriors(float[][] means) {
    float[][] logVariances = new float[means.length][means[0].length];
    for (float[] row : logVariances) {
      Arrays.fill(row, -4);
    }
    return new Codes(means, logVariances);
  }

  /** A data set that has factors but is never read. */
  record Grid() implements ImageData {
    @Override
    public String name() {
      return "grid";
    }

    @Override
    public int size() {
      return SyntheticCodes.SPACE.size();
    }

    @Override
    public ImageShape shape() {
      return new ImageShape(1, 1, 1);
    }

    @Override
    public PixelKind pixelKind() {
      return PixelKind.BINARY;
    }

    @Override
    public void read(int[] indices, float[] pixels) {
      throw new UnsupportedOperationException("the test's encoder needs no pixels");
    }

    @Override
    public Optional<Factors> factors() {
      return Optional.of(SyntheticCodes.SPACE);
    }

    @Override
    public String fingerprint() {
      return "grid";
    }
  }
}
