package dev.disentangle.objective.adversary;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.objective.Aae;
import dev.disentangle.objective.TinyNetworks;
import dev.disentangle.tensor.Adam;
import dev.disentangle.tensor.GradientMode;
import dev.disentangle.tensor.Gradients;
import dev.disentangle.tensor.Operations;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Whom the gradients of the two losses on codes reach. */
class LatentAdversaryTest {

  @Test
  void onlyThePenaltyReachesWhoeverMadeTheCodes() {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      LatentAdversary adversary =
          new LatentAdversary(TinyNetworks.assembly(new Aae(), manager, 2, 3), Adam.of(1e-4));
      double[] values = new SplittableRandom(1).doubles(6, -1, 1).toArray();
      NDArray z = Operations.leaf(manager.create(values, new Shape(3, 2)));
      GradientMode.recording(
          () -> {
            NDArray loss = adversary.loss(z.neg(), z);
            double[] through = Gradients.of(loss, List.of(z)).get(0).toDoubleArray();
            NDArray other = adversary.loss(z.neg(), z.add(1));
            double[] same = Gradients.of(other, List.of(z)).get(0).toDoubleArray();
            // What is left goes through the samples of the prior, which the codes do not change.
            assertArrayEquals(same, through, 1e-12);
            NDArray penalty = adversary.penalty(z);
            double[] pull = Gradients.of(penalty, List.of(z)).get(0).toDoubleArray();
            assertTrue(Arrays.stream(pull).anyMatch(g -> Math.abs(g) > 1e-4));
            return null;
          });
      adversary.player().close();
    }
  }
}
