package dev.disentangle.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.data.Image;
import dev.disentangle.history.Terms;
import dev.disentangle.objective.InfiniteMixtureVae;
import dev.disentangle.tensor.Adam;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How many components the data take, and what they draw. */
class InfiniteMixtureVaeTest {

  private static final int LATENTS = 2;
  private static final int COMPONENTS = 10;

  private final Clusters images = new Clusters();

  /** Seeds 0 to 3 use three each; with few components in use the others stay near the average. */
  @Test
  void threeKindsOfImagesTakeThreeOfTenComponents() {
    InfiniteMixtureVae method = new InfiniteMixtureVae(COMPONENTS, 1, 200, 0.05, Adam.of(1e-2));
    try (Training training =
        Training.of(method, images)
            .latents(LATENTS)
            .batchSize(12)
            .seed(1)
            .architecture(Blobs.architecture())
            .measureEvery(0)
            .build()) {
      training.run(400);
      double used = training.history().last(InfiniteMixtureVae.COMPONENTS_IN_USE);
      assertEquals(3, used, 0.3, "components in use");
      int[] all = IntStream.range(0, images.size()).toArray();
      float[][] codes = training.model().encode(images, all).means();
      Set<Integer> components = new HashSet<>();
      for (int kind = 0; kind < 3; kind++) {
        int first = component(codes[8 * kind]);
        components.add(first);
        for (int shade = 1; shade < 8; shade++) {
          assertEquals(first, component(codes[8 * kind + shade]), "kind " + kind);
        }
      }
      assertEquals(3, components.size(), "one for each kind");
      // A component draws what it was assigned: the kind of image 0 is its two upper rows.
      List<Image> drawn = training.model().sample(component(codes[0]), 20, 3);
      drawn.forEach(image -> assertTrue(upper(image) > 0.6, "of its mass " + upper(image)));
      long mixed =
          training.model().sample(60, 4).stream().filter(image -> upper(image) > 0.6).count();
      // A third of 60, to four standard deviations of 3.7.
      assertEquals(20, mixed, 15);
    }
  }

  /**
   * Nothing holds what a component says of images that are another's. At this rate its variances
   * soon leave the range of a float, and nothing times infinitely many nats is not a number.
   */
  @Test
  void whatAComponentSaysOfTheOthersImagesCostsNothing() {
    InfiniteMixtureVae method = new InfiniteMixtureVae(COMPONENTS, 1, 1, 0.05, Adam.of(0.2));
    try (Training training =
        Training.of(method, images)
            .latents(LATENTS)
            .batchSize(12)
            .architecture(Blobs.architecture())
            .measureEvery(0)
            .build()) {
      training.run(40);
      assertTrue(Double.isFinite(training.history().last(Terms.KL)));
    }
  }

  private static int component(float... code) {
    int best = 0;
    for (int c = 0; c < COMPONENTS; c++) {
      best = code[LATENTS + c] > code[LATENTS + best] ? c : best;
    }
    assertEquals(1, code[LATENTS + best], "one-hot");
    return best;
  }

  /** The share of an image's mass in its two upper rows. */
  private static double upper(Image image) {
    double all = 0;
    for (float pixel : image.pixels()) {
      all += pixel;
    }
    float[] rows = Arrays.copyOf(image.pixels(), 16);
    double sum = 0;
    for (float pixel : rows) {
      sum += pixel;
    }
    return sum / all;
  }
}
