package dev.disentangle.data.format;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;

/** Compares the checksum of all bytes read with the expected one when the stream ends. */
final class ChecksumInput extends FilterInputStream {

  private final CRC32 actual = new CRC32();
  private final long expected;
  private final String name;

  ChecksumInput(InputStream input, long expected, String name) {
    super(input);
    this.expected = expected;
    this.name = name;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int count) throws IOException {
    int got = in.read(into, offset, count);
    if (got > 0) {
      actual.update(into, offset, got);
    } else if (got < 0 && actual.getValue() != expected) {
      throw new IOException(
          String.format("%s: expected CRC-32 %08x, found %08x", name, expected, actual.getValue()));
    }
    return got;
  }

  @Override
  public long skip(long count) throws IOException {
    throw new UnsupportedOperationException("skipped bytes would be missing from the checksum");
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
