package dev.disentangle.objective.estimator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import dev.disentangle.tensor.TorchScript;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The functions over all pairs of a batch's codes, from the resource {@code estimators.py}. */
final class Estimators {

  private Estimators() {}

  static NDList call(String function, NDArray... arguments) {
    return Holder.SCRIPT.call(function, arguments);
  }

  /** Compiled on first use, once per process; it holds no data. */
  private static final class Holder {
    static final TorchScript SCRIPT = TorchScript.shared(text());

    private static String text() {
      try (InputStream in = Estimators.class.getResourceAsStream("estimators.py")) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
