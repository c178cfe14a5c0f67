package dev.disentangle.objective.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;

/**
 * A batch's way through an autoencoder of Bernoulli pixels, in loops.
 *
 * @param images {@code [batch][pixels]}
 * @param mean of the posteriors, {@code [batch][latents]}
 * @param logVariance of the posteriors; minus infinity for a deterministic encoder
 * @param z the samples
 * @param logits the decoder's outputs, {@code [batch][pixels]}
 */
record PlainPass(
    double[][] images, double[][] mean, double[][] logVariance, double[][] z, double[][] logits) {

  /** Encodes, draws {@code mean + e^(logVariance / 2) noise}, and decodes. */
  static PlainPass of(TinyStep step, double[][] images, double[][] noise) {
    PlainPass encoded = encoded(step, images, noise);
    double[][] logits = step.network("decoder").of(encoded.z);
    return new PlainPass(images, encoded.mean, encoded.logVariance, encoded.z, logits);
  }

  /** Encodes and draws, and leaves the decoding to others. */
  static PlainPass encoded(TinyStep step, double[][] images, double[][] noise) {
    double[][] outputs = step.network("encoder").of(images);
    int batch = images.length;
    int latents = noise[0].length;
    boolean certain = outputs[0].length == latents;
    double[][] mean = new double[batch][latents];
    double[][] logVariance = new double[batch][latents];
    double[][] z = new double[batch][latents];
    for (int i = 0; i < batch; i++) {
      for (int j = 0; j < latents; j++) {
        mean[i][j] = outputs[i][j];
        logVariance[i][j] = certain ? Double.NEGATIVE_INFINITY : outputs[i][latents + j];
        z[i][j] = mean[i][j] + Math.exp(logVariance[i][j] / 2) * noise[i][j];
      }
    }
    return new PlainPass(images, mean, logVariance, z, new double[0][]);
  }

  /** Of the step's first batch, with the first noise of the step. */
  static PlainPass of(TinyStep step) {
    double[][] noise = step.noise().normal(TinyStep.BATCH, TinyStep.LATENTS);
    return of(step, step.images(0), noise);
  }

  int batch() {
    return z.length;
  }

  int latents() {
    return z[0].length;
  }

  /** The mean of {@code -sum_p [x_p log y_p + (1 - x_p) log(1 - y_p)]}. */
  double reconstruction() {
    double sum = 0;
    for (int i = 0; i < batch(); i++) {
      for (int p = 0; p < images[i].length; p++) {
        double y = logistic(logits[i][p]);
        sum -= images[i][p] * Math.log(y) + (1 - images[i][p]) * Math.log(1 - y);
      }
    }
    return sum / batch();
  }

  /** The mean of {@code -1/2 sum_j (1 + log s_j^2 - m_j^2 - s_j^2)}, Kingma & Welling 2014, B. */
  double kl() {
    double sum = 0;
    for (int i = 0; i < batch(); i++) {
      for (int j = 0; j < latents(); j++) {
        double variance = Math.exp(logVariance[i][j]);
        sum -= 0.5 * (1 + Math.log(variance) - mean[i][j] * mean[i][j] - variance);
      }
    }
    return sum / batch();
  }

  /** The mean of {@code 0.05 |x - y|^2}. */
  double cost() {
    double sum = 0;
    for (int i = 0; i < batch(); i++) {
      for (int p = 0; p < images[i].length; p++) {
        sum += 0.05 * Math.pow(images[i][p] - logistic(logits[i][p]), 2);
      }
    }
    return sum / batch();
  }

  static double logistic(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  static double[][] logistic(double[][] logits) {
    double[][] means = new double[logits.length][];
    for (int i = 0; i < logits.length; i++) {
      means[i] = Arrays.stream(logits[i]).map(PlainPass::logistic).toArray();
    }
    return means;
  }

  /** The mean over samples of the logarithm of one of a classifier's two probabilities. */
  static double meanLogProbability(PlainNetwork classifier, double[][] samples, int kind) {
    double sum = 0;
    for (double[] sample : samples) {
      double[] logits = classifier.of(sample);
      assertEquals(2, logits.length, "one logit for each of two kinds");
      sum += Math.log(Math.exp(logits[kind]) / (Math.exp(logits[0]) + Math.exp(logits[1])));
    }
    return sum / samples.length;
  }
}
