package dev.disentangle.plot;

import dev.disentangle.data.Image;
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
   * divergence from the prior in nats; columns with the value that the latent takes. Where every
   * latent has a range of its own, it stands in the row's label. The framed cell of each row is the
   * one nearest to the image's own code.
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
    ImageGrid grid =
        ImageGrid.of(strips.rows()).framed(strips.nearest()).described(strips.words(options));
    if (options.ranges().isEmpty()) {
      double[] values = options.values(0);
      return grid.rowLabels(strips.labels())
          .columnLabels(Arrays.stream(values).mapToObj(Traversals::number).toList())
          .draw();
    }
    return grid.rowLabels(ranged(strips, options)).draw();
  }

  private static List<String> ranged(Strips strips, TraversalOptions options) {
    List<String> labels = new ArrayList<>();
    for (int row = 0; row < strips.labels().size(); row++) {
      LatentRange range = options.range(strips.latents().get(row));
      labels.add(strips.labels().get(row) + "  (" + range + ")");
    }
    return labels;
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
    return animation(model, image, options).gif();
  }

  /**
   * Animates a traversal with 21 values from -2 to 2. As a cell's last value it plays in the
   * notebook.
   *
   * @param model the model
   * @param image where the traversal starts
   * @return the animation
   * @throws IllegalArgumentException if {@code image} has the wrong size
   */
  public static Animation animation(ImageAutoencoder model, Image image) {
    return animation(model, image, TraversalOptions.defaults().withSteps(21));
  }

  /**
   * Animates a traversal: one cell per latent, all moving from one end of the range to the other
   * and back, ten pictures per second. As a cell's last value it plays in the notebook.
   *
   * @param model the model
   * @param image where the traversal starts
   * @param options range, number of values and order
   * @return the animation
   * @throws IllegalArgumentException if {@code image} has the wrong size, or the options' list of
   *     divergences has another length than the model has latents
   */
  public static Animation animation(ImageAutoencoder model, Image image, TraversalOptions options) {
    Strips strips = Strips.of(model, image, options);
    List<BufferedImage> frames = new ArrayList<>();
    for (int step = 0; step < options.steps(); step++) {
      frames.add(frame(strips, step));
    }
    for (int step = options.steps() - 2; step > 0; step--) {
      frames.add(frames.get(step));
    }
    return new Animation(
        Gif.encode(frames, 100), strips.words(options).replace("one row", "one cell"));
  }

  private static BufferedImage frame(Strips strips, int step) {
    List<Image> images = strips.rows().stream().map(row -> row.get(step)).toList();
    List<String> names = strips.latents().stream().map(latent -> "z" + latent).toList();
    // One pixel per point: a film of double density would be four times as large.
    return ImageGrid.of(List.of(images)).columnLabels(names).draw(1);
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.2f", value);
    text = text.replaceAll("\\.?0+$", "");
    return text.equals("-0") ? "0" : text;
  }
}
