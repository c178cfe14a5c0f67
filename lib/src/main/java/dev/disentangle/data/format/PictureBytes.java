package dev.disentangle.data.format;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.stream.IntStream;

/** Decodes pictures one after the other into a stream of bytes, several at once on all cores. */
public final class PictureBytes {

  private static final int AT_ONCE = 64;

  private final PictureSource source;
  private final List<String> names;
  private final int crop;
  private final int channels;
  private final int height;
  private final int width;
  private int next;

  /**
   * Prepares to decode.
   *
   * @param source the pictures
   * @param names which of them, in order
   * @param crop side of the centred square to cut out; 0 for the largest
   * @param shape the wanted channels (1 for grey, 3 for colour), rows and columns
   */
  public PictureBytes(PictureSource source, List<String> names, int crop, int... shape) {
    this.source = source;
    this.names = names;
    this.crop = crop;
    this.channels = shape[0];
    this.height = shape[1];
    this.width = shape[2];
  }

  /**
   * Decodes the next pictures.
   *
   * @param into receives their bytes
   * @param offset where to begin
   * @param count how many bytes, whole pictures
   * @throws IOException if one cannot be decoded
   */
  public void read(byte[] into, int offset, int count) throws IOException {
    int perImage = channels * height * width;
    for (int end = offset + count; offset < end; ) {
      byte[][] some = decode(Math.min(AT_ONCE, (end - offset) / perImage));
      for (byte[] image : some) {
        System.arraycopy(image, 0, into, offset, perImage);
        offset += perImage;
      }
    }
  }

  /**
   * Decodes all pictures that remain.
   *
   * @param out receives their bytes
   * @throws IOException if one cannot be decoded, or nothing can be written
   */
  public void write(OutputStream out) throws IOException {
    while (next < names.size()) {
      for (byte[] image : decode(Math.min(AT_ONCE, names.size() - next))) {
        out.write(image);
      }
    }
  }

  private byte[][] decode(int count) throws IOException {
    byte[][] images = new byte[count][];
    IOException[] errors = new IOException[count];
    int first = next;
    IntStream.range(0, count)
        .parallel()
        .forEach(
            i -> {
              try {
                images[i] =
                    Pixels.square(
                        source.picture(names.get(first + i)), crop, channels, height, width);
              } catch (IOException e) {
                errors[i] = e;
              }
            });
    for (int i = 0; i < count; i++) {
      if (errors[i] != null) {
        throw errors[i];
      }
    }
    next += count;
    return images;
  }
}
