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

  /** {@code -log N(x; m, e^v)} of outputs that hold all {@code m}, then all {@code v}. */
  static double gaussian(double[] outputs, double... x) {
    double sum = 0;
    for (int j = 0; j < x.length; j++) {
      double variance = Math.exp(outputs[x.length + j]);
      sum += 0.5 * (Math.pow(x[j] - outputs[j], 2) / variance + Math.log(2 * Math.PI * variance));
    }
    return sum;
  }

  /** Every component's density at {@code z} over their sum; each has all means, then variances. */
  static double[] responsibilities(double[] components, double... z) {
    double[] logs = new double[components.length / (2 * z.length)];
    for (int y = 0; y < logs.length; y++) {
      int from = 2 * z.length * y;
      logs[y] = -gaussian(Arrays.copyOfRange(components, from, from + 2 * z.length), z);
    }
    return softmax(logs);
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
