package dev.disentangle.bench;

import dev.disentangle.data.Image;
import java.util.List;

/** How far redrawn images are from those that they should be. */
final class SquaredError {

  private SquaredError() {}

  /** The mean over images of the squared difference, summed over pixels. */
  static double of(List<Image> wanted, List<Image> given) {
    double sum = 0;
    for (int i = 0; i < wanted.size(); i++) {
      sum += between(wanted.get(i).pixels(), given.get(i).pixels());
    }
    return sum / wanted.size();
  }

  /** The same from black images. */
  static double ofBlack(List<Image> wanted) {
    double sum = 0;
    for (Image image : wanted) {
      sum += between(image.pixels(), new float[image.pixels().length]);
    }
    return sum / wanted.size();
  }

  /** The squared difference, summed over two rows of numbers. */
  static double between(float[] wanted, float[] given) {
    double sum = 0;
    for (int p = 0; p < wanted.length; p++) {
      double difference = wanted[p] - given[p];
      sum += difference * difference;
    }
    return sum;
  }
}
