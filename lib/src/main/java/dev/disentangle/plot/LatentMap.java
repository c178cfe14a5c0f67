package dev.disentangle.plot;

import dev.disentangle.data.Image;
import dev.disentangle.representation.ImageDecoder;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a decoder makes of every place in the plane of two latents, as a map of images (Kingma and
 * Welling 2014, figure 4, with evenly spaced values instead of the prior's quantiles).
 */
public final class LatentMap {

  private static final double RANGE = 2;
  private static final int STEPS = 15;
  private static final int LEFT = 52;
  private static final int BOTTOM = 44;

  private LatentMap() {}

  /**
   * Draws the whole latent space of a model with two latents, from -2 to 2 in 15 values each: z0
   * grows to the right, z1 upwards.
   *
   * @param decoder a decoder of two latents
   * @return a picture
   * @throws IllegalArgumentException if the decoder has another number of latents
   */
  public static BufferedImage of(ImageDecoder decoder) {
    if (decoder.latents() != 2) {
      throw new IllegalArgumentException(
          "a map needs a decoder of two latents, this one has "
              + decoder.latents()
              + ": use of(decoder, code, across, upwards, range, steps), where the others stay");
    }
    return of(decoder, new float[2], 0, 1, RANGE, STEPS);
  }

  /**
   * Draws the plane of two latents while all others stay where they are.
   *
   * @param decoder the decoder
   * @param code where the other latents stay, {@code [latents]}
   * @param across the latent that grows to the right, from 0
   * @param upwards the latent that grows upwards
   * @param range how far both go to both sides of 0, above 0
   * @param steps how many values each takes, 2 to 41
   * @return a picture
   * @throws IllegalArgumentException if an argument is out of its range, or both latents are the
   *     same
   */
  public static BufferedImage of(
      ImageDecoder decoder, float[] code, int across, int upwards, double range, int steps) {
    check(decoder, code, across, upwards, steps);
    double[] values = new LatentRange(-range, range).values(steps);
    float[][] codes = new float[steps * steps][];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = code.clone();
      codes[i][across] = (float) values[i % steps];
      codes[i][upwards] = (float) values[steps - 1 - i / steps];
    }
    List<Image> images = decoder.decode(codes);
    BufferedImage map = ImageGrid.of(images, steps).padding(0).draw();
    BufferedImage page =
        Theme.page(LEFT + Pictures.width(map) + 16, 14 + Pictures.height(map) + BOTTOM);
    Graphics2D pen = Theme.pen(page);
    Theme.put(pen, map, LEFT, 14);
    drawAxes(pen, map, values, "z" + across, "z" + upwards);
    pen.dispose();
    return Pictures.described(page, words(images, steps, range, across, upwards));
  }

  private static void drawAxes(
      Graphics2D pen, BufferedImage map, double[] values, String across, String upwards) {
    double half = Pictures.width(map) / (2.0 * values.length);
    double up = Pictures.height(map) / (2.0 * values.length);
    double end = values[values.length - 1];
    // Values belong to the middles of the images.
    Axis x = new Axis(-end, end, LEFT + half, LEFT + Pictures.width(map) - half);
    Axis y = new Axis(-end, end, 14 + Pictures.height(map) - up, 14 + up);
    pen.setFont(Theme.plain(12));
    pen.setColor(Theme.MUTED);
    for (double tick : x.ticks(5)) {
      String text = Words.number(tick);
      int width = pen.getFontMetrics().stringWidth(text);
      pen.drawString(text, (float) x.place(tick) - width / 2f, 14 + Pictures.height(map) + 16);
      pen.drawString(text, LEFT - 6 - width, (float) y.place(tick) + 4);
    }
    pen.setFont(Theme.plain(13));
    pen.drawString(across, LEFT + Pictures.width(map) / 2 - 8, 14 + Pictures.height(map) + 36);
    pen.drawString(upwards, 6, 14 + Pictures.height(map) / 2 - 12);
  }

  /** How much the image changes along either axis, through the middle of the map. */
  private static String words(
      List<Image> images, int steps, double range, int across, int upwards) {
    List<Image> row = new ArrayList<>();
    List<Image> column = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      row.add(images.get(steps / 2 * steps + i));
      column.add(images.get(i * steps + steps / 2));
    }
    return String.format(
        Locale.ROOT,
        "Map of %d by %d decoded images over z%d, to the right, and z%d, upwards, from %s to %s."
            + " Through the middle, the mean pixel changes by %s along z%d and by %s along z%d.",
        steps,
        steps,
        across,
        upwards,
        Words.number(-range),
        Words.number(range),
        Words.number(Strips.change(row)),
        across,
        Words.number(Strips.change(column)),
        upwards);
  }

  private static void check(
      ImageDecoder decoder, float[] code, int across, int upwards, int steps) {
    if (code.length != decoder.latents()) {
      throw new IllegalArgumentException(
          "code must have " + decoder.latents() + " latents, had " + code.length);
    }
    PairPlot.requireLatent(across, code.length);
    PairPlot.requireLatent(upwards, code.length);
    if (across == upwards) {
      throw new IllegalArgumentException("across and upwards must differ, both were " + across);
    }
    if (steps < 2 || steps > 41) {
      throw new IllegalArgumentException("steps must be in 2..41, was " + steps);
    }
  }
}
