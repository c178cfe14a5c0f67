package dev.disentangle.tensor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes functions into a TorchScript archive: a zip with the code as plain text, two pickles that
 * say "one object of class Functions with these attributes" and "no constants", and the numbers of
 * each weight in a file of its own.
 */
final class TorchScriptArchive {

  private static final String CLASS = "Functions";
  private static final byte[] NO_CONSTANTS = bytes("\u0080\u0002).");
  private static final String WEIGHT_NAME = "[A-Za-z_][A-Za-z0-9_]*";

  private TorchScriptArchive() {}

  /**
   * Makes an archive without weights.
   *
   * @param functions text of the functions, each starting at the beginning of a line
   * @return the archive's bytes
   */
  static byte[] of(String functions) {
    return of(functions, Map.of());
  }

  /**
   * Makes an archive.
   *
   * @param functions text of the functions, each starting at the beginning of a line
   * @param weights what the functions call {@code self.NAME}
   * @return the archive's bytes
   * @throws IllegalArgumentException if a weight's name is none of Python
   */
  static byte[] of(String functions, Map<String, PlainArray> weights) {
    for (String name : weights.keySet()) {
      if (!name.matches(WEIGHT_NAME)) {
        throw new IllegalArgumentException("a weight cannot be named " + name + " in TorchScript");
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setMethod(ZipOutputStream.STORED);
      add(zip, "version", bytes("3\n"));
      add(zip, "data.pkl", object(weights));
      add(zip, "constants.pkl", NO_CONSTANTS);
      add(zip, "code/__torch__.py", code(functions, weights).getBytes(StandardCharsets.UTF_8));
      int position = 0;
      for (PlainArray weight : weights.values()) {
        add(zip, "data/" + position++, weight.bytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return bytes.toByteArray();
  }

  private static String code(String functions, Map<String, PlainArray> weights) {
    String typed = functions.replace("(self,", "(self: __torch__." + CLASS + ",");
    List<String> lines = new ArrayList<>();
    lines.add("class " + CLASS + "(Module):");
    String names = weights.keySet().stream().collect(Collectors.joining("\", \"", "\"", "\", "));
    lines.add("  __parameters__ = [" + (weights.isEmpty() ? "" : names) + "]");
    lines.add("  __buffers__ = []");
    weights.keySet().forEach(name -> lines.add("  " + name + " : Tensor"));
    if (!weights.isEmpty()) {
      lines.add("  training : bool"); // which eval() in Python sets
    }
    return String.join("\n", lines) + "\n" + typed.strip().indent(2);
  }

  /** The pickle of the object with its attributes; protocol 2, as PyTorch writes it. */
  private static byte[] object(Map<String, PlainArray> weights) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(bytes("\u0080\u0002c__torch__\n" + CLASS + "\n)\u0081}"));
    if (!weights.isEmpty()) {
      out.writeBytes(bytes("("));
      int position = 0;
      for (Map.Entry<String, PlainArray> weight : weights.entrySet()) {
        text(out, weight.getKey());
        tensor(out, Integer.toString(position++), weight.getValue());
      }
      text(out, "training");
      out.writeBytes(bytes("\u0089u")); // False, and the end of the attributes
    }
    out.writeBytes(bytes("b."));
    return out.toByteArray();
  }

  /** A call of {@code _rebuild_tensor_v2(storage, offset, shape, strides, gradient, hooks)}. */
  private static void tensor(ByteArrayOutputStream out, String key, PlainArray array) {
    out.writeBytes(bytes("ctorch._utils\n_rebuild_tensor_v2\n(("));
    text(out, "storage");
    out.writeBytes(bytes("ctorch\nFloatStorage\n"));
    text(out, key);
    text(out, "cpu");
    number(out, array.size());
    out.writeBytes(bytes("tQ"));
    number(out, 0);
    long[] strides = new long[array.shape().length];
    long stride = 1;
    for (int axis = strides.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= array.shape()[axis];
    }
    numbers(out, array.shape());
    numbers(out, strides);
    out.writeBytes(bytes("\u0089ccollections\nOrderedDict\n)RtR"));
  }

  private static void numbers(ByteArrayOutputStream out, long... numbers) {
    out.writeBytes(bytes("("));
    for (long number : numbers) {
      number(out, Math.toIntExact(number));
    }
    out.writeBytes(bytes("t"));
  }

  private static void number(ByteArrayOutputStream out, int number) {
    out.write('J');
    out.writeBytes(littleEndian(number));
  }

  private static void text(ByteArrayOutputStream out, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.write('X');
    out.writeBytes(littleEndian(utf8.length));
    out.writeBytes(utf8);
  }

  private static byte[] littleEndian(int number) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(number).array();
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
