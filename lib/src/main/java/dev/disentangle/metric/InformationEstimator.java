package dev.disentangle.metric;

import dev.disentangle.metric.count.Discretized;
import dev.disentangle.metric.count.Statistics;

/**
 * How the mutual information of a latent and a factor is estimated by the scores that are built on
 * it.
 *
 * <ul>
 *   <li>{@link #bins}, as the published implementations do: codes are cut into bins of equal width,
 *       and a continuous factor counts by its ranges;
 *   <li>{@link #neighbours}: nothing is cut. With a factor's classes as Ross (2014) does, see
 *       {@link dev.disentangle.metric.count.NeighbourInformation}; with a continuous factor as
 *       Kraskov et al. (2004), see {@link dev.disentangle.metric.count.ContinuousInformation}.
 *       Where a score divides by a factor's entropy, a continuous one is divided by its estimated
 *       information about itself, {@code psi(N) - psi(k)}: this keeps the score in {@code [0, 1]},
 *       but is in no paper.
 * </ul>
 *
 * @param byNeighbours whether neighbours are counted rather than bins
 * @param count bins per latent, at least 2, or neighbours, at least 1
 */
public record InformationEstimator(boolean byNeighbours, int count) {

  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException if {@code count} is too small
   */
  public InformationEstimator {
    Statistics.requireAtLeast(byNeighbours ? "neighbours" : "bins", count, byNeighbours ? 1 : 2);
  }

  /**
   * Returns the bins of disentanglement_lib, {@value Discretized#DEFAULT_BINS}.
   *
   * @return the default
   */
  public static InformationEstimator bins() {
    return bins(Discretized.DEFAULT_BINS);
  }

  /**
   * Cuts codes into bins.
   *
   * @param count bins per latent, at least 2
   * @return the estimator
   * @throws IllegalArgumentException if {@code count} is less than 2
   */
  public static InformationEstimator bins(int count) {
    return new InformationEstimator(false, count);
  }

  /**
   * Counts nearest neighbours.
   *
   * @param count how many, at least 1; {@link InfoMecScore#NEIGHBOURS} is usual
   * @return the estimator
   * @throws IllegalArgumentException if {@code count} is less than 1
   */
  public static InformationEstimator neighbours(int count) {
    return new InformationEstimator(true, count);
  }

  @Override
  public String toString() {
    return count + (byNeighbours ? " nearest neighbours" : " bins");
  }
}
