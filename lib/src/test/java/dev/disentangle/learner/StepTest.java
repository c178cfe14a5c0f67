package dev.disentangle.learner;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.model.Layer;
import dev.disentangle.model.LayeredBlock;
import dev.disentangle.model.Network;
import dev.disentangle.model.Precision;
import dev.disentangle.tensor.Adam;
import dev.disentangle.tensor.GradientMode;
import dev.disentangle.tensor.Operations;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A step's noise, and its gradients on their way to the optimisers. */
class StepTest {

  private static final double RATE = 0.01;

  private final NDManager manager = NDManager.newBaseManager("PyTorch");
  private final Player first = player("first");
  private final Player second = player("second");

  @AfterEach
  void close() {
    first.close();
    second.close();
    manager.close();
  }

  /** {@code y = w x + b} of two inputs. */
  private Player player(String name) {
    LayeredBlock block =
        new LayeredBlock(Precision.FLOAT32, new long[] {2}, List.of(new Layer.Dense(1)));
    Network network =
        Network.of(
            name + " net",
            block,
            new long[] {2},
            new long[] {1},
            manager,
            new SplittableRandom(name.length()));
    return new Player(name, Adam.of(RATE, 0, 0.9), List.of(network));
  }

  private Step step(long number) {
    return new Step(number, manager, List.of(), 7);
  }

  private static NDArray output(Player player, NDArray x) {
    return player.networks().get(0).forward(x);
  }

  private static float[] weights(Player player) {
    return player.parameters().get(0).toFloatArray();
  }

  /** What the optimiser got: without decay its mean is the last gradient. */
  private static float[] gradient(Player player) {
    return player.optimizer().moments().get(0).toFloatArray();
  }

  private NDArray x() {
    return manager.create(new float[] {2, -3}, new Shape(1, 2));
  }

  @Test
  void weightsMoveAtTheUpdateAndOnlyThoseOfTheirPlayer() {
    Step step = step(4);
    float[] before = weights(first);
    float[] others = weights(second);
    GradientMode.recording(
        () -> {
          step.minimise(first, output(first, x()).add(output(second, x())).sum());
          return null;
        });
    assertArrayEquals(before, weights(first), "not yet");
    assertEquals("the weights are as before this step", step.moved());
    step.update();
    // Adam's first step is one rate long against the gradient (2, -3).
    float[] expected = {before[0] - (float) RATE, before[1] + (float) RATE};
    assertArrayEquals(expected, weights(first), 1e-6f);
    assertArrayEquals(others, weights(second));
    assertArrayEquals(new float[] {2, -3}, gradient(first));
    assertEquals(4, step.number());
    step.update();
    assertEquals(1, first.optimizer().step(), "a gradient counts once");
    String once = "the first has learnt once in this step, all other weights are as before it";
    assertEquals(once, step.moved());
  }

  @Test
  void gradientsAreThoseOfTheLossAndOfWhatIsAddedAtAnArray() {
    Step step = step(0);
    GradientMode.recording(
        () -> {
          NDArray leaf = Operations.leaf(x());
          NDArray loss = Operations.scale(output(first, leaf).sum(), 3);
          NDArray atInput = step.minimise(first, loss, leaf);
          assertEquals(new Shape(1, 2), atInput.getShape());
          float[] w = weights(first);
          assertArrayEquals(new float[] {3 * w[0], 3 * w[1]}, atInput.toFloatArray(), 1e-6f);
          NDArray z = output(second, x());
          NDArray known = manager.create(new float[] {10}, new Shape(1, 1));
          step.minimise(second, z.sum(), z, known);
          return null;
        });
    step.update();
    assertArrayEquals(new float[] {6, -9}, gradient(first), 1e-6f);
    assertArrayEquals(new float[] {22, -33}, gradient(second), 1e-6f);
  }

  @Test
  void aKeptGraphServesTwoPlayers() {
    Step step = step(0);
    GradientMode.recording(
        () -> {
          NDArray both = output(first, x()).mul(output(second, x())).sum();
          step.minimiseKeepingGraph(first, both);
          step.minimise(second, both);
          return null;
        });
    float factor = GradientMode.paused(() -> output(second, x()).getFloat());
    step.update();
    assertArrayEquals(new float[] {2 * factor, -3 * factor}, gradient(first), 1e-5f);
  }

