package dev.disentangle.data.store;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Images of one byte per value in a file, for sets too large for memory: 3D Shapes takes 5.9 GB.
 *
 * <p>A published file is unpacked once into such a file beside it; from then on any image is read
 * at once, by way of memory mapping, which unlike a file channel outlives an interrupted cell. A
 * header of {@value #HEADER} bytes names the source's fingerprint and the size, so that a leftover
 * of another source is never taken for the right one.
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

  private static final int HEADER = 512;

  private static final int MAPPED_BYTES = 1 << 30;

  private final int perImage;
  private final int size;
  private final int imagesPerMap;
  private final MappedByteBuffer[] maps;

  private RawImageFile(FileChannel channel, int perImage, int size) throws IOException {
    this.perImage = perImage;
    this.size = size;
    this.imagesPerMap = Math.max(1, MAPPED_BYTES / perImage);
    this.maps = new MappedByteBuffer[(size - 1) / imagesPerMap + 1];
    for (int m = 0; m < maps.length; m++) {
      int first = m * imagesPerMap;
      long start = HEADER + (long) first * perImage;
      long length = (long) Math.min(imagesPerMap, size - first) * perImage;
      maps[m] = channel.map(FileChannel.MapMode.READ_ONLY, start, length);
    }
  }

  /**
   * Opens an unpacked file, or makes it first: in a temporary file that is renamed once complete.
   *
   * @param file where the unpacked images lie or shall lie
   * @param fingerprint the source's fingerprint
   * @param perImage values per image
   * @param size how many images
   * @param source writes the images where there is no such file yet
   * @return the open store
   * @throws IOException if the source fails or the disk is full
   */
  public static RawImageFile open(
      Path file, String fingerprint, int perImage, int size, Source source) throws IOException {
    byte[] header = header(fingerprint, perImage, size);
    long length = HEADER + (long) size * perImage;
    if (!isComplete(file, header, length)) {
      write(file, header, length, source);
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return new RawImageFile(channel, perImage, size);
    }
  }

  private static byte[] header(String fingerprint, int perImage, int size) {
    String text = "disentangle images 1\n" + fingerprint + "\n" + size + " " + perImage + "\n";
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > HEADER) {
      throw new IllegalArgumentException("fingerprint must be shorter, was " + fingerprint);
    }
    return Arrays.copyOf(bytes, HEADER);
  }

  private static boolean isComplete(Path file, byte[] header, long length) throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) != length) {
      return false;
    }
    try (var stream = Files.newInputStream(file)) {
      return Arrays.equals(header, stream.readNBytes(HEADER));
    }
  }

  private static void write(Path file, byte[] header, long length, Source source)
      throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Path temporary = Files.createTempFile(folder, file.getFileName().toString(), ".part");
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(temporary), 1 << 20)) {
        out.write(header);
        source.write(out);
      }
      if (Files.size(temporary) != length) {
        throw new IOException(
            file + ": expected " + length + " bytes of images, found " + Files.size(temporary));
      }
      Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int perImage() {
    return perImage;
  }

  @Override
  public void read(int[] indices, float[] pixels) {
    BatchCheck.require(indices, size, perImage, pixels);
    byte[] image = new byte[perImage];
    int position = 0;
    for (int index : indices) {
      maps[index / imagesPerMap].get(index % imagesPerMap * image.length, image);
      for (byte value : image) {
        pixels[position++] = ByteImages.value(value);
      }
    }
  }
}
