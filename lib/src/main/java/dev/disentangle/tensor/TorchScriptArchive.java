package dev.disentangle.tensor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes functions into a TorchScript archive: a zip with the code as plain text and two pickles
 * that say "one object of class Functions, without attributes" and "no constants".
 */
final class TorchScriptArchive {

  private static final String CLASS = "Functions";
  private static final byte[] OBJECT = bytes("\u0080\u0002c__torch__\n" + CLASS + "\n)\u0081}b.");
  private static final byte[] NO_CONSTANTS = bytes("\u0080\u0002).");

  private TorchScriptArchive() {}

  /**
   * Makes an archive.
   *
   * @param functions text of the functions, each starting at the beginning of a line
   * @return the archive's bytes
   */
  static byte[] of(String functions) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setMethod(ZipOutputStream.STORED);
      add(zip, "version", bytes("3\n"));
      add(zip, "data.pkl", OBJECT);
      add(zip, "constants.pkl", NO_CONSTANTS);
      add(zip, "code/__torch__.py", code(functions).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return bytes.toByteArray();
  }

  private static String code(String functions) {
    String typed = functions.replace("(self,", "(self: __torch__." + CLASS + ",");
    String header = "class " + CLASS + "(Module):\n  __parameters__ = []\n  __buffers__ = []\n";
    return header + typed.strip().indent(2);
  }

  private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry("functions/" + name);
    CRC32 checksum = new CRC32();
    checksum.update(content);
    entry.setSize(content.length);
    entry.setCrc(checksum.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
