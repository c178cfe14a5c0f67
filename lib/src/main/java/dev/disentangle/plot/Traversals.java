package dev.disentangle.plot;

import dev.disentangle.data.Image;
import dev.disentangle.representation.Codes;
import dev.disentangle.representation.ImageAutoencoder;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Latent traversals: an image is encoded to its posterior mean, then one latent at a time takes
 * values across the prior's range while the others keep theirs, and each code is decoded.
 */
public final class Traversals {

  private Traversals() {}

  /**
   * Draws a traversal with the usual setting, {@link TraversalOptions#defaults}.
   *
   * @param model the model
   * @param image where the traversal starts
   * @return a picture: one row per latent, largest divergence from the prior first
   * @throws IllegalArgumentException if {@code image} has the wrong size
   */
  public static BufferedImage of(ImageAutoencoder model, Image image) {
    return of(model, image, TraversalOptions.defaults());
  }

  /**
   * Draws a traversal. Rows are labelled {@code z3 KL 2.1}: latent 3, counted from 0, with its
   * divergence from the prior in nats; columns with the value that the latent takes. The framed
   * cell of each row is the one nearest to the image's own code.
   *
   * @param model the model
   * @param image where the traversal starts
   * @param options range, number of values and order
   * @return a picture: one row per latent, largest divergence from the prior first
   * @throws IllegalArgumentException if {@code image} has the wrong size, or the options' list of
   *     divergences has another length than the model has latents
   */
  public static BufferedImage of(ImageAutoencoder model, Image image, TraversalOptions options) {
    Strips strips = Strips.of(model, image, options);
    return ImageGrid.of(strips.rows())
        .rowLabels(strips.labels())
        .framed(strips.nearest())
        .columnLabels(Arrays.stream(options.values()).mapToObj(Traversals::number).toList())
        .draw();
  }

  /**
   * Animates a traversal: one cell per latent, all moving from one end of the range to the other
   * and back, ten pictures per second.
   *
   * @param model the model
   * @param image where the traversal starts
   * @param options range, number of values and order
   * @return a GIF file's bytes; {@link Notebook#showGif} shows them
   * @throws IllegalArgumentException if {@code image} has the wrong size, or the options' list of
   *     divergences has another length than the model has latents
   */
  public static byte[] animated(ImageAutoencoder model, Image image, TraversalOptions options) {
    Strips strips = Strips.of(model, image, options);
    List<BufferedImage> frames = new ArrayList<>();
    for (int step = 0; step < options.steps(); step++) {
      frames.add(frame(strips, step));
    }
    for (int step = options.steps() - 2; step > 0; step--) {
      frames.add(frames.get(step));
    }
    return Gif.encode(frames, 100);
  }

  private static BufferedImage frame(Strips strips, int step) {
    List<Image> images = strips.rows().stream().map(row -> row.get(step)).toList();
    List<String> names = strips.latents().stream().map(latent -> "z" + latent).toList();
    return ImageGrid.of(List.of(images)).columnLabels(names).draw();
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.2f", value);
    text = text.replaceAll("\\.?0+$", "");
    return text.equals("-0") ? "0" : text;
  }

  /**
   * Decoded images of one latent per row.
   *
   * @param latents which latent each row moves
   * @param labels a label per row
   * @param rows images, {@code [latents.size()][steps]}
   * @param nearest per row the step whose value is nearest to the image's own code
   */
  record Strips(
      List<Integer> latents, List<String> labels, List<List<Image>> rows, List<Integer> nearest) {

    static Strips of(ImageAutoencoder model, Image image, TraversalOptions options) {
      Codes codes = model.encode(List.of(image));
      double[] kl = options.kl().length == 0 ? KlToPrior.of(codes) : options.kl();
      if (kl.length != codes.latents()) {
        throw new IllegalArgumentException(
            "kl must hold one number per latent, " + codes.latents() + ", held " + kl.length);
      }
      List<Integer> latents = latents(kl, options.minimumKl());
      List<String> labels = latents.stream().map(latent -> label(latent, kl[latent])).toList();
      double[] values = options.values();
      List<List<Image>> rows = new ArrayList<>();
      List<Integer> nearest = new ArrayList<>();
      for (int latent : latents) {
        rows.add(model.decode(moved(codes.means()[0], latent, values)));
        nearest.add(nearest(values, codes.means()[0][latent]));
      }
      return new Strips(latents, labels, rows, nearest);
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
}
