package dev.disentangle.metric;

import dev.disentangle.metric.count.Statistics;
import java.util.function.DoubleBinaryOperator;

/**
 * The density of two latents, as a histogram: the square {@code [low, high)^2} is cut into {@code
 * bins^2} squares of side {@code h}, and the density in each is its share of all points, divided by
 * {@code h^2}. Points outside count as points, and the density there is 0.
 */
public final class PairDensity implements DoubleBinaryOperator {

  private final double low;
  private final double width;
  private final double[][] densities;

  private PairDensity(double low, double width, double[][] densities) {
    this.low = low;
    this.width = width;
    this.densities = densities;
  }

  /**
   * Counts points.
   *
   * @param codes {@code [points][latents]}
   * @param first one latent
   * @param second the other
   * @param low where the square begins, in both directions
   * @param high where it ends, above {@code low}
   * @param bins bins per direction, at least 1
   * @return the density
   * @throws IllegalArgumentException if there are no codes, a latent does not exist, {@code low} is
   *     not below {@code high} or {@code bins} is less than 1
   */
  public static PairDensity of(
      float[][] codes, int first, int second, double low, double high, int bins) {
    Statistics.requireCodes("codes", codes);
    Statistics.requireAtLeast("bins", bins, 1);
    int latents = codes[0].length;
    if (Math.min(first, second) < 0 || Math.max(first, second) >= latents) {
      throw new IllegalArgumentException(
          "latents must be below " + latents + ", were " + first + " and " + second);
    }
    if (!(low < high)) {
      throw new IllegalArgumentException("low must be below high, were " + low + " and " + high);
    }
    double width = (high - low) / bins;
    PairDensity density = new PairDensity(low, width, new double[bins][bins]);
    for (float[] code : codes) {
      int column = density.bin(code[first]);
      int row = density.bin(code[second]);
      if (column >= 0 && row >= 0) {
        density.densities[row][column] += 1 / (width * width * codes.length);
      }
    }
    return density;
  }

  private int bin(double value) {
    double place = Math.floor((value - low) / width);
    return place >= 0 && place < densities.length ? (int) place : -1;
  }

  /**
   * Returns the density at a point.
   *
   * @param x value of the first latent
   * @param y value of the second
   * @return at least 0; 0 outside the square
   */
  @Override
  public double applyAsDouble(double x, double y) {
    int column = bin(x);
    int row = bin(y);
    return column < 0 || row < 0 ? 0 : densities[row][column];
  }
}
