package dev.disentangle.objective.oracle;

import dev.disentangle.history.Terms;
import dev.disentangle.objective.InfoGan;
import dev.disentangle.objective.InfoWganGp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The methods that generate images from codes, and read the codes off the images. */
class GeneratorOracleTest {

  private static final double LAMBDA = 0.7;
  private static final double PENALTY = 10;
  private static final int BATCH = TinyStep.BATCH;

  /**
   * Codes, and what the generator makes of them.
   *
   * @param categories how many of the codes' last columns are one categorical code
   */
  private record Generated(double[][] codes, double[][] images, int categories) {

    static Generated of(TinyStep step, PlainNoise noise, int categories, int noiseSize) {
      int continuous = TinyStep.LATENTS - categories;
      double[][] uniform = noise.uniform(-1, 1, BATCH, continuous);
      int[] chosen = categories > 0 ? noise.categories(BATCH, categories) : new int[BATCH];
      double[][] rest = noise.normal(BATCH, noiseSize);
      double[][] codes = new double[BATCH][TinyStep.LATENTS];
      double[][] images = new double[BATCH][];
      for (int i = 0; i < BATCH; i++) {
        double[] inputs = new double[TinyStep.LATENTS + noiseSize];
        System.arraycopy(uniform[i], 0, codes[i], 0, continuous);
        if (categories > 0) {
          codes[i][continuous + chosen[i]] = 1;
        }
        System.arraycopy(codes[i], 0, inputs, 0, TinyStep.LATENTS);
        System.arraycopy(rest[i], 0, inputs, TinyStep.LATENTS, noiseSize);
        images[i] = step.network("generator").of(inputs);
        for (int p = 0; p < images[i].length; p++) {
          images[i][p] = PlainPass.logistic(images[i][p]);
        }
      }
      return new Generated(codes, images, categories);
    }

    /** {@code -E[log Q(c | x)]}: Gaussians of variance 1 and a softmax. */
    double recognitionLoss(TinyStep step) {
      int continuous = TinyStep.LATENTS - categories;
      double sum = 0;
      for (int i = 0; i < BATCH; i++) {
        double[] outputs = step.network("discriminator").of(images[i]);
        double normaliser = 0;
        for (int j = 0; j < TinyStep.LATENTS; j++) {
          double output = outputs[1 + j];
          if (j < continuous) {
            double error = codes[i][j] - output;
            sum -= Math.log(Math.exp(-error * error / 2) / Math.sqrt(2 * Math.PI));
          } else {
            normaliser += Math.exp(output);
            sum -= codes[i][j] * output;
          }
        }
        sum += categories > 0 ? Math.log(normaliser) : 0;
      }
      return sum / BATCH;
    }

    double entropy() {
      double categorical = categories > 0 ? Math.log(categories) : 0;
      return (TinyStep.LATENTS - categories) * Math.log(2) + categorical;
    }
  }

  private static double verdict(TinyStep step, double... image) {
    return step.network("discriminator").of(image)[0];
  }

  /** Chen et al. 2016, equation 6, with the non-saturating loss of Goodfellow et al. 2014. */
  @ParameterizedTest
  @CsvSource({"2, 2", "0, 2", "3, 1", "2, 0"})
  void infoGan(int categories, int noise) {
    TinyStep step =
        TinyStep.of(new InfoGan(LAMBDA, categories, noise, TinyStep.STILL, TinyStep.STILL));
    Generated generated = Generated.of(step, step.noise(), categories, noise);
    double recognition = generated.recognitionLoss(step);
    double fooled = fooled(step, generated);
    step.requireTerm(InfoGan.RECOGNITION_LOSS, recognition);
    step.requireTerm(InfoGan.INFORMATION, generated.entropy() - recognition);
    step.requireTerm(InfoGan.GENERATOR_LOSS, fooled);
    step.requireTerm(Terms.LOSS, fooled + LAMBDA * recognition);
    step.requireTerm(Terms.DISCRIMINATOR_LOSS, -value(step, generated) / 2);
    step.requireGradient(
        "generator",
        () -> {
          Generated moved = Generated.of(step, step.noise(), categories, noise);
          return fooled(step, moved) + LAMBDA * moved.recognitionLoss(step);
        });
    step.requireGradient(
        "discriminator", () -> -value(step, generated) + LAMBDA * generated.recognitionLoss(step));
  }

