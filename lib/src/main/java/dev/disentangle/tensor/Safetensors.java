package dev.disentangle.tensor;

import ai.djl.ndarray.NDArray;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * Writes weights in the safetensors format, which holds numbers and names only, so that reading it
 * runs no code: the length of a header as 8 bytes, least first; the header, a JSON object with
 * type, shape and place per tensor; the numbers.
 */
public final class Safetensors {

  private static final int ALIGNMENT = 8;

  private Safetensors() {}

  /**
   * Writes a file.
   *
   * @param file the file to write or replace
   * @param weights 32-bit floats by name, written in the map's order
   * @param metadata texts to keep beside them
   * @throws IOException if the file cannot be written
   * @throws IllegalArgumentException if an array holds other numbers
   */
  public static void write(Path file, Map<String, NDArray> weights, Map<String, String> metadata)
      throws IOException {
    Map<String, PlainArray> arrays = PlainArray.of(weights);
    byte[] header = header(arrays, metadata);
    byte[] length =
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length).array();
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(length);
      out.write(header);
      for (PlainArray array : arrays.values()) {
        out.write(array.bytes());
      }
    }
  }

  private static byte[] header(Map<String, PlainArray> arrays, Map<String, String> metadata) {
    JsonObject header = new JsonObject();
    JsonObject texts = new JsonObject();
    metadata.forEach(texts::addProperty);
    header.add("__metadata__", texts);
    long position = 0;
    for (Map.Entry<String, PlainArray> entry : arrays.entrySet()) {
      PlainArray array = entry.getValue();
      JsonArray shape = new JsonArray();
      for (long axis : array.shape()) {
        shape.add(axis);
      }
      JsonArray offsets = new JsonArray();
      offsets.add(position);
      position += array.bytes().length;
      offsets.add(position);
      JsonObject tensor = new JsonObject();
      tensor.addProperty("dtype", "F32");
      tensor.add("shape", shape);
      tensor.add("data_offsets", offsets);
      header.add(entry.getKey(), tensor);
    }
    byte[] text = header.toString().getBytes(StandardCharsets.UTF_8);
    // Spaces behind the header let the numbers start at a multiple of 8.
    byte[] padded = new byte[(text.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT];
    Arrays.fill(padded, (byte) ' ');
    System.arraycopy(text, 0, padded, 0, text.length);
    return padded;
  }
}
