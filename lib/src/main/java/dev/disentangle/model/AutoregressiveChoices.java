package dev.disentangle.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.tensor.Operations;
import java.util.random.RandomGenerator;

/**
 * A distribution of choices, each given the ones before it, in the place of the PixelCNN of van den
 * Oord, Vinyals &amp; Kavukcuoglu 2017:
 *
 * <pre>{@code
 * p(k_1, ..., k_M) = prod_m softmax(b_m + sum_{l < m} W_lm[k_l])[k_m]
 * }</pre>
 *
 * <p>with a table {@code W_lm} for every pair of positions.
 *
 * @param table {@code W}, and in its last row {@code b}
 * @param earlier which entries of {@code table} count
 * @param positions number of choices {@code M}
 * @param vectors what each has to choose from
 */
public record AutoregressiveChoices(Network table, NDArray earlier, int positions, int vectors) {

  /**
   * Makes all choices equally likely.
   *
   * @param model owner and data type of the weights
   * @param positions number of choices
   * @param vectors what each has to choose from
   * @return the distribution
   */
  static AutoregressiveChoices of(PriorFamily.Model model, int positions, int vectors) {
    int choices = Math.multiplyExact(positions, vectors);
    float[] zeros = new float[Math.multiplyExact(choices + 1, choices)];
    Network table = LearnedTable.of("choices", zeros, model, choices);
    float[] mask = new float[zeros.length];
    for (int row = 0; row <= choices; row++) {
      for (int column = 0; column < choices; column++) {
        boolean before = row == choices || row / vectors < column / vectors;
        mask[row * choices + column] = before ? 1 : 0;
      }
    }
    NDArray earlier =
        model.manager().create(mask, new Shape(choices + 1, choices)).toType(model.type(), false);
    return new AutoregressiveChoices(table, earlier, positions, vectors);
  }

  /**
   * Computes {@code log p(k_1, ..., k_M)}.
   *
   * @param choices one-hot, {@code [batch positions, vectors]}
   * @return nats, {@code [batch]}
   */
  public NDArray logProbability(NDArray choices) {
    NDArray each = logits(choices).logSoftmax(2).mul(choices.reshape(-1, positions, vectors));
    return each.sum(new int[] {1, 2});
  }

  /** What every position says of its choices, given the choices before it. */
  private NDArray logits(NDArray choices) {
    NDArray rows = choices.reshape(-1, (long) positions * vectors);
    NDArray one = rows.get(":, :1").zerosLike().add(1f);
    NDArray counting = LearnedTable.all(table, choices.getManager()).mul(earlier);
    return rows.concat(one, 1).matMul(counting).reshape(-1, positions, vectors);
  }

  /**
   * Draws choices, one position after the other.
   *
   * @param count how many times all positions
   * @param noise source of randomness
   * @return one-hot, {@code [count positions, vectors]}
   */
  NDArray draw(int count, Noise noise) {
    float[] choices = new float[count * positions * vectors];
    for (int m = 0; m < positions; m++) {
      NDArray given = array(choices, noise);
      float[] probabilities = contiguous(logits(given).softmax(2).get(":, {}", m));
      for (int i = 0; i < count; i++) {
        int chosen = choose(probabilities, i * vectors, noise.random());
        choices[(i * positions + m) * vectors + chosen] = 1;
      }
    }
    return array(choices, noise);
  }

  private static float[] contiguous(NDArray array) {
    return Operations.contiguous(array).toType(DataType.FLOAT32, false).toFloatArray();
  }

  private NDArray array(float[] choices, Noise noise) {
    Shape shape = new Shape(choices.length / vectors, vectors);
    return noise.manager().create(choices, shape).toType(noise.type(), false);
  }

  private int choose(float[] probabilities, int from, RandomGenerator random) {
    double left = random.nextDouble();
    int chosen = 0;
    while (chosen < vectors - 1 && left >= probabilities[from + chosen]) {
      left -= probabilities[from + chosen++];
    }
    return chosen;
  }
}
