package dev.disentangle.bench;

import dev.disentangle.data.Image;
import dev.disentangle.data.ImageData;
import dev.disentangle.metric.FrechetDistance;
import dev.disentangle.metric.RandomProjectionEmbedding;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How far images are from every second one of MNIST's test digits: the Fréchet distance of random
 * features of their pixels, which no published distance compares with. The first and the last half
 * of them would not do, as they come from different writers.
 */
final class DigitDistance {

  /** Images on either side. */
  static final int JUDGED = 5_000;

  private final RandomProjectionEmbedding embedding;
  private final List<Image> real;
  private final List<Image> others;
  private final float[][] features;

  DigitDistance(ImageData test) {
    this.embedding = new RandomProjectionEmbedding(test.shape(), 0);
    this.real = everySecond(test, 0);
    this.others = everySecond(test, 1);
    this.features = embedding.features(real);
  }

  private static List<Image> everySecond(ImageData data, int first) {
    return IntStream.range(0, JUDGED).mapToObj(i -> data.image(2 * i + first)).toList();
  }

  /** Says what the features are. */
  String features() {
    return embedding.name();
  }

  /** The test digits of even index. */
  List<Image> real() {
    return real;
  }

  /** The distance of these images. */
  double of(List<Image> images) {
    return FrechetDistance.of(features, embedding.features(images), embedding.name()).value();
  }

  /** The distance of the other half, which no model is expected to go below. */
  double ofOtherHalf() {
    return of(others);
  }
}
