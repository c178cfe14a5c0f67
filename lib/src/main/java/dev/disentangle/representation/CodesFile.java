package dev.disentangle.representation;

import dev.disentangle.data.FactorTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Codes that another program has written, with the factors of their images where the file has them:
 *
 * <pre>{@code
 * var file = CodesFile.read(Path.of("codes.npz"));
 * Scores.of(file).table()
 * }</pre>
 *
 * <p>Row {@code i} of codes and factors belongs to one image; nothing can detect it if they are in
 * different orders.
 *
 * @param codes the codes; without log variances those of a deterministic encoder
 * @param factors the factors, if the file has any
 * @param description what was taken for what, in one line
 */
public record CodesFile(Codes codes, Optional<FactorTable> factors, String description) {

  /**
   * Reads a file, guessing which arrays or columns are what.
   *
   * @param file an npz, npy or CSV file, see {@link #read(Path, CodesArrays)}
   * @return the codes
   * @throws IOException if the file cannot be read, or it is not clear what the codes are
   */
  public static CodesFile read(Path file) throws IOException {
    return read(file, CodesArrays.guessed());
  }

  /**
   * Reads a file.
   *
   * <p>{@code .npz}: arrays {@code [images, latents]} of any number type and order, and factors
   * {@code [images, factors]} or {@code [images]}. {@code .npy}: one array, the codes. Any other
   * name: CSV in UTF-8 with a header, a row per image, codes in numbered columns such as {@code z0}
   * or {@code mu_3}; all other columns but an index are factors, unless some are named as such.
   * Factors may be numbers or words: each different one is a class, but for real numbers, see
   * {@link ContinuousFactors}.
   *
   * @param file the file
   * @param arrays which arrays or columns are what
   * @return the codes
   * @throws IOException if the file cannot be read, a named array is not there, it is not clear
   *     what the codes are (then the error lists what there is), or the tables do not fit together
   */
  public static CodesFile read(Path file, CodesArrays arrays) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + ": expected a file of codes (npz, npy or CSV), found none");
    }
    return tables(file, arrays).continuous(file, arrays.continuous());
  }

  private static CodesFile tables(Path file, CodesArrays arrays) throws IOException {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".npz")) {
      return NumpyCodes.readNpz(file, arrays);
    }
    return name.endsWith(".npy") ? NumpyCodes.readNpy(file, arrays) : CsvCodes.read(file, arrays);
  }

  /** Ties the tables of a file together. */
  static CodesFile of(
      Path file,
      float[][] means,
      Optional<float[][]> logVariances,
      Optional<FactorTable> factors,
      String description)
      throws IOException {
    if (means.length == 0 || means[0].length == 0) {
      throw new IOException(file + ": expected at least one image and one latent, found none");
    }
    float[][] variances = logVariances.orElseGet(() -> deterministic(means));
    if (variances.length != means.length || variances[0].length != means[0].length) {
      throw new IOException(
          String.format(
              "%s: expected as many log variances as codes, %d x %d, found %d x %d",
              file, means.length, means[0].length, variances.length, variances[0].length));
    }
    if (factors.isPresent() && factors.get().size() != means.length) {
      throw new IOException(
          String.format(
              "%s: expected a row of factors for each of %d codes, found %d",
              file, means.length, factors.get().size()));
    }
    return new CodesFile(new Codes(means, variances), factors, description);
  }

  /** Takes the factors of a table as what they are asked to be, and says which are real numbers. */
  CodesFile continuous(Path file, ContinuousFactors which) throws IOException {
    if (factors.isEmpty()) {
      return this;
    }
    try {
      FactorTable table = which.of(factors.get());
      return new CodesFile(codes, Optional.of(table), description + which.description(table));
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  private static float[][] deterministic(float[][] means) {
    float[] row = new float[means[0].length];
    Arrays.fill(row, Float.NEGATIVE_INFINITY);
    float[][] rows = new float[means.length][];
    Arrays.fill(rows, row);
    return rows;
  }

  @Override
  public String toString() {
    return description;
  }
}
