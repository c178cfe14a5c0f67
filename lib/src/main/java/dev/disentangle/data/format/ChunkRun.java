package dev.disentangle.data.format;

import io.jhdf.api.dataset.ChunkedDataset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Some items of an array of bytes that an HDF5 file holds in chunks, put together. */
final class ChunkRun {

  private final ChunkedDataset dataset;
  private final int[] chunk;
  private final int first;

  /** The run's size: that of the array, but for the first axis. */
  private final int[] size;

  private final byte[] bytes;

  /**
   * Prepares to read.
   *
   * @param dataset the array
   * @param shape its size
   * @param first the first item, where a chunk begins
   * @param count how many items
   */
  ChunkRun(ChunkedDataset dataset, int[] shape, int first, int count) {
    this.dataset = dataset;
    this.chunk = dataset.getChunkDimensions();
    this.first = first;
    this.size = shape.clone();
    this.size[0] = count;
    this.bytes = new byte[product(size, 0)];
  }

  /** Decodes all chunks of the run; the last index varies fastest. */
  byte[] bytes() {
    List<int[]> corners = new ArrayList<>();
    corners(new int[size.length], 0, corners);
    corners.parallelStream().forEach(this::decode);
    return bytes;
  }

  private void corners(int[] corner, int axis, List<int[]> all) {
    if (axis == size.length) {
      all.add(corner.clone());
      return;
    }
    for (int at = 0; at < size[axis]; at += chunk[axis]) {
      corner[axis] = at;
      corners(corner, axis + 1, all);
    }
  }

  private void decode(int[] corner) {
    int[] inArray = corner.clone();
    inArray[0] += first;
    byte[] decoded = dataset.getDecompressedChunk(inArray);
    if (decoded.length != product(chunk, 0)) {
      throw new IllegalStateException(
          "a chunk has " + decoded.length + " bytes, not " + product(chunk, 0));
    }
    int position = 0;
    for (int axis = 0; axis < size.length; axis++) {
      position += corner[axis] * product(size, axis + 1);
    }
    copy(decoded, 0, corner, position, 0);
  }

  /** Copies the part of a chunk that lies within the run, in pieces that lie together in both. */
  private void copy(byte[] decoded, int from, int[] corner, int to, int axis) {
    int inside = Math.min(chunk[axis], size[axis] - corner[axis]);
    int ofChunk = product(chunk, axis + 1);
    int ofRun = product(size, axis + 1);
    if (Arrays.equals(chunk, axis + 1, chunk.length, size, axis + 1, size.length)) {
      System.arraycopy(decoded, from, bytes, to, inside * ofRun);
      return;
    }
    for (int i = 0; i < inside; i++) {
      copy(decoded, from + i * ofChunk, corner, to + i * ofRun, axis + 1);
    }
  }

  private static int product(int[] sizes, int from) {
    int product = 1;
    for (int axis = from; axis < sizes.length; axis++) {
      product = Math.multiplyExact(product, sizes[axis]);
    }
    return product;
  }
}
