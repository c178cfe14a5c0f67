package dev.disentangle.metric.fit;

import dev.disentangle.metric.count.Statistics;

/**
 * Lasso regression on standardised columns (Tibshirani 1996): it minimises
 *
 * <pre>1/(2n) |y - X w|^2 + penalty |w|_1</pre>
 *
 * by coordinate descent on the correlation matrix, where {@code X} and {@code y} have zero mean and
 * unit variance (divisor {@code n}). A constant column has the weight 0.
 */
public final class Lasso {

  private static final int MAX_SWEEPS = 10_000;
  private static final double TOLERANCE = 1e-9;

  private final float[][] points;
  private final double penalty;
  private final double[] means;
  private final double[] scales;
  private final double[][] correlation;

  /**
   * Standardises the columns.
   *
   * @param points {@code [points][columns]}
   * @param penalty factor of the weights' absolute sum
   * @throws IllegalArgumentException if {@code penalty} is negative or not finite
   */
  public Lasso(float[][] points, double penalty) {
    if (!(penalty >= 0 && Double.isFinite(penalty))) {
      throw new IllegalArgumentException("penalty must be finite and at least 0, was " + penalty);
    }
    this.points = points;
    this.penalty = penalty;
    means = Statistics.means(points);
    double[][] covariance = Statistics.covariance(points);
    double toPopulation = (points.length - 1.0) / points.length;
    scales = new double[means.length];
    correlation = new double[means.length][means.length];
    for (int j = 0; j < means.length; j++) {
      scales[j] = Math.sqrt(covariance[j][j] * toPopulation);
    }
    for (int j = 0; j < means.length; j++) {
      for (int k = 0; k < means.length; k++) {
        double scale = scales[j] * scales[k];
        correlation[j][k] = scale > 0 ? covariance[j][k] * toPopulation / scale : 0;
      }
    }
  }

  /**
   * Fits the weights to one target.
   *
   * @param targets one per point; they must vary
   * @return the fit
   */
  public Fit fit(double[] targets) {
    double[] correlations = correlations(targets);
    double[] weights = new double[means.length];
    for (int sweep = 0; sweep < MAX_SWEEPS; sweep++) {
      if (descend(correlations, weights) <= TOLERANCE) {
        break;
      }
    }
    return new Fit(weights, means, scales, Statistics.mean(targets), scale(targets));
  }

  /**
   * Computes the correlation of every column with a target.
   *
   * @param targets one per point; they must vary
   * @return {@code [columns]}; 0 for a constant column
   */
  public double[] correlations(double[] targets) {
    double mean = Statistics.mean(targets);
    double[] products = new double[means.length];
    for (int i = 0; i < targets.length; i++) {
      double deviation = targets[i] - mean;
      for (int j = 0; j < products.length; j++) {
        products[j] += deviation * (points[i][j] - means[j]);
      }
    }
    double scale = scale(targets);
    for (int j = 0; j < products.length; j++) {
      products[j] = scales[j] > 0 ? products[j] / (targets.length * scale * scales[j]) : 0;
    }
    return products;
  }

  private static double scale(double[] targets) {
    double mean = Statistics.mean(targets);
    double squares = 0;
    for (double target : targets) {
      squares += (target - mean) * (target - mean);
    }
    return Math.sqrt(squares / targets.length);
  }

  /** Moves every weight to its best value given the others; returns the largest change. */
  private double descend(double[] products, double[] weights) {
    double largest = 0;
    for (int j = 0; j < weights.length; j++) {
      if (scales[j] == 0) {
        continue;
      }
      double slope = products[j] + weights[j];
      for (int k = 0; k < weights.length; k++) {
        slope -= correlation[j][k] * weights[k];
      }
      double next = Math.signum(slope) * Math.max(0, Math.abs(slope) - penalty);
      largest = Math.max(largest, Math.abs(next - weights[j]));
      weights[j] = next;
    }
    return largest;
  }

  /**
   * Fitted weights, on the standardised scale, with what standardises.
   *
   * @param weights {@code [columns]}
   * @param means of the columns
   * @param scales standard deviations of the columns
   * @param mean of the targets
   * @param scale standard deviation of the targets
   */
  public record Fit(double[] weights, double[] means, double[] scales, double mean, double scale) {

    /**
     * Returns the sizes of the weights.
     *
     * @return {@code [columns]}, at least 0
     */
    public double[] importances() {
      double[] sizes = new double[weights.length];
      for (int j = 0; j < sizes.length; j++) {
        sizes[j] = Math.abs(weights[j]);
      }
      return sizes;
    }

    /**
     * Returns R^2, the share of the targets' variance that is explained.
     *
     * @param points {@code [points][columns]}, on their own scale
     * @param targets one per point
     * @return at most 1; 0 of constant targets
     */
    public double determination(float[][] points, double[] targets) {
      double targetMean = Statistics.mean(targets);
      double error = 0;
      double variance = 0;
      for (int i = 0; i < targets.length; i++) {
        double prediction = mean;
        for (int j = 0; j < weights.length; j++) {
          if (weights[j] != 0) {
            prediction += scale * weights[j] * (points[i][j] - means[j]) / scales[j];
          }
        }
        error += (targets[i] - prediction) * (targets[i] - prediction);
        variance += (targets[i] - targetMean) * (targets[i] - targetMean);
      }
      return variance > 0 ? 1 - error / variance : 0;
    }
  }
}
