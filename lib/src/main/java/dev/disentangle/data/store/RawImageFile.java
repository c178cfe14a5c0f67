package dev.disentangle.data.store;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Images of one byte per value in a file, for sets too large for memory: 3D Shapes takes 5.9 GB.
 *
 * <p>A published file is unpacked once into such a file beside it; from then on any image is read
 * at once, by way of memory mapping, which unlike a file channel outlives an interrupted cell. A
 * header names what was unpacked, so that a leftover of another source is never taken for the right
 * one, and checksums at the end show damage. Whatever does not fit is unpacked again.
 */
public final class RawImageFile implements ImageStore {

  /** Writes all images in order. */
  @FunctionalInterface
  public interface Source {
    /**
     * Writes one byte for each value of each image.
     *
     * @param out where to
     * @throws IOException if the images cannot be read or written
     */
    void write(OutputStream out) throws IOException;
  }

  /** Is told how far unpacking or checking has come. */
  @FunctionalInterface
  public interface Progress {
    /**
     * Reports progress, a few times per second at most, and not at all within the first second.
     *
     * @param bytes how many are done
     * @param total of how many
     */
    void at(long bytes, long total);
  }

  private static final int MAPPED_BYTES = 1 << 30;

  private final RawImageLayout layout;
  private final int imagesPerMap;
  private final MappedByteBuffer[] maps;
  private final String sha256;

  private RawImageFile(FileChannel channel, RawImageLayout layout) throws IOException {
    this.layout = layout;
    this.imagesPerMap = Math.max(1, MAPPED_BYTES / layout.perImage());
    this.maps = new MappedByteBuffer[(layout.size() - 1) / imagesPerMap + 1];
    for (int m = 0; m < maps.length; m++) {
      int first = m * imagesPerMap;
      long start = RawImageLayout.HEADER + (long) first * layout.perImage();
      long length = (long) Math.min(imagesPerMap, layout.size() - first) * layout.perImage();
      maps[m] = channel.map(FileChannel.MapMode.READ_ONLY, start, length);
    }
    this.sha256 = layout.sha256(channel);
  }

  /**
   * Opens an unpacked file, or makes it first: in a temporary file that is renamed once complete.
   * Every byte is read and checked once, at the speed of the disk.
   *
   * @param file where the unpacked images lie or shall lie
   * @param key what is unpacked, in one line: changes whenever the images may have changed
   * @param perImage values per image
   * @param size how many images
   * @param source writes the images where there is no such file yet
   * @param progress is told how far unpacking and checking have come
   * @return the open store
   * @throws IOException if the source fails or the disk is full
   */
  public static RawImageFile open(
      Path file, String key, int perImage, int size, Source source, Progress progress)
      throws IOException {
    RawImageLayout layout = new RawImageLayout(key, perImage, size);
    if (!isSound(file, layout, progress)) {
      write(file, layout, source, progress);
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return new RawImageFile(channel, layout);
    }
  }

  /**
   * Describes a source without reading it.
   *
   * @param source a file
   * @return its size and the time of its last change, as part of a key
   * @throws IOException if there is no such file
   */
  public static String state(Path source) throws IOException {
    return Files.size(source) + " bytes of " + Files.getLastModifiedTime(source);
  }

  private static boolean isSound(Path file, RawImageLayout layout, Progress progress)
      throws IOException {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (!layout.describes(channel)) {
        return false;
      }
      boolean sound = layout.isIntact(channel, new Pace(progress, layout.bytes()));
      if (!sound) {
        System.getLogger("dev.disentangle.data")
            .log(System.Logger.Level.WARNING, file + " is damaged and is made anew");
      }
      return sound;
    }
  }

  private static void write(Path file, RawImageLayout layout, Source source, Progress progress)
      throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Path temporary = Files.createTempFile(folder, file.getFileName().toString(), ".part");
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(temporary), 1 << 20)) {
        layout.write(out, source, new Pace(progress, layout.bytes()));
      } catch (RawImageLayout.LengthException e) {
        throw new IOException(file + ": " + e.getMessage(), e);
      }
      Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /**
   * Returns the SHA-256 of all images' bytes, as it was when they were unpacked.
   *
   * @return 64 hexadecimal digits
   */
  public String sha256() {
    return sha256;
  }

  @Override
  public int size() {
    return layout.size();
  }

  @Override
  public int perImage() {
    return layout.perImage();
  }

  @Override
  public void read(int[] indices, float[] pixels) {
    BatchCheck.require(indices, size(), perImage(), pixels);
    byte[] image = new byte[perImage()];
    int position = 0;
    for (int index : indices) {
      ByteBuffer map = maps[index / imagesPerMap];
      map.get(index % imagesPerMap * image.length, image);
      for (byte value : image) {
        pixels[position++] = ByteImages.value(value);
      }
    }
  }

  /** Passes progress on: nothing in the first second, then five times per second. */
  static final class Pace {

    private static final long FIRST_NANOS = 1_000_000_000L;
    private static final long NEXT_NANOS = 200_000_000L;

    private final Progress progress;
    private final long total;
    private long next = System.nanoTime() + FIRST_NANOS;
    private long done;
    private boolean shown;

    Pace(Progress progress, long total) {
      this.progress = progress;
      this.total = total;
    }

    synchronized void add(long bytes) {
      done += bytes;
      boolean due = System.nanoTime() - next > 0;
      if (due || shown && done == total) {
        shown = true;
        next = System.nanoTime() + NEXT_NANOS;
        progress.at(done, total);
      }
    }
  }
}
