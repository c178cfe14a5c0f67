package dev.disentangle.representation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.data.PixelKind;
import dev.disentangle.representation.DecoderLayer.TransposedConvolution;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodesTest {

  @Test
  void codesHaveARowPerImageAndAColumnPerLatent() {
    Codes codes = new Codes(new float[3][2], new float[3][2]);
    assertEquals(3, codes.size());
    assertEquals(2, codes.latents());
  }

  @Test
  void tablesThatDoNotFitAreNamed() {
    requireNamed("were 0 and 0", new float[0][], new float[0][]);
    requireNamed("were 2 and 3", new float[2][1], new float[3][1]);
    requireNamed("row 0 must have 2 latents", new float[1][2], new float[1][3]);
    float[][] ragged = {{1, 2}, {3}};
    requireNamed(
        "row 1 must have 2 latents in means and logVariances, had 1 and 2",
        ragged,
        new float[2][2]);
  }

  private static void requireNamed(String what, float[][] means, float[][] logVariances) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> new Codes(means, logVariances))
            .getMessage();
    assertTrue(message.contains(what), message);
  }

  @Test
  void aLikelihoodIsOneUnlessItSaysOtherwise() {
    ImageLikelihood plain = (data, image, codes) -> new double[codes.length];
    assertTrue(plain.isDistributionOf(PixelKind.CONTINUOUS));
    assertTrue(plain.isDistributionOf(PixelKind.BINARY));
  }

  /**
   * Transposed convolution by its outputs instead of its inputs: an output's place, less the
   * kernel's offset, must be a multiple of the stride away from an input.
   */
  @ParameterizedTest
  @CsvSource({
    "1, 1, 2, 3, 2, 1, 0",
    "2, 3, 3, 2, 4, 2, 1",
    "3, 2, 4, 5, 3, 2, 1",
    "2, 2, 1, 3, 5, 3, 2"
  })
  void transposedConvolutionGathersWhatItSpreads(
      int channels, int filters, int height, int width, int kernel, int stride, int padding) {
    SplittableRandom random = new SplittableRandom(kernel);
    float[] weights = new float[channels * filters * kernel * kernel];
    float[] biases = new float[filters];
    float[] input = new float[channels * height * width];
    for (float[] numbers : new float[][] {weights, biases, input}) {
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = random.nextInt(-3, 4);
      }
    }
    TransposedConvolution layer =
        new TransposedConvolution(
            channels, height, width, kernel, stride, padding, weights, biases);
    int rows = (height - 1) * stride - 2 * padding + kernel;
    int columns = (width - 1) * stride - 2 * padding + kernel;
    assertEquals(rows, layer.outputHeight());
    assertEquals(columns, layer.outputWidth());
    float[] expected = new float[filters * rows * columns];
    for (int at = 0; at < expected.length; at++) {
      int filter = at / (rows * columns);
      int y = at / columns % rows + padding;
      int x = at % columns + padding;
      expected[at] = biases[filter];
      for (int c = 0; c < channels; c++) {
        for (int ky = 0; ky < kernel; ky++) {
          for (int kx = 0; kx < kernel; kx++) {
            int fromY = y - ky;
            int fromX = x - kx;
            if (fromY >= 0
                && fromX >= 0
                && fromY % stride == 0
                && fromX % stride == 0
                && fromY / stride < height
                && fromX / stride < width) {
              expected[at] +=
                  input[(c * height + fromY / stride) * width + fromX / stride]
                      * weights[((c * filters + filter) * kernel + ky) * kernel + kx];
            }
          }
        }
      }
    }
    assertArrayEquals(expected, layer.apply(input));
    String message =
        assertThrows(IllegalArgumentException.class, () -> layer.apply(new float[input.length + 1]))
            .getMessage();
    assertEquals(
        "input must hold " + input.length + " numbers, held " + (input.length + 1), message);
  }

  /** A frame of 1 around one row or one column of outputs leaves nothing; around two rows, one. */
  @Test
  void paddingMustLeaveAnOutput() {
    float[] four = new float[4];
    float[] bias = new float[1];
    assertThrows(
        IllegalArgumentException.class,
        () -> new TransposedConvolution(1, 1, 2, 2, 1, 1, four, bias));
    assertThrows(
        IllegalArgumentException.class,
        () -> new TransposedConvolution(1, 2, 1, 2, 1, 1, four, bias));
    TransposedConvolution layer = new TransposedConvolution(1, 2, 2, 2, 1, 1, four, bias);
    assertEquals(1, layer.outputHeight());
    assertEquals(1, layer.outputWidth());
  }
}
