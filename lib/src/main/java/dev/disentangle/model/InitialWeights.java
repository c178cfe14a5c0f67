package dev.disentangle.model;

/**
 * How wide a network's initial values are spread: uniform in {@code (-b, b)} with {@code b = sqrt(g
 * / fan-in)}, {@code g} for weights and for biases.
 */
public enum InitialWeights {
  /** PyTorch's own, {@code g = 1} for both. Signals shrink from layer to layer. */
  PYTORCH(1, 1),
  /**
   * LeCun et al. (1998, "Efficient BackProp", section 4.6): weights of variance {@code 1 / fan-in},
   * {@code g = 3}, and biases of 0. Images differ in their codes from the start, so a small VAE
   * leaves the prior after some hundred steps, sooner and more surely than with {@link #PYTORCH}.
   */
  LECUN(3, 0);

  private final double weightGain;
  private final double biasGain;

  InitialWeights(double weightGain, double biasGain) {
    this.weightGain = weightGain;
    this.biasGain = biasGain;
  }

  /** The bound {@code b} for one array of a layer. */
  float bound(long fanIn, boolean bias) {
    return (float) Math.sqrt((bias ? biasGain : weightGain) / fanIn);
  }
}
