package dev.disentangle.plot;

import dev.disentangle.data.Image;
import dev.disentangle.representation.ImageAutoencoder;
import dev.disentangle.representation.PortableDecoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A page element with sliders that show what a model decodes, without a running kernel, a server or
 * a network: it carries all it needs.
 *
 * <p>If the model's decoder is a {@link PortableDecoder} that gives its layers, as every
 * convolutional preset does in grey and in colour, the page carries them and decodes any
 * combination of latents as the sliders move. Weights are rounded to 16 bits where that keeps every
 * pixel within 1e-4 of the model's, tried at the image's code, at both ends of all sliders and at
 * four codes between, and to 24 bits otherwise.
 *
 * <p>A notebook's output holds at most {@value #NOTEBOOK_LIMIT} bytes, because Jupyter cuts off
 * outputs that are much larger; a page that {@link #save} writes has no such limit. Where the
 * layers do not fit into a notebook's output, are not known, or differ from the model by more than
 * 0.01 per pixel, the output carries images decoded in advance and says why. These start from the
 * image's posterior mean and are exactly:
 *
 * <ul>
 *   <li>one latent at a time: every latent at every value of the traversal (by default 21 values
 *       from -2 to 2; fewer where they do not fit), the others at the image's own code;
 *   <li>two latents together: each pair among the three latents with the largest divergence from
 *       the prior, on a grid of 9 by 9 values over the same range, the others at the image's own
 *       code; pairs that do not fit are left out, the least important first;
 *   <li>the image's own code.
 * </ul>
 *
 * <p>Nothing is interpolated or composed. Where scripts are off, the page shows a still traversal.
 */
public final class Explorer {

  /** How many bytes a notebook's output may hold. */
  public static final int NOTEBOOK_LIMIT = 2_500_000;

  private static final TraversalOptions USUAL = TraversalOptions.defaults().withSteps(21);

  private final String name;
  private final String output;
  private final String page;

  private Explorer(String name, String output, String page) {
    this.name = name;
    this.output = output;
    this.page = page;
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
   *     three channels, or if the options' list of divergences or of ranges has another length than
   *     the model has latents
   */
  public static Explorer of(ImageAutoencoder model, Image image, TraversalOptions options) {
    LivePage live = LivePage.of(model, image, options);
    if (live.page().isEmpty()) {
      String why = live.reason();
      return new Explorer(
          model.name(),
          PrecomputedPage.of(model, image, options, why, NOTEBOOK_LIMIT),
          PrecomputedPage.of(model, image, options, why, Integer.MAX_VALUE));
    }
    String page = live.page().orElseThrow();
    String output =
        live.within(NOTEBOOK_LIMIT)
            .orElseGet(
                () ->
                    PrecomputedPage.of(
                        model, image, options, tooLarge(page, model), NOTEBOOK_LIMIT));
    return new Explorer(model.name(), output, page);
  }

  private static String tooLarge(String page, ImageAutoencoder model) {
    return String.format(
        Locale.ROOT,
        "with the decoder of %s this output would hold %.1f MB and a notebook's output may hold"
            + " %.1f MB; Explorer.save(file) writes a page that decodes every move",
        model.name(),
        ExplorerTemplate.bytes(page) / 1e6,
        NOTEBOOK_LIMIT / 1e6);
  }

  /**
   * Returns the page element as a notebook shows it; it needs nothing beside itself.
   *
   * @return a fragment of HTML, at most {@value #NOTEBOOK_LIMIT} bytes
   */
  public String toHtml() {
    return output;
  }

  /**
   * Shows the explorer in the notebook.
   *
   * @return where it is shown
   */
  public NotebookOutput show() {
    return Notebook.html(output);
  }

  /**
   * Saves the explorer as a page of its own, without a limit on its size: a file that can be sent
   * and opened anywhere, also offline.
   *
   * @param file where to write, by custom ending in {@code .html}
   * @throws IOException if the file cannot be written
   */
  public void save(Path file) throws IOException {
    String whole =
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\""
            + " content=\"width=device-width\"><meta name=\"color-scheme\" content=\"light dark\"><title>"
            + Pictures.escape(name)
            + "</title></head><body>\n"
            + this.page
            + "</body></html>\n";
    Files.write(file, whole.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "Explorer of " + name + ": show() puts it into the notebook, save(file) into a page";
  }
}
