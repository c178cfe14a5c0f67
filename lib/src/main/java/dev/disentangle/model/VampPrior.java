package dev.disentangle.model;

import ai.djl.ndarray.NDArray;
import dev.disentangle.data.Batches;
import dev.disentangle.data.ImageData;
import dev.disentangle.data.ImageShape;
import dev.disentangle.tensor.GradientMode;
import dev.disentangle.tensor.Operations;
import java.util.List;
import java.util.function.Function;

/**
 * The variational mixture of posteriors (Tomczak &amp; Welling 2018, equation 9): the encoder's own
 * posteriors at {@code K} learned pseudo-inputs {@code u_k},
 *
 * <pre>{@code
 * p(z) = 1/K sum_k q(z | u_k)
 * }</pre>
 *
 * <p>With the data for pseudo-inputs it would be the aggregate posterior, the best prior there is
 * for the evidence lower bound. Pseudo-inputs are images, at first different ones of the data; as
 * in the authors' code they may leave {@code [0, 1]} and are cut to it before they are encoded. The
 * divergence from a posterior has no closed form and is estimated by the step's samples, and each
 * step encodes all pseudo-inputs beside its batch.
 *
 * @param pseudoInputs their number {@code K}, at least 1; the paper uses 500 for MNIST
 */
public record VampPrior(int pseudoInputs) implements PriorFamily {

  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public VampPrior {
    if (pseudoInputs < 1) {
      throw new IllegalArgumentException("pseudoInputs must be at least 1, was " + pseudoInputs);
    }
  }

  /**
   * Builds the prior, with images of the data for its first pseudo-inputs.
   *
   * @throws IllegalArgumentException if the data set has fewer images than pseudo-inputs
   */
  @Override
  public Prior build(Model model) {
    ImageData data = model.data();
    if (pseudoInputs > data.size()) {
      throw new IllegalArgumentException(
          "pseudoInputs must be at most the number of images, "
              + data.size()
              + " in "
              + data.name()
              + ", was "
              + pseudoInputs);
    }
    ImageShape shape = data.shape();
    float[] pixels = new float[Math.multiplyExact(pseudoInputs, shape.pixels())];
    data.read(Batches.draw(pseudoInputs, data.size(), model.random()), pixels);
    Network table =
        LearnedTable.of(
            "pseudo-inputs", pixels, model, shape.channels(), shape.height(), shape.width());
    return new Mixture(table, pseudoInputs, model.latents(), model.encoder());
  }

  /**
   * A mixture with its pseudo-inputs.
   *
   * @param table one image per row
   * @param count their number
   * @param latents number of latents
   * @param encoder the model's encoder
   */
  private record Mixture(
      Network table, int count, int latents, Function<NDArray, Posterior> encoder)
      implements Prior {

    @Override
    public NDArray logDensity(NDArray z) {
      Posterior components = encode(LearnedTable.all(table, z.getManager()));
      NDArray each = components.logDensity(z.expandDims(1));
      return Operations.logSumExp(each).sub((float) Math.log(count));
    }

    private Posterior encode(NDArray pseudoInputs) {
      return encoder.apply(Distributions.one("within_unit_interval", pseudoInputs));
    }

    @Override
    public NDArray sample(int wanted, Noise noise) {
      float[] chosen = new float[wanted];
      for (int i = 0; i < wanted; i++) {
        chosen[i] = noise.random().nextInt(count);
      }
      return GradientMode.paused(
          () -> {
            NDArray images = table.forward(noise.manager().create(chosen).expandDims(1));
            return encode(images).sample(noise.normal(wanted, latents));
          });
    }

    @Override
    public List<Network> networks() {
      return List.of(table);
    }
  }
}
