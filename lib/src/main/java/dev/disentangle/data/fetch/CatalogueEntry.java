package dev.disentangle.data.fetch;

import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A published file.
 *
 * @param dataset the data set's name, also the folder that the file goes to
 * @param file the file's name
 * @param url where it is published; empty where one must register or agree to terms first
 * @param bytes its size, where known
 * @param sha256 its SHA-256 as 64 hexadecimal digits, where known
 * @param licence the terms, as far as the publisher states them
 * @param citation the paper to cite, or the page that tells more
 */
public record CatalogueEntry(
    String dataset,
    String file,
    Optional<URI> url,
    OptionalLong bytes,
    Optional<String> sha256,
    String licence,
    String citation) {

  /**
   * Checks the names and the hash.
   *
   * @throws IllegalArgumentException if {@code dataset} or {@code file} is not a plain name, {@code
   *     url} is neither http nor https, {@code bytes} is negative or {@code sha256} is not a
   *     SHA-256
   */
  public CatalogueEntry {
    requirePlain("dataset", dataset);
    requirePlain("file", file);
    if (url.isPresent() && !String.valueOf(url.get().getScheme()).matches("https?")) {
      throw new IllegalArgumentException("url must begin with http or https, was " + url.get());
    }
    if (bytes.isPresent() && bytes.getAsLong() < 0) {
      throw new IllegalArgumentException("bytes must be at least 0, was " + bytes.getAsLong());
    }
    if (sha256.isPresent() && !sha256.get().matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException(
          "sha256 must be 64 lower-case hexadecimal digits, was " + sha256.get());
    }
  }

  /** A plain name cannot lead out of its folder. */
  private static void requirePlain(String part, String name) {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw new IllegalArgumentException(
          part + " must be a plain name of letters, digits, '.', '_' and '-', was " + name);
    }
  }
}
