package dev.disentangle.data.format;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** A stream that knows its file's name and its position, for errors that say both. */
final class CountedInput implements AutoCloseable {

  private final InputStream input;
  private final String name;
  private long position;

  CountedInput(InputStream input, String name) {
    this.input = input;
    this.name = name;
  }

  long position() {
    return position;
  }

  /** Fills part of an array, or says what is missing. */
  void read(byte[] into, int offset, int count, String expected) throws IOException {
    int got;
    try {
      got = input.readNBytes(into, offset, count);
    } catch (EOFException e) {
      throw new IOException(
          name
              + ", offset "
              + position
              + ": expected "
              + expected
              + ", but the"
              + " compressed data end here",
          e);
    } catch (IOException e) {
      throw new IOException(
          name + ", offset " + position + ": expected " + expected + ", " + e.getMessage(), e);
    }
    position += got;
    if (got < count) {
      throw error(position, expected + ", but the file ends here");
    }
  }

  byte[] bytes(int count, String expected) throws IOException {
    byte[] bytes = new byte[count];
    read(bytes, 0, count, expected);
    return bytes;
  }

  /** Checks that nothing follows; with it, that the checksum of compressed data is right. */
  void end() throws IOException {
    int next;
    try {
      next = input.read();
    } catch (IOException e) {
      throw new IOException(
          name + ", offset " + position + ": expected sound data, " + e.getMessage(), e);
    }
    if (next >= 0) {
      throw error(position, "the end of the file");
    }
  }

  IOException error(long offset, String expected) {
    return new IOException(name + ", offset " + offset + ": expected " + expected);
  }

  @Override
  public void close() throws IOException {
    input.close();
  }
}
