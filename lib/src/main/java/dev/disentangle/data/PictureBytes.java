package dev.disentangle.data;

import dev.disentangle.data.format.PictureSource;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.stream.IntStream;

/** Decodes pictures one after the other into a stream of bytes, several at once on all cores. */
final class PictureBytes implements ByteImages.Source, RawImageFile.Source {

  private static final int AT_ONCE = 64;

  private final PictureSource source;
  private final List<String> names;
  private final int crop;
  private final ImageShape shape;
  private final MessageDigest digest;
  private int next;

  /**
   * Prepares to decode.
   *
   * @param source the pictures
   * @param names which of them, in order
   * @param crop side of the centred square to cut out; 0 for the largest
   * @param shape the wanted size
   * @param digest is fed all bytes
   */
  PictureBytes(
      PictureSource source, List<String> names, int crop, ImageShape shape, MessageDigest digest) {
    this.source = source;
    this.names = names;
    this.crop = crop;
    this.shape = shape;
    this.digest = digest;
  }

  @Override
  public void read(byte[] into, int offset, int count) throws IOException {
    int perImage = shape.pixels();
    for (int end = offset + count; offset < end; ) {
      byte[][] some = decode(Math.min(AT_ONCE, (end - offset) / perImage));
      for (byte[] image : some) {
        System.arraycopy(image, 0, into, offset, perImage);
        offset += perImage;
      }
    }
  }

  @Override
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
                images[i] = Pixels.square(source.picture(names.get(first + i)), crop, shape);
              } catch (IOException e) {
                errors[i] = e;
              }
            });
    for (int i = 0; i < count; i++) {
      if (errors[i] != null) {
        throw errors[i];
      }
      digest.update(images[i]);
    }
    next += count;
    return images;
  }
}
