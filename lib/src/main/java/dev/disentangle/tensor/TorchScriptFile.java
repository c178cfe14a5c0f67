package dev.disentangle.tensor;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Writes methods together with their weights into one TorchScript file, which {@code
 * torch.jit.load} in Python and {@link TorchScriptModule} here open without this kit.
 */
public final class TorchScriptFile {

  private TorchScriptFile() {}

  /**
   * Writes a file.
   *
   * @param file the file to write or replace
   * @param methods the methods' text, each {@code def name(self, x: Tensor) -> Tensor:} starting at
   *     the beginning of a line, after those that it calls; weights are {@code self.NAME}
   * @param weights 32-bit floats by name, which must be one of Python
   * @throws IOException if the file cannot be written
   * @throws IllegalArgumentException if a name is none of Python or an array holds other numbers
   */
  public static void write(Path file, String methods, Map<String, NDArray> weights)
      throws IOException {
    Files.write(file, TorchScriptArchive.of(methods, PlainArray.of(weights)));
  }
}