  @Test
  void twoLossesOfOnePlayerNeedAnUpdateBetweenThem() {
    Step step = step(0);
    GradientMode.recording(
        () -> {
          step.minimise(first, output(first, x()).sum());
          IllegalStateException error =
              assertThrows(
                  IllegalStateException.class,
                  () -> step.minimise(first, output(first, x()).sum()));
          assertEquals(
              "the first minimises two losses; call update() between them", error.getMessage());
          step.update();
          step.minimise(first, output(first, x()).sum());
          step.update();
          return null;
        });
    assertTrue(step.moved().startsWith("the first has learnt 2 times in this step, all other"));
  }

  @Test
  void aGradientThatIsNotFiniteMovesNobody() {
    Step step = step(12);
    float[] before = weights(second);
    GradientMode.recording(
        () -> {
          step.minimise(second, output(second, x()).sum());
          NDArray bad = manager.create(new float[] {Float.NaN, 0}, new Shape(1, 2));
          step.minimise(first, output(first, bad).sum());
          return null;
        });
    String message = assertThrows(NonFiniteException.class, step::update).getMessage();
    assertTrue(message.contains("the gradient of the first's first net/0_weight"), message);
    assertTrue(message.contains("shape (1, 2)"), message);
    assertTrue(message.contains("at step 12; the weights are as before this step"), message);
    assertArrayEquals(before, weights(second));
  }

  @Test
  void gradientsThatOverflowTogetherAreToldApart() {
    Step step = step(12);
    GradientMode.recording(
        () -> {
          // The weights' gradients add up to 3e38, the bias has 2e38; the largest float is 3.4e38.
          NDArray one = manager.create(new float[] {1, 0.5f}, new Shape(1, 2));
          step.minimise(first, Operations.scale(output(first, one).sum(), 2e38));
          return null;
        });
    String message = assertThrows(NonFiniteException.class, step::update).getMessage();
    assertTrue(message.contains("the first are too large to add up"), message);
    assertTrue(message.contains("at step 12; the weights"), message);
  }

  @Test
  void noiseComesFromTheSeedInTheTypeOfTheImages() {
    NDArray images = manager.zeros(new Shape(1, 1), DataType.FLOAT64);
    NDArray other = manager.ones(new Shape(1, 1), DataType.FLOAT64);
    Step step = new Step(0, manager, List.of(images, other), 7);
    Step same = new Step(3, manager, List.of(images), 7);
    Step another = new Step(0, manager, List.of(images), 8);
    assertEquals(images, step.images());
    assertEquals(other, step.images(1));
    double[] drawn = step.normal(2, 3).toDoubleArray();
    assertArrayEquals(drawn, same.normalLike(manager.ones(new Shape(2, 3))).toDoubleArray());
    assertTrue(!Arrays.equals(drawn, another.normal(2, 3).toDoubleArray()));
    assertEquals(DataType.FLOAT32, step(0).normal(1).getDataType());
    assertEquals(new SplittableRandom(7).nextLong(), step(0).random().nextLong());
    double[] uniform = step.uniform(2, 5, 4_000).toDoubleArray();
    double mean = Arrays.stream(uniform).average().orElseThrow();
    double least = Arrays.stream(uniform).min().orElseThrow();
    double most = Arrays.stream(uniform).max().orElseThrow();
    assertTrue(least >= 2 && least < 2.02 && most < 5 && most > 4.98, least + " to " + most);
    // 4,000 draws give the mean to sqrt(9 / 12 / 4000) = 0.014, here four times that.
    assertEquals(3.5, mean, 0.056);
  }

  @Test
  void everyColumnGetsAPermutationAndAllAreAsLikely() {
    Step step = step(0);
    Map<String, Integer> seen = new HashMap<>();
    int rounds = 1_200;
    int differ = 0;
    for (int round = 0; round < rounds; round++) {
      NDArray index = step.permutations(3, 2);
      assertEquals(DataType.INT64, index.getDataType());
      long[] values = index.toLongArray();
      long[] left = {values[0], values[2], values[4]};
      long[] right = {values[1], values[3], values[5]};
      seen.merge(Arrays.toString(left), 1, Integer::sum);
      differ += Arrays.equals(left, right) ? 0 : 1;
      Arrays.sort(right);
      assertArrayEquals(new long[] {0, 1, 2}, right);
      index.close();
    }
    assertEquals(6, seen.size());
    // 200 of each are expected, with a deviation of 13; here four times that.
    seen.forEach((order, times) -> assertEquals(200, times, 52, order));
    assertEquals(1_000, differ, 52, "columns are permuted by themselves");
  }
}
