package dev.disentangle.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.tensor.GradientMode;
import dev.disentangle.tensor.Operations;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Discrete codes (van den Oord, Vinyals &amp; Kavukcuoglu 2017, section 3): {@code positions}
 * choices of one of {@code K} learned vectors each, and an autoregressive prior of the choices,
 *
 * <pre>{@code
 * p(k_1, ..., k_M) = prod_m softmax(b_m + sum_{l < m} W_lm[k_l])[k_m]
 * }</pre>
 *
 * <p>with a table {@code W_lm} for every pair of positions, in the place of the paper's PixelCNN. A
 * code is the chosen vectors, one after the other; its length is {@code positions width}.
 *
 * @param vectors number of vectors {@code K}, at least 2
 * @param width length of a vector, at least 1
 */
public record CodebookPrior(int vectors, int width) implements PriorFamily {

  /**
   * Builds codebook and prior for as many positions as the model has latents. The vectors are at
   * first uniform in {@code (-1, 1)}, all choices equally likely.
   */
  @Override
  public OfPositions build(Model model) {
    int positions = model.latents();
    int choices = Math.multiplyExact(positions, vectors);
    float[] initial = new float[vectors * width];
    for (int i = 0; i < initial.length; i++) {
      initial[i] = (float) model.random().nextDouble(-1, 1);
    }
    Network codebook = LearnedTable.of("codebook", initial, model, width);
    float[] zeros = new float[Math.multiplyExact(choices + 1, choices)];
    Network choice = LearnedTable.of("choices", zeros, model, choices);
    NDArray earlier = earlier(model.manager(), positions).toType(model.type(), false);
    return new OfPositions(codebook, choice, earlier, positions, vectors, width);
  }

  /** Ones where the row's position comes before the column's, and in the last row, the bias. */
  private NDArray earlier(NDManager manager, int positions) {
    int choices = positions * vectors;
    float[] mask = new float[(choices + 1) * choices];
    for (int row = 0; row <= choices; row++) {
      for (int column = 0; column < choices; column++) {
        boolean before = row == choices || row / vectors < column / vectors;
        mask[row * choices + column] = before ? 1 : 0;
      }
    }
    return manager.create(mask, new Shape(choices + 1, choices));
  }

  /**
   * With its weights.
   *
   * @param codebook the vectors
   * @param choice {@code W}, and in its last row {@code b}
   * @param earlier which entries of {@code choice} count
   * @param positions number of choices {@code M}
   * @param vectors number of vectors {@code K}
   * @param width length of a vector
   */
  public record OfPositions(
      Network codebook, Network choice, NDArray earlier, int positions, int vectors, int width)
      implements Prior {

    /**
     * Finds the nearest vectors.
     *
     * @param z {@code [batch, positions width]}
     * @return one-hot choices, {@code [batch positions, vectors]}, without a gradient
     */
    public NDArray nearest(NDArray z) {
      NDArray points = z.stopGradient().reshape(-1, 1, width);
      NDArray all = LearnedTable.all(codebook, z.getManager()).stopGradient();
      NDArray distances = points.sub(all.expandDims(0)).square().sum(new int[] {2});
      return distances.argMin(1).oneHot(vectors).toType(z.getDataType(), false);
    }

    /**
     * Looks up vectors.
     *
     * @param choices one-hot, {@code [batch positions, vectors]}
     * @return {@code [batch, positions width]}; gradients reach the codebook
     */
    public NDArray lookUp(NDArray choices) {
      NDArray all = LearnedTable.all(codebook, choices.getManager());
      return choices.matMul(all).reshape(-1, (long) positions * width);
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
      NDArray table = LearnedTable.all(choice, choices.getManager()).mul(earlier);
      return rows.concat(one, 1).matMul(table).reshape(-1, positions, vectors);
    }

    @Override
    public NDArray logDensity(NDArray codes) {
      return logProbability(nearest(codes));
    }

    @Override
    public NDArray sample(int count, Noise noise) {
      return GradientMode.paused(
          () -> {
            float[] choices = new float[count * positions * vectors];
            for (int m = 0; m < positions; m++) {
              NDArray given = array(choices, noise);
              float[] probabilities = contiguous(logits(given).softmax(2).get(":, {}", m));
              for (int i = 0; i < count; i++) {
                int chosen = choose(probabilities, i * vectors, noise.random());
                choices[(i * positions + m) * vectors + chosen] = 1;
              }
            }
            return lookUp(array(choices, noise));
          });
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

    /** The codebook; the prior of choices has a player of its own. */
    @Override
    public List<Network> networks() {
      return List.of(codebook);
    }
  }
}
