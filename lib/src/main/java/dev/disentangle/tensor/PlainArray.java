package dev.disentangle.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The numbers of a tensor as files hold them: 32-bit floats, least byte first, rows one after the
 * other.
 *
 * @param shape lengths of the axes
 * @param bytes four per number
 */
record PlainArray(long[] shape, byte[] bytes) {

  static Map<String, PlainArray> of(Map<String, NDArray> arrays) {
    Map<String, PlainArray> plain = new LinkedHashMap<>();
    arrays.forEach((name, array) -> plain.put(name, of(name, array)));
    return plain;
  }

  private static PlainArray of(String name, NDArray array) {
    if (array.getDataType() != DataType.FLOAT32) {
      throw new IllegalArgumentException(
          name + " must hold 32-bit floats, holds " + array.getDataType());
    }
    // Kernels of convolutions are laid out channels last and must be put in rows first.
    try (NDArray rows = GradientMode.paused(() -> Operations.contiguous(array))) {
      float[] values = rows.toFloatArray();
      ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(values);
      return new PlainArray(array.getShape().getShape(), bytes.array());
    }
  }

  int size() {
    return bytes.length / 4;
  }
}
