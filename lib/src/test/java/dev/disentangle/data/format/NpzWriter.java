package dev.disentangle.data.format;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes small npz files for tests, also wrong ones. */
public final class NpzWriter implements AutoCloseable {

  /** Writes the elements of an array. */
  @FunctionalInterface
  public interface Elements {
    void write(OutputStream out) throws IOException;
  }

  private final ZipOutputStream zip;

  public NpzWriter(Path file) throws IOException {
    zip = new ZipOutputStream(Files.newOutputStream(file));
    zip.setLevel(Deflater.BEST_SPEED);
  }

  /** An npy header, padded as NumPy does. */
  public static byte[] header(String dictionary) {
    int length = (10 + dictionary.length() + 1 + 63) / 64 * 64 - 10;
    String padded = dictionary + " ".repeat(length - dictionary.length() - 1) + "\n";
    return ByteBuffer.allocate(10 + length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) 0x93)
        .put("NUMPY".getBytes(StandardCharsets.ISO_8859_1))
        .put((byte) 1)
        .put((byte) 0)
        .putShort((short) length)
        .put(padded.getBytes(StandardCharsets.ISO_8859_1))
        .array();
  }

  public static byte[] header(String type, String shape) {
    return header("{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + shape + "), }");
  }

  public NpzWriter add(String name, byte[] header, Elements elements) {
    try {
      zip.putNextEntry(new ZipEntry(name + ".npy"));
      zip.write(header);
      elements.write(zip);
      zip.closeEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
