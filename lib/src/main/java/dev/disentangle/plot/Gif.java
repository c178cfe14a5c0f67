package dev.disentangle.plot;

import com.madgag.gif.fmsware.AnimatedGifEncoder;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** Writes pictures as a GIF that repeats for ever. */
final class Gif {

  private Gif() {}

  /**
   * Encodes frames.
   *
   * @param frames pictures of one size
   * @param milliseconds how long each is shown
   */
  static byte[] encode(List<BufferedImage> frames, int milliseconds) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    AnimatedGifEncoder encoder = new AnimatedGifEncoder();
    encoder.start(bytes);
    encoder.setRepeat(0);
    encoder.setDelay(milliseconds);
    for (BufferedImage frame : frames) {
      encoder.addFrame(frame);
    }
    encoder.finish();
    return bytes.toByteArray();
  }
}
