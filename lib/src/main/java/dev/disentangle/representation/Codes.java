package dev.disentangle.representation;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The diagonal Gaussian posteriors of some images. Of a posterior with correlated latents these are
 * each latent's own mean and variance: scores that need more than those are then approximations.
 *
 * @param means posterior means, {@code [images][latents]}; the array is not copied
 * @param logVariances logarithms of the posterior variances, {@code [images][latents]}; for a
 *     deterministic encoder every entry is {@link Float#NEGATIVE_INFINITY}
 */
public record Codes(float[][] means, float[][] logVariances) {

  /**
   * Checks that both tables have one size.
   *
   * @throws IllegalArgumentException if the tables differ in size or are empty
   */
  public Codes {
    if (means.length == 0 || means.length != logVariances.length) {
      throw new IllegalArgumentException(
          "means and logVariances must have the same number of rows, at least 1; were "
              + means.length
              + " and "
              + logVariances.length);
    }
    int latents = means[0].length;
    for (int i = 0; i < means.length; i++) {
      if (means[i].length != latents || logVariances[i].length != latents) {
        throw new IllegalArgumentException(
            "row "
                + i
                + " must have "
                + latents
                + " latents in means and logVariances, had "
                + means[i].length
                + " and "
                + logVariances[i].length);
      }
    }
  }

  /**
   * Reads codes that another program has written, from an npz, npy or CSV file; {@link CodesFile}
   * reads the factors beside them as well.
   *
   * @param file the file
   * @return the codes
   * @throws IOException if the file cannot be read, or it is not clear what the codes are
   */
  public static Codes read(Path file) throws IOException {
    return CodesFile.read(file).codes();
  }

  /**
   * Returns the number of images.
   *
   * @return at least 1
   */
  public int size() {
    return means.length;
  }

  /**
   * Returns the number of latents.
   *
   * @return the length of every row
   */
  public int latents() {
    return means[0].length;
  }
}
