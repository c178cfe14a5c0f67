package dev.disentangle.plot;

import dev.disentangle.data.Image;
import dev.disentangle.representation.ImageAutoencoder;
import dev.disentangle.representation.PortableDecoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A page element with sliders that show what a model decodes, without a running kernel, a server or
 * a network: it carries all it needs, in less than 1 MB.
 *
 * <p>If the model's decoder is a {@link PortableDecoder} that gives its layers, the page carries
 * them, weights rounded to 16 bits, and decodes any combination of latents as the sliders move.
 * That the rounded layers give the model's own picture, to 0.01 per pixel at the image's code, is
 * checked first.
 *
 * <p>For any other decoder, and where that check fails or the layers are too large, the page
 * carries images decoded in advance, starting from the image's posterior mean, and exactly these:
 *
 * <ul>
 *   <li>one latent at a time: every latent at every value of the traversal (by default 21 values
 *       from -2 to 2), the others at the image's own code;
 *   <li>two latents together: each pair among the three latents with the largest divergence from
 *       the prior, on a grid of 9 by 9 values over the same range, the others at the image's own
 *       code; pairs that do not fit into 1 MB are left out, the least important first;
 *   <li>the image's own code.
 * </ul>
 *
 * <p>Nothing is interpolated or composed. Where scripts are off, the page shows a still traversal.
 */
public final class Explorer {

  private static final TraversalOptions USUAL = TraversalOptions.defaults().withSteps(21);

  private final String name;
  private final String html;

  private Explorer(String name, String html) {
    this.name = name;
    this.html = html;
  }

  /**
   * Makes an explorer with latents from -2 to 2, in 21 values where they are decoded in advance.
   *
   * @param model the model
   * @param image the image whose code is the starting point
   * @return the explorer
   * @throws IllegalArgumentException if {@code image} has the wrong size or has neither one nor
   *     three channels
   */
  public static Explorer of(ImageAutoencoder model, Image image) {
    return of(model, image, USUAL);
  }

  /**
   * Makes an explorer.
   *
   * @param model the model
   * @param image the image whose code is the starting point
   * @param options range and number of values per latent, and which latents in which order
   * @return the explorer
   * @throws IllegalArgumentException if {@code image} has the wrong size or has neither one nor
   *     three channels, if the options' list of divergences has another length than the model has
   *     latents, or if the pictures do not fit into 1 MB even without pairs
   */
  public static Explorer of(ImageAutoencoder model, Image image, TraversalOptions options) {
    String html =
        LivePage.of(model, image, options)
            .orElseGet(() -> PrecomputedPage.of(model, image, options));
    return new Explorer(model.name(), html);
  }

  /**
   * Returns the page element; it needs nothing beside itself.
   *
   * @return a fragment of HTML, below 1 MB
   */
  public String toHtml() {
    return html;
  }

  /**
   * Shows the explorer in the notebook.
   *
   * @return where it is shown
   */
  public NotebookOutput show() {
    return Notebook.html(html);
  }

  /**
   * Saves the explorer as a page of its own.
   *
   * @param file where to write, by custom ending in {@code .html}
   * @throws IOException if the file cannot be written
   */
  public void save(Path file) throws IOException {
    String page =
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>"
            + Pictures.escape(name)
            + "</title></head><body>\n"
            + html
            + "</body></html>\n";
    Files.write(file, page.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "Explorer of " + name + ": show() puts it into the notebook, save(file) into a page";
  }
}
