package dev.disentangle.data.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.MatFile;
import us.hebi.matlab.mat.types.Matrix;

/**
 * Reads an array of small whole numbers from a MATLAB file, version 5 to 7, with the MFL library.
 */
public final class MatBytes {

  private static final int LARGEST = 1 << 28;

  private MatBytes() {}

  /**
   * Reads an array.
   *
   * @param file the MATLAB file
   * @param name the array's name within it
   * @param shape the size that it must have
   * @return its bytes, the first index varying fastest as in MATLAB
   * @throws IOException if the file cannot be read, or has no such array of numbers 0 to 255
   */
  public static byte[] read(Path file, String name, int... shape) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new NoSuchFileException(file.toString());
    }
    if (Files.size(file) > LARGEST) {
      throw new IOException(file + ": expected at most " + LARGEST + " bytes");
    }
    try (MatFile mat = Mat5.readFromFile(file.toFile())) {
      return bytes(mat.getMatrix(name), shape);
    } catch (IOException | RuntimeException e) {
      // The library reports damage by unchecked exceptions of many kinds.
      throw new IOException(
          file
              + ", offset 0: expected a MATLAB file with bytes "
              + name
              + " "
              + Arrays.toString(shape)
              + ", "
              + e,
          e);
    }
  }

  private static byte[] bytes(Matrix matrix, int[] shape) throws IOException {
    if (!Arrays.equals(matrix.getDimensions(), shape)) {
      throw new IOException("found " + Arrays.toString(matrix.getDimensions()));
    }
    byte[] bytes = new byte[matrix.getNumElements()];
    for (int i = 0; i < bytes.length; i++) {
      int value = matrix.getInt(i);
      if (value < 0 || value > 255) {
        throw new IOException("found " + value + " at element " + i);
      }
      bytes[i] = (byte) value;
    }
    return bytes;
  }
}
