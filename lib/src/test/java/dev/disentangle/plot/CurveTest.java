package dev.disentangle.plot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CurveTest {

  private static long[] steps(int count) {
    return LongStream.range(0, count).toArray();
  }

  @Test
  void aLineStaysItselfUpToBothEnds() {
    double[] line = IntStream.range(0, 600).mapToDouble(i -> 3 - .01 * i).toArray();
    Curve curve = Curve.of(steps(600), line, Curve.DRAWN);
    assertTrue(curve.isSmoothed());
    // Prefix sums of 600 numbers of size 3 keep about 13 digits.
    assertArrayEquals(line, curve.smooth(), 1e-9);
  }

  @Test
  void averagesLeaveOutWhatIsNotFinite() {
    double[] values = new double[600];
    Arrays.fill(values, 2);
    values[100] = Double.POSITIVE_INFINITY;
    values[300] = Double.NaN;
    values[599] = Double.NaN;
    Curve curve = Curve.of(steps(600), values, Curve.DRAWN);
    assertTrue(Double.isNaN(curve.raw()[100]) && Double.isNaN(curve.raw()[300]));
    assertArrayEquals(IntStream.range(0, 600).mapToDouble(i -> 2).toArray(), curve.smooth(), 1e-12);
  }

  @Test
  void fewValuesAreLeftAsTheyAre() {
    double[] values = {1, 5, 2};
    Curve curve = Curve.of(steps(3), values, Curve.DRAWN);
    assertFalse(curve.isSmoothed());
    assertArrayEquals(values, curve.smooth());
    double[] broken = {Double.NaN, Double.NEGATIVE_INFINITY};
    assertTrue(Curve.of(steps(2), broken, Curve.DRAWN).isEmpty());
  }

  @Test
  void longHistoriesKeepTheirExtremes() {
    double[] values = new double[200_000];
    values[123_456] = 50;
    values[77_777] = -50;
    Curve curve = Curve.of(steps(200_000), values, Curve.DRAWN);
    assertTrue(curve.raw().length <= Curve.DRAWN && curve.smooth().length <= Curve.DRAWN);
    assertEquals(50, Arrays.stream(curve.raw()).max().orElseThrow());
    assertEquals(-50, Arrays.stream(curve.raw()).min().orElseThrow());
    double[] sorted = curve.steps().clone();
    Arrays.sort(sorted);
    assertArrayEquals(sorted, curve.steps());
    assertEquals(199_999, curve.smoothSteps()[curve.smoothSteps().length - 1]);
  }
}
