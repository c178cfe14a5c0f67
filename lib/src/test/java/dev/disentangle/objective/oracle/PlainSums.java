package dev.disentangle.objective.oracle;

import java.util.Arrays;

/** What several oracles add up. */
final class PlainSums {

  private PlainSums() {}

  static double[] joined(double[]... parts) {
    return Arrays.stream(parts).flatMapToDouble(Arrays::stream).toArray();
  }

  static double[] oneHot(int chosen, int count) {
    double[] vector = new double[count];
    vector[chosen] = 1;
    return vector;
  }

  /** {@code -sum_p log p(x_p)} of Bernoulli pixels. */
  static double bernoulli(double[] image, double... logits) {
    double sum = 0;
    for (int p = 0; p < image.length; p++) {
      double y = PlainPass.logistic(logits[p]);
      sum -= image[p] * Math.log(y) + (1 - image[p]) * Math.log(1 - y);
    }
    return sum;
  }

  /**
   * The mean {@code m + e^(v / 2) noise} of outputs that hold all {@code m}, then all {@code v}.
   */
  static double[] drawn(double[] outputs, double... noise) {
    double[] z = new double[noise.length];
    for (int j = 0; j < z.length; j++) {
      z[j] = outputs[j] + Math.exp(outputs[z.length + j] / 2) * noise[j];
    }
    return z;
  }

  /** {@code KL(N(m, e^v) || N(m', e^v'))}, both given as all {@code m}, then all {@code v}. */
  static double divergence(double[] q, double... p) {
    int latents = q.length / 2;
    double sum = 0;
    for (int j = 0; j < latents; j++) {
      double ratio = Math.exp(q[latents + j] - p[latents + j]);
      double error = Math.pow(q[j] - p[j], 2) / Math.exp(p[latents + j]);
      sum += (ratio + error - 1 - Math.log(ratio)) / 2;
    }
    return sum;
  }

  static double[] softmax(double... logs) {
    double sum = Arrays.stream(logs).map(Math::exp).sum();
    return Arrays.stream(logs).map(l -> Math.exp(l) / sum).toArray();
  }

  /** {@code e^H} of shares. */
  static double perplexity(double... shares) {
    double entropy = 0;
    for (double share : shares) {
      entropy -= share > 0 ? share * Math.log(share) : 0;
    }
    return Math.exp(entropy);
  }
}
