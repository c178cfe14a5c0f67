package dev.disentangle.plot;

import dev.disentangle.data.FactorTable;
import dev.disentangle.data.Factors;
import dev.disentangle.data.ImageData;
import dev.disentangle.representation.Codes;
import dev.disentangle.representation.ImageEncoder;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Where images lie in the plane of two latents: a point per posterior mean, in the colour and shape
 * of the image's class. Classes that a model tells apart without labels form groups.
 */
public final class CodeMap {

  private static final int SIDE = 440;
  private static final int LEGEND = 150;

  /** More points than this would only cover each other. */
  private static final int POINTS = 5_000;

  private CodeMap() {}

  /**
   * Encodes images of a data set and draws their posterior means, a colour and shape per class of
   * one factor, in the plane of the two latents that are furthest from the prior.
   *
   * @param encoder the model, with at least two latents
   * @param data the data set; at most 5,000 of its images, evenly spaced, are encoded
   * @param factor name of the factor, such as {@code digit}
   * @return a picture
   * @throws IllegalArgumentException if the model has one latent only, the images have the wrong
   *     size, or the data set has no such factor
   */
  public static BufferedImage of(ImageEncoder encoder, ImageData data, String factor) {
    Factors factors =
        data.factors()
            .orElseThrow(
                () -> new IllegalArgumentException(data.name() + " has no factors, not " + factor));
    int column = column(factors, factor);
    int count = Math.min(POINTS, Math.min(data.size(), factors.size()));
    int[] images = new int[count];
    int[] values = new int[count];
    for (int i = 0; i < count; i++) {
      images[i] = (int) ((long) i * data.size() / count);
      values[i] = factors.value(images[i], column);
    }
    Codes codes = encoder.encode(data, images);
    if (codes.latents() < 2) {
      throw new IllegalArgumentException("a map needs two latents, the model has one");
    }
    int[] order = KlToPrior.order(KlToPrior.of(codes));
    int across = Math.min(order[0], order[1]);
    int upwards = Math.max(order[0], order[1]);
    List<String> classes = new ArrayList<>();
    for (int value = 0; value < factors.classes(column); value++) {
      classes.add(
          factors instanceof FactorTable table ? table.label(column, value) : factor + " " + value);
    }
    return of(codes, across, upwards, factor, classes, values);
  }

  private static int column(Factors factors, String name) {
    List<String> names = new ArrayList<>();
    for (int factor = 0; factor < factors.count(); factor++) {
      names.add(factors.name(factor));
    }
    if (!names.contains(name)) {
      throw new IllegalArgumentException("factor must be one of " + names + ", was " + name);
    }
    return names.indexOf(name);
  }

  /**
   * Draws posterior means as points of one colour.
   *
   * @param codes posteriors of some images; at most 5,000, evenly spaced, are drawn
   * @param across the latent of the horizontal axis, from 0
   * @param upwards the latent of the vertical axis
   * @return a picture
   * @throws IllegalArgumentException if a latent does not exist
   */
  public static BufferedImage of(Codes codes, int across, int upwards) {
    return of(codes, across, upwards, "image", List.of("all images"), new int[codes.size()]);
  }

  /**
   * Draws posterior means, a colour and shape per class.
   *
   * @param codes posteriors of some images; at most 5,000, evenly spaced, are drawn
   * @param across the latent of the horizontal axis, from 0
   * @param upwards the latent of the vertical axis
   * @param factor what the classes are, such as {@code digit}
   * @param classes a name per class; at most 28 differ in colour and shape
   * @param values the class of each image, in the order of {@code codes}
   * @return a picture
   * @throws IllegalArgumentException if a latent does not exist, there is not one class per image,
   *     or a class is not in {@code [0, classes.size())}
   */
  public static BufferedImage of(
      Codes codes, int across, int upwards, String factor, List<String> classes, int[] values) {
    check(codes, across, upwards, classes, values);
    boolean legend = classes.size() > 1;
    int height = Math.max(SIDE, 24 + 20 * classes.size());
    BufferedImage page =
        Theme.page(
            ScatterPanel.LEFT + SIDE + 16 + (legend ? LEGEND : 0),
            ScatterPanel.TOP + (legend ? height : SIDE) + ScatterPanel.BOTTOM);
    Graphics2D pen = Theme.pen(page);
    double reach = reach(codes, across, upwards);
    var panel = new ScatterPanel(pen, ScatterPanel.LEFT, ScatterPanel.TOP, SIDE, -reach, reach);
    panel.names(
        legend ? "Posterior means by " + factor : "Posterior means", "z" + across, "z" + upwards);
    int count = Math.min(POINTS, codes.size());
    for (int i = 0; i < count; i++) {
      int image = (int) ((long) i * codes.size() / count);
      float[] mean = codes.means()[image];
      panel.point(mean[across], mean[upwards], values[image], legend ? 200 : 110);
    }
    if (legend) {
      drawLegend(pen, factor, classes);
    }
    pen.dispose();
    return Pictures.described(page, words(codes, across, upwards, factor, classes, values));
  }

  private static void drawLegend(Graphics2D pen, String factor, List<String> classes) {
    int x = ScatterPanel.LEFT + SIDE + 26;
    pen.setFont(Theme.bold(13));
    pen.setColor(Theme.INK);
    pen.drawString(factor, x, ScatterPanel.TOP + 12);
    pen.setFont(Theme.plain(13));
    for (int c = 0; c < classes.size(); c++) {
      int y = ScatterPanel.TOP + 32 + 20 * c;
      pen.setColor(Theme.series(c));
      ScatterPanel.mark(pen, x + 5, y - 4, 4.5, c / Theme.colours());
      pen.setColor(Theme.MUTED);
      pen.drawString(classes.get(c), x + 18, y);
    }
  }

  private static double reach(Codes codes, int across, int upwards) {
    double reach = 3;
    for (float[] mean : codes.means()) {
      reach = Math.max(reach, Math.max(Math.abs(mean[across]), Math.abs(mean[upwards])));
    }
    return reach * 1.04;
  }

  /** Where the middle of each class lies. */
  private static String words(
      Codes codes, int across, int upwards, String factor, List<String> classes, int[] values) {
    List<String> middles = new ArrayList<>();
    for (int c = 0; c < classes.size(); c++) {
      double x = 0;
      double y = 0;
      int count = 0;
      for (int i = 0; i < values.length; i++) {
        if (values[i] == c) {
          x += codes.means()[i][across];
          y += codes.means()[i][upwards];
          count++;
        }
      }
      if (count > 0) {
        middles.add(
            String.format(
                Locale.ROOT, "%s around %.1f, %.1f", classes.get(c), x / count, y / count));
      }
    }
    return "Posterior means of z"
        + across
        + " and z"
        + upwards
        + " by "
        + factor
        + ": "
        + String.join("; ", middles)
        + ".";
  }

  private static void check(
      Codes codes, int across, int upwards, List<String> classes, int[] values) {
    PairPlot.requireLatent(across, codes.latents());
    PairPlot.requireLatent(upwards, codes.latents());
    if (values.length != codes.size()) {
      throw new IllegalArgumentException(
          "values must hold one class per image, " + codes.size() + ", held " + values.length);
    }
    for (int value : values) {
      if (value < 0 || value >= classes.size()) {
        throw new IllegalArgumentException(
            "a class must be in 0.." + (classes.size() - 1) + ", was " + value);
      }
    }
  }
}
