package dev.disentangle.plot;

import dev.disentangle.data.Image;
import dev.disentangle.representation.Codes;
import dev.disentangle.representation.ImageAutoencoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A traversal's decoded images, one latent per row, largest divergence from the prior first.
 *
 * @param latents which latent each row moves
 * @param labels a label per row
 * @param klKnown whether the labels tell divergences
 * @param rows images, {@code [latents.size()][steps]}
 * @param nearest per row the step whose value is nearest to the image's own code
 * @param code the image's own code, {@code [all latents]}
 */
record Strips(
    List<Integer> latents,
    List<String> labels,
    boolean klKnown,
    List<List<Image>> rows,
    List<Integer> nearest,
    float[] code) {

  static Strips of(ImageAutoencoder model, Image image, TraversalOptions options) {
    Codes codes = model.encode(List.of(image));
    double[] kl = options.kl().length == 0 ? KlToPrior.of(codes) : options.kl();
    if (kl.length != codes.latents()) {
      throw new IllegalArgumentException(
          "kl must hold one number per latent, " + codes.latents() + ", held " + kl.length);
    }
    if (!options.ranges().isEmpty() && options.ranges().size() != codes.latents()) {
      throw new IllegalArgumentException(
          "ranges must hold one range per latent, "
              + codes.latents()
              + ", held "
              + options.ranges().size());
    }
    List<Integer> latents = latents(kl, options.minimumKl());
    List<String> labels = latents.stream().map(latent -> label(latent, kl[latent])).toList();
    List<List<Image>> rows = new ArrayList<>();
    List<Integer> nearest = new ArrayList<>();
    for (int latent : latents) {
      double[] values = options.values(latent);
      rows.add(model.decode(moved(codes.means()[0], latent, values)));
      nearest.add(nearest(values, codes.means()[0][latent]));
    }
    boolean klKnown = latents.stream().anyMatch(latent -> Double.isFinite(kl[latent]));
    return new Strips(latents, labels, klKnown, rows, nearest, codes.means()[0]);
  }

  /** Mean absolute difference of a pixel between the first image of a row and the last. */
  static double change(List<Image> row) {
    float[] first = row.get(0).pixels();
    float[] last = row.get(row.size() - 1).pixels();
    double sum = 0;
    for (int i = 0; i < first.length; i++) {
      sum += Math.abs(first[i] - last[i]);
    }
    return sum / first.length;
  }

  /** What the rows show, in words. */
  String words(TraversalOptions options) {
    List<String> spoken = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      spoken.add(
          labels.get(row)
              + ", "
              + options.range(latents.get(row))
              + ", changes the mean pixel by "
              + Words.number(change(rows.get(row))));
    }
    return "Traversal, one row per latent: " + String.join("; ", spoken) + ".";
  }

  private static List<Integer> latents(double[] kl, double minimum) {
    List<Integer> all = Arrays.stream(KlToPrior.order(kl)).boxed().toList();
    List<Integer> active = all.stream().filter(latent -> kl[latent] >= minimum).toList();
    return active.isEmpty() ? all : active;
  }

  private static String label(int latent, double kl) {
    // A deterministic encoder's divergence is infinite for every latent and tells nothing.
    return Double.isFinite(kl)
        ? String.format(Locale.ROOT, "z%d  KL %.1f", latent, kl)
        : "z" + latent;
  }

  private static int nearest(double[] values, double code) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = Math.abs(values[i] - code) < Math.abs(values[best] - code) ? i : best;
    }
    return best;
  }

  private static float[][] moved(float[] code, int latent, double[] values) {
    float[][] codes = new float[values.length][];
    for (int i = 0; i < values.length; i++) {
      codes[i] = code.clone();
      codes[i][latent] = (float) values[i];
    }
    return codes;
  }
}
