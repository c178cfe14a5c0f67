package dev.disentangle.representation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.disentangle.representation.DecoderLayer.Dense;
import dev.disentangle.representation.DecoderLayer.Rectifier;
import dev.disentangle.representation.DecoderLayer.Sigmoid;
import dev.disentangle.representation.DecoderLayer.TransposedConvolution;
import org.junit.jupiter.api.Test;

class DecoderLayerTest {

  @Test
  void denseMultipliesRowByRow() {
    Dense layer = new Dense(new float[] {1, 2, 3, 4, 5, 6}, new float[] {10, 20});
    // 10 + 1 + 4 + 9 and 20 + 4 + 10 + 18.
    assertArrayEquals(new float[] {24, 52}, layer.apply(new float[] {1, 2, 3}));
  }

  @Test
  void rectifierAndSigmoidWorkOnEachNumber() {
    assertArrayEquals(new float[] {-.5f, 0, 2}, new Rectifier(.25f).apply(new float[] {-2, 0, 2}));
    // 1 / (1 + e^-1) = 0.7310586.
    assertArrayEquals(
        new float[] {.5f, .7310586f, 0}, new Sigmoid().apply(new float[] {0, 1, -200}), 1e-6f);
  }

  @Test
  void transposedConvolutionSpreadsEachInput() {
    // One input row (1, 10), kernel 2x2 (1 2 / 3 4), stride 1, no padding, bias 100:
    // row 0: 1*1, 1*2 + 10*1, 10*2; row 1: 1*3, 1*4 + 10*3, 10*4.
    float[] kernel = {1, 2, 3, 4};
    var plain = new TransposedConvolution(1, 1, 2, 2, 1, 0, kernel, new float[] {100});
    assertArrayEquals(new float[] {101, 112, 120, 103, 134, 140}, plain.apply(new float[] {1, 10}));
    // Stride 2 puts the kernels side by side; padding 1 cuts a frame off that 2x4 picture.
    var strided = new TransposedConvolution(1, 2, 2, 2, 2, 1, kernel, new float[] {0});
    assertEquals(2, strided.outputHeight());
    assertEquals(2, strided.outputWidth());
    assertArrayEquals(
        new float[] {4, 30, 200, 1000}, strided.apply(new float[] {1, 10, 100, 1000}));
  }

  @Test
  void channelsAndFiltersKeepTheirPlaces() {
    // weights[channel][filter] = 1, 2 / 3, 4: filter f gets x0 * w[0][f] + x1 * w[1][f].
    var layer =
        new TransposedConvolution(2, 1, 1, 1, 1, 0, new float[] {1, 2, 3, 4}, new float[] {0, 0});
    assertArrayEquals(new float[] {5 + 21, 10 + 28}, layer.apply(new float[] {5, 7}));
  }

  @Test
  void wrongSizesAreNamed() {
    float[] two = new float[2];
    assertThrows(IllegalArgumentException.class, () -> new Dense(new float[5], two));
    assertThrows(IllegalArgumentException.class, () -> new Dense(new float[0], new float[0]));
    assertThrows(
        IllegalArgumentException.class, () -> new Dense(new float[6], two).apply(new float[2]));
    assertThrows(
        IllegalArgumentException.class,
        () -> new TransposedConvolution(1, 1, 1, 2, 1, 0, new float[5], two));
    assertThrows(
        IllegalArgumentException.class,
        () -> new TransposedConvolution(1, 1, 1, 2, 1, 1, new float[4], new float[1]));
  }
}
