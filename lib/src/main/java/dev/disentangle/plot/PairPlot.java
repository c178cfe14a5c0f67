package dev.disentangle.plot;

import dev.disentangle.representation.Codes;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Two latents against each other: samples of {@code q(z) = 1/N sum_i q(z|x_i)} beside the same
 * samples with the dimensions permuted, which is what FactorVAE's discriminator learns to tell
 * apart (Kim and Mnih 2018, section 3), and beside the prior.
 */
public final class PairPlot {

  private static final int SIDE = 228;
  private static final int GAP = 14;

  /** More points than this would only cover each other. */
  private static final int POINTS = 2_000;

  private PairPlot() {}

  /**
   * Draws one sample of {@code q(z|x)} per image, their permuted twin and standard normal samples,
   * for two latents.
   *
   * @param codes posteriors of some images; at most 2,000, evenly spaced, are drawn
   * @param across the latent of the horizontal axis, from 0
   * @param upwards the latent of the vertical axis
   * @param random the source of randomness
   * @return a picture of three panels, each with the correlation of its points
   * @throws IllegalArgumentException if a latent does not exist or there are fewer than two images
   */
  public static BufferedImage of(Codes codes, int across, int upwards, RandomGenerator random) {
    double[][] aggregate = AggregatePosterior.samples(codes, POINTS, random);
    Map<String, double[][]> samples = new LinkedHashMap<>();
    samples.put("q(z)", aggregate);
    samples.put("q(z), dimensions permuted", AggregatePosterior.permuted(aggregate, random));
    samples.put("prior", normal(aggregate.length, codes.latents(), random));
    return of(samples, across, upwards);
  }

  /**
   * Draws several sets of samples side by side on the same axes.
   *
   * @param samples {@code [samples][latents]} by heading, in the map's order; at least two samples
   *     each
   * @param across the latent of the horizontal axis, from 0
   * @param upwards the latent of the vertical axis
   * @return a picture with one panel per set, each with the correlation of its points
   * @throws IllegalArgumentException if there is no set, a set has fewer than two samples, or a
   *     latent does not exist
   */
  public static BufferedImage of(Map<String, double[][]> samples, int across, int upwards) {
    check(samples, across, upwards);
    double reach = reach(samples, across, upwards);
    int step = ScatterPanel.LEFT + SIDE + GAP;
    BufferedImage page =
        Theme.page(samples.size() * step + GAP, ScatterPanel.TOP + SIDE + ScatterPanel.BOTTOM + 24);
    Graphics2D pen = Theme.pen(page);
    List<String> spoken = new ArrayList<>();
    int number = 0;
    for (Map.Entry<String, double[][]> entry : samples.entrySet()) {
      int left = number++ * step + ScatterPanel.LEFT;
      var panel = new ScatterPanel(pen, left, ScatterPanel.TOP, SIDE, -reach, reach);
      panel.names(entry.getKey(), "z" + across, "z" + upwards);
      for (double[] point : entry.getValue()) {
        panel.point(point[across], point[upwards], 0, 90);
      }
      String correlation =
          "correlation " + Words.number(correlation(entry.getValue(), across, upwards));
      pen.setColor(Theme.MUTED);
      pen.setFont(Theme.plain(13));
      int width = pen.getFontMetrics().stringWidth(correlation);
      pen.drawString(correlation, left + (SIDE - width) / 2, ScatterPanel.TOP + SIDE + 54);
      spoken.add(entry.getKey() + ", " + correlation);
    }
    pen.dispose();
    return Pictures.described(
        page,
        String.format(
            Locale.ROOT,
            "Points of z%d across and z%d upwards, in standard deviations of the prior: %s.",
            across,
            upwards,
            String.join("; ", spoken)));
  }

  private static double[][] normal(int count, int latents, RandomGenerator random) {
    double[][] points = new double[count][latents];
    for (double[] point : points) {
      for (int latent = 0; latent < latents; latent++) {
        point[latent] = random.nextGaussian();
      }
    }
    return points;
  }

  /** Axes reach as far as the points, but not less than three standard deviations of the prior. */
  private static double reach(Map<String, double[][]> samples, int across, int upwards) {
    double reach = 3;
    for (double[][] points : samples.values()) {
      for (double[] point : points) {
        reach = Math.max(reach, Math.max(Math.abs(point[across]), Math.abs(point[upwards])));
      }
    }
    return reach * 1.04;
  }

  private static double correlation(double[][] points, int a, int b) {
    double meanA = 0;
    double meanB = 0;
    for (double[] point : points) {
      meanA += point[a] / points.length;
      meanB += point[b] / points.length;
    }
    double aa = 0;
    double bb = 0;
    double ab = 0;
    for (double[] point : points) {
      aa += (point[a] - meanA) * (point[a] - meanA);
      bb += (point[b] - meanB) * (point[b] - meanB);
      ab += (point[a] - meanA) * (point[b] - meanB);
    }
    double correlation = ab / Math.sqrt(aa * bb);
    return Math.rint(100 * correlation) / 100;
  }

  private static void check(Map<String, double[][]> samples, int across, int upwards) {
    if (samples.isEmpty()) {
      throw new IllegalArgumentException("samples must hold at least one set, was empty");
    }
    samples.forEach(
        (name, points) -> {
          if (points.length < 2) {
            throw new IllegalArgumentException(
                "samples of " + name + " must be at least two, were " + points.length);
          }
          for (double[] point : points) {
            requireLatent(across, point.length);
            requireLatent(upwards, point.length);
            if (!Double.isFinite(point[across]) || !Double.isFinite(point[upwards])) {
              throw new IllegalArgumentException("samples of " + name + " must be finite");
            }
          }
        });
  }

  static void requireLatent(int latent, int latents) {
    if (latent < 0 || latent >= latents) {
      throw new IllegalArgumentException(
          "a latent must be in 0.." + (latents - 1) + ", was " + latent);
    }
  }
}
