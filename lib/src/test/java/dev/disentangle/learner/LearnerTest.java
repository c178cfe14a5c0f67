package dev.disentangle.learner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDManager;
import dev.disentangle.objective.BetaVae;
import dev.disentangle.objective.TinyNetworks;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The batch that a method gets unless it asks for another. */
class LearnerTest {

  @Test
  void aBatchHoldsDifferentImagesInRandomOrder() {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      Learner learner = TinyNetworks.learner(new BetaVae(4), manager, 2, 10);
      int size = TinyNetworks.data().size();
      int rounds = 2_000;
      int[] first = new int[size];
      for (int round = 0; round < rounds; round++) {
        int[] batch =
            learner.indices(0, TinyNetworks.data(), 10, round, new SplittableRandom(round));
        assertEquals(10, Arrays.stream(batch).distinct().count());
        first[batch[0]]++;
      }
      double expected = (double) rounds / size;
      double distance =
          IntStream.of(first).mapToDouble(n -> Math.pow(n - expected, 2) / expected).sum();
      // Chi-squared with 49 degrees of freedom is above 86 once in a thousand times.
      assertEquals(43, distance, 43, "every image is as likely to come first");
      learner.players().forEach(Player::close);
    }
  }
}
