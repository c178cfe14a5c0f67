package dev.disentangle.model;

import ai.djl.ndarray.NDArray;
import dev.disentangle.tensor.Operations;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Learned vectors {@code e_1, ..., e_K}, the nearest of which takes a code's place (van den Oord,
 * Vinyals &amp; Kavukcuoglu 2017, section 3.1).
 *
 * <p>The vectors learn by a gradient, or as moving averages of the codes that chose them (their
 * appendix A.1; Razavi, van den Oord &amp; Vinyals 2019, equation 3): with {@code n_k} codes {@code
 * z} in the batch whose nearest vector is {@code e_k},
 *
 * <pre>{@code
 * N_k <- decay N_k + (1 - decay) n_k
 * m_k <- decay m_k + (1 - decay) sum z
 * e_k <- (m_k + r e_k) / (N_k + r)
 * }</pre>
 *
 * <p>with {@code r = 1e-5}, which leaves a vector that no code chooses where it is.
 *
 * @param table the vectors, one per row
 * @param averages one row of {@code m_k} and {@code N_k} per vector; empty where they learn by a
 *     gradient
 * @param vectors their number {@code K}
 * @param width length of a vector
 */
public record Codebook(Network table, Optional<Network> averages, int vectors, int width) {

  private static final float REST = 1e-5f;

  /**
   * Draws vectors uniformly in {@code (-1, 1)}, each the mean of one code.
   *
   * @param name what errors and checkpoints call the vectors
   * @param model owner and data type of the weights
   * @param vectors their number
   * @param width length of a vector
   * @param averaged whether they are moving averages
   * @return the codebook
   */
  static Codebook of(
      String name, PriorFamily.Model model, int vectors, int width, boolean averaged) {
    float[] initial = new float[vectors * width];
    float[] rows = new float[vectors * (width + 1)];
    for (int k = 0; k < vectors; k++) {
      for (int i = 0; i < width; i++) {
        initial[k * width + i] = (float) model.random().nextDouble(-1, 1);
        rows[k * (width + 1) + i] = initial[k * width + i];
      }
      rows[k * (width + 1) + width] = 1;
    }
    Network table = LearnedTable.of(name, initial, model, width);
    Optional<Network> averages =
        averaged
            ? Optional.of(LearnedTable.of(name + "-averages", rows, model, width + 1L))
            : Optional.empty();
    return new Codebook(table, averages, vectors, width);
  }

  /**
   * Finds the nearest vectors.
   *
   * @param z {@code [batch, positions width]}
   * @return one-hot choices, {@code [batch positions, vectors]}, without a gradient
   */
  public NDArray nearest(NDArray z) {
    NDArray points = z.stopGradient().reshape(-1, 1, width);
    NDArray distances = points.sub(fixed(table, z).expandDims(0)).square().sum(new int[] {2});
    return distances.argMin(1).oneHot(vectors).toType(z.getDataType(), false);
  }

  /**
   * Looks up vectors.
   *
   * @param choices one-hot, {@code [batch positions, vectors]}
   * @param positions choices per code
   * @return {@code [batch, positions width]}; gradients reach the vectors
   */
  public NDArray lookUp(NDArray choices, int positions) {
    NDArray all = LearnedTable.all(table, choices.getManager());
    return choices.matMul(all).reshape(-1, (long) positions * width);
  }

  /**
   * Moves the averages by one batch.
   *
   * @param z the codes, {@code [batch, positions width]}
   * @param choices what they chose, one-hot, {@code [batch positions, vectors]}
   * @param decay share of the old averages that stays, in {@code [0, 1)}
   * @return the new {@code m_k} and {@code N_k}, {@code [vectors, width + 1]}
   * @throws java.util.NoSuchElementException if the vectors learn by a gradient
   */
  public NDArray average(NDArray z, NDArray choices, double decay) {
    NDArray points = z.stopGradient().reshape(-1, width);
    NDArray ones = points.get(":, :1").zerosLike().add(1f);
    NDArray batch = choices.transpose().matMul(points.concat(ones, 1));
    NDArray before = fixed(averages.orElseThrow(), z);
    return Operations.scale(before, decay).add(Operations.scale(batch, 1 - decay));
  }

  /**
   * Divides sums by counts.
   *
   * @param averaged {@code m_k} and {@code N_k}, {@code [vectors, width + 1]}
   * @return the new vectors, {@code [vectors, width]}
   */
  public NDArray means(NDArray averaged) {
    NDArray rest = Operations.scale(fixed(table, averaged), REST);
    return averaged.get(":, :-1").add(rest).div(averaged.get(":, -1:").add(REST));
  }

  private static NDArray fixed(Network network, NDArray like) {
    return LearnedTable.all(network, like.getManager()).stopGradient();
  }

  /**
   * Returns what is learned.
   *
   * @return the vectors, then their averages if there are
   */
  public List<Network> networks() {
    return Stream.concat(Stream.of(table), averages.stream()).toList();
  }
}
