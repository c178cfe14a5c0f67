package dev.disentangle.plot;

import dev.disentangle.data.Image;
import dev.disentangle.representation.ImageAutoencoder;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** From one image to another on the straight line between their codes. */
public final class Interpolations {

  private Interpolations() {}

  /**
   * Draws one strip per pair: at the left the first image, at the right the second, and between
   * them what is decoded from {@code (1 - t) m_1 + t m_2}, with {@code m} the posterior means and
   * {@code t} from 0 to 1.
   *
   * @param model the model
   * @param from the images at the left, at least one
   * @param to as many images for the right
   * @param steps how many images are decoded per strip, 2 to 41
   * @return a picture
   * @throws IllegalArgumentException if there is no pair, the lists' lengths differ, an image has
   *     the wrong size or {@code steps} is out of its range
   */
  public static BufferedImage of(
      ImageAutoencoder model, List<Image> from, List<Image> to, int steps) {
    if (from.isEmpty() || from.size() != to.size()) {
      throw new IllegalArgumentException(
          "from and to must be as long, at least 1; were " + from.size() + " and " + to.size());
    }
    if (steps < 2 || steps > 41) {
      throw new IllegalArgumentException("steps must be in 2..41, was " + steps);
    }
    float[][] starts = model.encode(from).means();
    float[][] ends = model.encode(to).means();
    List<List<Image>> rows = new ArrayList<>();
    for (int row = 0; row < from.size(); row++) {
      List<Image> strip = new ArrayList<>();
      strip.add(from.get(row));
      strip.addAll(model.decode(between(starts[row], ends[row], steps)));
      strip.add(to.get(row));
      rows.add(strip);
    }
    return ImageGrid.of(rows).columnLabels(labels(steps)).described(words(model, rows)).draw();
  }

  private static float[][] between(float[] start, float[] end, int steps) {
    float[][] codes = new float[steps][start.length];
    for (int step = 0; step < steps; step++) {
      float share = (float) step / (steps - 1);
      for (int latent = 0; latent < start.length; latent++) {
        codes[step][latent] = (1 - share) * start[latent] + share * end[latent];
      }
    }
    return codes;
  }

  private static List<String> labels(int steps) {
    List<String> labels = new ArrayList<>();
    labels.add("data");
    for (int step = 0; step < steps; step++) {
      labels.add(step == 0 ? "t = 0" : step == steps - 1 ? "t = 1" : "");
    }
    labels.add("data");
    return labels;
  }

  private static String words(ImageAutoencoder model, List<List<Image>> rows) {
    List<String> spoken = new ArrayList<>();
    for (List<Image> row : rows) {
      List<Image> decoded = row.subList(1, row.size() - 1);
      spoken.add("by " + Words.number(Strips.change(decoded)));
    }
    return "Interpolations by "
        + model.name()
        + ", one row per pair of images, "
        + (rows.get(0).size() - 2)
        + " images each; from the first to the last the mean pixel changes "
        + String.join(", ", spoken)
        + ".";
  }
}
