package dev.disentangle.objective.discrete;

import ai.djl.ndarray.NDArray;
import dev.disentangle.learner.Step;
import dev.disentangle.model.Codebook;

/**
 * Codes of a batch and the vectors that take their places.
 *
 * @param codebook the vectors
 * @param z the codes, {@code [batch, positions width]}
 * @param choices one-hot, {@code [batch positions, vectors]}
 * @param chosen the nearest vectors, {@code [batch, positions width]}
 */
public record Quantised(Codebook codebook, NDArray z, NDArray choices, NDArray chosen) {

  /**
   * Quantises codes.
   *
   * @param codebook the vectors
   * @param z the codes, {@code [batch, positions width]}
   * @return them with the nearest vectors
   */
  public static Quantised of(Codebook codebook, NDArray z) {
    NDArray choices = codebook.nearest(z);
    int positions = Math.toIntExact(z.getShape().get(1)) / codebook.width();
    return new Quantised(codebook, z, choices, codebook.lookUp(choices, positions));
  }

  /**
   * Returns the vectors, whose gradient goes past the choice to the codes (straight through).
   *
   * @return {@code z + sg[chosen - z]}
   */
  public NDArray straight() {
    return z.add(chosen.sub(z).stopGradient());
  }

  /**
   * Computes how far the vectors are from the codes, with a gradient for the vectors.
   *
   * @return {@code |sg[z] - chosen|^2}, per image
   */
  public NDArray codebookLoss() {
    return distance(z.stopGradient(), chosen);
  }

  /**
   * Computes how far the codes are from the vectors, with a gradient for the codes.
   *
   * @return {@code |z - sg[chosen]|^2}, per image
   */
  public NDArray commitment() {
    return distance(z, chosen.stopGradient());
  }

  private static NDArray distance(NDArray a, NDArray b) {
    return a.sub(b).square().sum(new int[] {1}).mean();
  }

  /**
   * Computes how many vectors are in use.
   *
   * @return {@code e^H} of how often each vector is chosen, from 1 to the codebook's size
   */
  public NDArray perplexity() {
    NDArray share = choices.mean(new int[] {0});
    return share.mul(share.add(1e-10f).log()).sum().neg().exp();
  }

  /**
   * Moves the vectors to the moving averages of the codes when the step ends.
   *
   * @param step the step
   * @param decay share of the old averages that stays
   */
  public void average(Step step, double decay) {
    NDArray averaged = codebook.average(z, choices, decay);
    step.assign(codebook.averages().orElseThrow().parameters().get(0), averaged);
    step.assign(codebook.table().parameters().get(0), codebook.means(averaged));
  }
}
