package dev.disentangle.plot;

import dev.disentangle.data.Image;
import dev.disentangle.representation.ImageAutoencoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A page element with sliders that show what a model decodes, without a running kernel, a server or
 * a network: everything is decoded in advance and carried along.
 *
 * <p>Exactly this is decoded, starting from an image's posterior mean:
 *
 * <ul>
 *   <li>one latent at a time: every latent at every value of the traversal (by default 21 values
 *       from -2 to 2), the others at the image's own code;
 *   <li>two latents together: each pair among the three latents with the largest divergence from
 *       the prior, on a grid of 9 by 9 values over the same range, the others at the image's own
 *       code;
 *   <li>the image's own code.
 * </ul>
 *
 * <p>Nothing is interpolated or composed: what the page shows was decoded by the model. The HTML
 * stays below 1 MB; should the pictures need more, pairs are left out, the least important first.
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
   * Decodes what the page shows, with 21 values from -2 to 2 per latent.
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
   * Decodes what the page shows.
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
    return new Explorer(model.name(), ExplorerPage.of(model, image, options));
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
