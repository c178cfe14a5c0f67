package dev.disentangle.metric;

import static dev.disentangle.metric.SmallScores.SMALL;
import static dev.disentangle.metric.SmallScores.posteriors;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.disentangle.representation.ImageEncoder;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which images of a data set are encoded for the scores. */
class ScoreSamplesTest {

  @Test
  void encodesOnceAndSamplesLargeDataSets() {
    int[] calls = new int[2];
    ImageEncoder encoder =
        (ImageEncoder)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ImageEncoder.class},
                (proxy, method, arguments) -> {
                  int[] images = (int[]) arguments[1];
                  calls[0]++;
                  calls[1] += images.length;
                  float[][] all = SyntheticCodes.identity();
                  return posteriors(
                      Arrays.stream(images).mapToObj(i -> all[i]).toArray(float[][]::new));
                });
    Scores scores = Scores.of(encoder, new SmallScores.Grid(), SMALL.maxImages(2_000));
    assertArrayEquals(new int[] {1, 2_000}, calls);
    assertEquals(1, scores.value("factorvae"), 0.01);
    Scores whole = Scores.of(encoder, new SmallScores.Grid(), SMALL.only("factorvae"));
    assertEquals(SyntheticCodes.SPACE.size(), calls[1] - 2_000);
    assertEquals(1, whole.value("factorvae"), 0.01);
  }

  /** As many images as there may be are all taken; one less is a sample in ascending order. */
  @Test
  void theSampleOfALargeDataSetHasEachImageOnce() {
    List<int[]> asked = new ArrayList<>();
    ImageEncoder encoder =
        (ImageEncoder)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ImageEncoder.class},
                (proxy, method, arguments) -> {
                  asked.add((int[]) arguments[1]);
                  float[][] all = SyntheticCodes.identity();
                  return posteriors(
                      Arrays.stream(asked.get(asked.size() - 1))
                          .mapToObj(i -> all[i])
                          .toArray(float[][]::new));
                });
    int size = SyntheticCodes.SPACE.size();
    Scores.of(encoder, new SmallScores.Grid(), SMALL.maxImages(size).only("kl"));
    Scores.of(encoder, new SmallScores.Grid(), SMALL.maxImages(size - 1).only("kl"));
    int[] all = new int[size];
    Arrays.setAll(all, i -> i);
    assertArrayEquals(all, asked.get(0));
    int[] distinct = Arrays.stream(asked.get(1)).distinct().sorted().toArray();
    assertArrayEquals(distinct, asked.get(1));
    assertEquals(size - 1, distinct.length);
  }
}
