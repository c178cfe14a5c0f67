package dev.disentangle.data.format;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.exceptions.HdfException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads an array of bytes from an HDF5 file, a run of its first index at a time, so that an array
 * of 6 GB needs little memory. jHDF finds and decodes the file's chunks; they are put together
 * here, on all cores, since taking single elements out of them is slow by a factor of ten.
 */
public final class Hdf5Bytes implements AutoCloseable {

  /** Bytes to aim at in one run; a run is never shorter than the file's own chunks. */
  private static final int RUN_BYTES = 1 << 26;

  private static final int LARGEST_RUN = 1 << 29;

  private final Path file;
  private final HdfFile hdf;
  private final Dataset dataset;
  private final int[] shape;
  private final int perRun;
  private int next;

  private Hdf5Bytes(Path file, HdfFile hdf, String name, int[] shape) throws IOException {
    this.file = file;
    this.hdf = hdf;
    this.dataset = hdf.getDatasetByPath(name);
    this.shape = shape;
    if (!Arrays.equals(dataset.getDimensions(), shape) || !isByte(dataset)) {
      throw new IOException(
          String.format(
              "%s, data set %s: expected bytes %s, found %s of %d bytes %s",
              file,
              name,
              Arrays.toString(shape),
              dataset.getJavaType(),
              dataset.getDataType().getSize(),
              Arrays.toString(dataset.getDimensions())));
    }
    int perItem = 1;
    for (int axis = 1; axis < shape.length; axis++) {
      perItem = Math.multiplyExact(perItem, shape[axis]);
    }
    int chunk = dataset instanceof ChunkedDataset chunked ? chunked.getChunkDimensions()[0] : 1;
    int wanted = Math.max(1, RUN_BYTES / perItem);
    this.perRun = (wanted + chunk - 1) / chunk * chunk;
    if ((long) Math.min(perRun, shape[0]) * perItem > LARGEST_RUN) {
      throw new IOException(
          file
              + ", data set "
              + name
              + ": expected chunks below 512 MB, found "
              + chunk
              + " items");
    }
  }

  private static boolean isByte(Dataset dataset) {
    Class<?> type = dataset.getJavaType();
    return dataset.getDataType().getSize() == 1 && (type == byte.class || type == int.class);
  }

  /**
   * Opens an array.
   *
   * @param file the HDF5 file
   * @param name the data set within it
   * @param shape the size that it must have
   * @return a reader at the first item, to be closed
   * @throws IOException if the file cannot be read, or has no such array of bytes
   */
  public static Hdf5Bytes open(Path file, String name, int... shape) throws IOException {
    HdfFile hdf = null;
    try {
      hdf = new HdfFile(file);
      return new Hdf5Bytes(file, hdf, name, shape.clone());
    } catch (RuntimeException e) {
      close(hdf);
      throw error(file, 0, "an HDF5 file with a data set " + name, e);
    } catch (IOException e) {
      close(hdf);
      throw e;
    }
  }

  /**
   * Tells whether items remain.
   *
   * @return true if {@link #next()} has something to read
   */
  public boolean hasNext() {
    return next < shape[0];
  }

  /**
   * Reads the next run of items.
   *
   * @return their bytes, the last index varying fastest
   * @throws IOException if the data are damaged or no items remain
   */
  public byte[] next() throws IOException {
    if (!hasNext()) {
      throw new IOException(file + ": expected more items, but all " + shape[0] + " were read");
    }
    int count = Math.min(perRun, shape[0] - next);
    try {
      byte[] run =
          dataset instanceof ChunkedDataset chunked
              ? new ChunkRun(chunked, shape, next, count).bytes()
              : slice(count);
      next += count;
      return run;
    } catch (RuntimeException e) {
      throw error(file, next, "sound data from this item on", e);
    }
  }

  private byte[] slice(int count) {
    long[] offset = new long[shape.length];
    offset[0] = next;
    int[] size = shape.clone();
    size[0] = count;
    ByteArray flat = ByteArray.ofLength(Arrays.stream(size).reduce(1, Math::multiplyExact));
    flat.append(dataset.getData(offset, size));
    return flat.bytes();
  }

  /** jHDF reports damage by unchecked exceptions of many kinds. */
  private static IOException error(Path file, long item, String expected, RuntimeException e) {
    String detail = e instanceof HdfException ? e.getMessage() : e.toString();
    return new IOException(file + ", item " + item + ": expected " + expected + ", " + detail, e);
  }

  private static void close(HdfFile hdf) {
    if (hdf != null) {
      hdf.close();
    }
  }

  @Override
  public void close() {
    hdf.close();
  }
}
