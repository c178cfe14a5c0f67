package dev.disentangle.metric.count;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LogSumTest {

  private static final double NONE = Double.NEGATIVE_INFINITY;

  @Test
  void sumsAndMeansOfExponentials() {
    double[] logs = {Math.log(2), Math.log(3), NONE, Math.log(7)};
    assertEquals(Math.log(12), LogSum.logSumExp(logs), 1e-12);
    assertEquals(Math.log(3), LogSum.logMeanExp(logs), 1e-12);
  }

  @Test
  void neitherOverflowsNorUnderflows() {
    assertEquals(1e6 + Math.log(2), LogSum.logSumExp(new double[] {1e6, 1e6}), 1e-9);
    assertEquals(-1e6 + Math.log(2), LogSum.logSumExp(new double[] {-1e6, -1e6}), 1e-9);
  }

  @Test
  void infinitiesStayWhatTheyAre() {
    assertEquals(NONE, LogSum.logSumExp(new double[] {NONE, NONE}));
    assertEquals(NONE, LogSum.logMeanExp(new double[] {NONE}));
    assertEquals(
        Double.POSITIVE_INFINITY, LogSum.logSumExp(new double[] {Double.POSITIVE_INFINITY, 1}));
  }
}
