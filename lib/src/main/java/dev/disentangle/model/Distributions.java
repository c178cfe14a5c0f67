package dev.disentangle.model;

import ai.djl.ndarray.NDArray;
import dev.disentangle.tensor.TorchScript;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The functions of posteriors and priors that DJL lacks, from {@code distributions.py}. */
final class Distributions {

  private Distributions() {}

  static NDArray one(String function, NDArray... arguments) {
    return Holder.SCRIPT.call(function, arguments).singletonOrThrow();
  }

  /** Compiled on first use, once per process; it holds no data. */
  private static final class Holder {
    static final TorchScript SCRIPT = TorchScript.shared(text());

    private static String text() {
      try (InputStream in = Distributions.class.getResourceAsStream("distributions.py")) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
