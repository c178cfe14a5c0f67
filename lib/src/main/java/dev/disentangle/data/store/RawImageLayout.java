package dev.disentangle.data.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;

/**
 * How a {@link RawImageFile} is laid out: a header of {@value #HEADER} bytes (a magic line, the
 * key, the sizes); the images; the SHA-256 of all images; the CRC-32C of each {@value #BLOCK} bytes
 * of images; the CRC-32C of header, SHA-256 and those.
 *
 * @param key what was unpacked
 * @param perImage values per image
 * @param size how many images
 */
record RawImageLayout(String key, int perImage, int size) {

  static final int HEADER = 512;

  private static final int BLOCK = 1 << 24;
  private static final int SHA_256 = 32;

  RawImageLayout {
    if (size < 1) {
      throw new IllegalArgumentException("size must be at least 1, was " + size);
    }
    if (header(key, perImage, size).length > HEADER) {
      throw new IllegalArgumentException("key must be shorter, was " + key);
    }
  }

  /** The source has written more or fewer bytes than it must. */
  static final class LengthException extends IOException {
    private static final long serialVersionUID = 1;

    LengthException(long expected, String found) {
      super("expected " + expected + " bytes of images, found " + found);
    }
  }

  private static byte[] header(String key, int perImage, int size) {
    String text = "disentangle images 2\n" + key + "\n" + size + " " + perImage + "\n";
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private byte[] header() {
    return Arrays.copyOf(header(key, perImage, size), HEADER);
  }

  /** How many bytes all images have. */
  long bytes() {
    return (long) size * perImage;
  }

  private int blocks() {
    return Math.toIntExact((bytes() - 1) / BLOCK + 1);
  }

  private int trailerBytes() {
    return SHA_256 + Integer.BYTES * (blocks() + 1);
  }

  /** Tells whether a file has this header and this length. */
  boolean describes(FileChannel channel) throws IOException {
    return channel.size() == HEADER + bytes() + trailerBytes()
        && Arrays.equals(header(), read(channel, 0, HEADER).array());
  }

  /** Tells whether every byte of a file that {@link #describes} accepts is as it was written. */
  boolean isIntact(FileChannel channel, RawImageFile.Pace pace) throws IOException {
    ByteBuffer trailer = read(channel, HEADER + bytes(), trailerBytes());
    int covered = trailerBytes() - Integer.BYTES;
    if (trailer.getInt(covered) != trailerChecksum(trailer.array(), covered)) {
      return false;
    }
    try {
      return IntStream.range(0, blocks())
          .parallel()
          .allMatch(b -> checksum(channel, b, pace) == trailer.getInt(SHA_256 + Integer.BYTES * b));
    } catch (java.io.UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private int checksum(FileChannel channel, int block, RawImageFile.Pace pace) {
    long start = (long) block * BLOCK;
    long length = Math.min(BLOCK, bytes() - start);
    try {
      CRC32C checksum = new CRC32C();
      checksum.update(channel.map(FileChannel.MapMode.READ_ONLY, HEADER + start, length));
      pace.add(length);
      return (int) checksum.getValue();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private int trailerChecksum(byte[] trailer, int covered) {
    CRC32C checksum = new CRC32C();
    checksum.update(header());
    checksum.update(trailer, 0, covered);
    return (int) checksum.getValue();
  }

  /** The SHA-256 that a file says its images have. */
  String sha256(FileChannel channel) throws IOException {
    return HexFormat.of().formatHex(read(channel, HEADER + bytes(), SHA_256).array());
  }

  private static ByteBuffer read(FileChannel channel, long position, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count);
    while (buffer.hasRemaining() && channel.read(buffer, position + buffer.position()) >= 0) {
      // Reads on until the buffer is full; a file that ends before leaves zeros.
    }
    return buffer.rewind();
  }

  /** Writes a whole file. */
  void write(OutputStream out, RawImageFile.Source source, RawImageFile.Pace pace)
      throws IOException {
    out.write(header());
    Summing images = new Summing(out, pace);
    source.write(images);
    ByteBuffer trailer = images.trailer();
    trailer.putInt(trailerChecksum(trailer.array(), trailer.position()));
    out.write(trailer.array());
  }

  /** Passes images on and takes their checksums. */
  private final class Summing extends OutputStream {

    private final OutputStream out;
    private final RawImageFile.Pace pace;
    private final MessageDigest digest = Checksums.newSha256();
    private final ByteBuffer checksums = ByteBuffer.allocate(Integer.BYTES * blocks());
    private final CRC32C block = new CRC32C();
    private long written;

    Summing(OutputStream out, RawImageFile.Pace pace) {
      this.out = out;
      this.pace = pace;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int count) throws IOException {
      if (written + count > bytes()) {
        throw new LengthException(bytes(), "more");
      }
      out.write(from, offset, count);
      digest.update(from, offset, count);
      for (int done = 0; done < count; ) {
        int some = (int) Math.min(count - done, BLOCK - written % BLOCK);
        block.update(from, offset + done, some);
        done += some;
        written += some;
        if (written % BLOCK == 0 || written == bytes()) {
          checksums.putInt((int) block.getValue());
          block.reset();
        }
      }
      pace.add(count);
    }

    ByteBuffer trailer() throws IOException {
      if (written != bytes()) {
        throw new LengthException(bytes(), Long.toString(written));
      }
      return ByteBuffer.allocate(trailerBytes()).put(digest.digest()).put(checksums.array());
    }
  }
}