  /** {@code -E[log D(G)]}. */
  private static double fooled(TinyStep step, Generated generated) {
    double sum = 0;
    for (double[] image : generated.images()) {
      sum -= Math.log(PlainPass.logistic(verdict(step, image)));
    }
    return sum / BATCH;
  }

  /** {@code V = E[log D(x)] + E[log(1 - D(G))]}. */
  private static double value(TinyStep step, Generated generated) {
    double sum = 0;
    for (int i = 0; i < BATCH; i++) {
      sum += Math.log(PlainPass.logistic(verdict(step, step.images(0)[i])));
      sum += Math.log(1 - PlainPass.logistic(verdict(step, generated.images()[i])));
    }
    return sum / BATCH;
  }

  /**
   * Gulrajani et al. 2017, Algorithm 1, with the information of Chen et al. 2016. The critic's
   * optimiser got the second round's gradient last.
   *
   * <p>A change that does not detach the critic's generated images goes unnoticed: only the
   * critic's weights are differentiated anyway, and the graph through the generator costs time
   * only.
   */
  @Test
  void infoWganGp() {
    int categories = 2;
    int noise = 2;
    TinyStep step =
        TinyStep.of(
            new InfoWganGp(LAMBDA, PENALTY, 2, categories, noise, TinyStep.STILL, TinyStep.STILL));
    PlainNoise draws = step.noise();
    Generated.of(step, draws, categories, noise);
    draws.uniform(0, 1, BATCH, 1);
    Generated generated = Generated.of(step, draws, categories, noise);
    double[][] mix = draws.uniform(0, 1, BATCH, 1);
    step.requireTerm(InfoWganGp.DISTANCE, distance(step, generated));
    step.requireTerm(InfoWganGp.GRADIENT_PENALTY, slopes(step, generated, mix));
    step.requireGradient(
        "critic",
        () ->
            -distance(step, generated)
                + PENALTY * slopes(step, generated, mix)
                + LAMBDA * generated.recognitionLoss(step));

    Generated last = last(step, categories, noise);
    double recognition = last.recognitionLoss(step);
    step.requireTerm(InfoGan.RECOGNITION_LOSS, recognition);
    step.requireTerm(InfoGan.INFORMATION, last.entropy() - recognition);
    step.requireTerm(Terms.LOSS, LAMBDA * recognition - mean(step, last.images()));
    step.requireGradient(
        "generator",
        () -> {
          Generated moved = last(step, categories, noise);
          return LAMBDA * moved.recognitionLoss(step) - mean(step, moved.images());
        });
  }

  /** The generator's own images, after two rounds of the critic. */
  private static Generated last(TinyStep step, int categories, int noise) {
    PlainNoise draws = step.noise();
    for (int round = 0; round < 2; round++) {
      Generated.of(step, draws, categories, noise);
      draws.uniform(0, 1, BATCH, 1);
    }
    return Generated.of(step, draws, categories, noise);
  }

  private static double mean(TinyStep step, double[][] images) {
    double sum = 0;
    for (double[] image : images) {
      sum += verdict(step, image);
    }
    return sum / images.length;
  }

  private static double distance(TinyStep step, Generated generated) {
    return mean(step, step.images(1)) - mean(step, generated.images());
  }

  private static double slopes(TinyStep step, Generated generated, double[][] mix) {
    double sum = 0;
    for (int i = 0; i < BATCH; i++) {
      double[] between = new double[TinyStep.PIXELS];
      for (int p = 0; p < between.length; p++) {
        double share = mix[i][0];
        between[p] = share * step.images(1)[i][p] + (1 - share) * generated.images()[i][p];
      }
      double squares = 0;
      for (double part : step.network("discriminator").slope(0, between)) {
        squares += part * part;
      }
      sum += Math.pow(Math.sqrt(squares) - 1, 2) / BATCH;
    }
    return sum;
  }
}
