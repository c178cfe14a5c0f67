package dev.disentangle.objective.oracle;

import dev.disentangle.data.Labels;
import dev.disentangle.history.Terms;
import dev.disentangle.objective.CvaeGan;
import dev.disentangle.objective.CvaeGanWeights;
import dev.disentangle.objective.SemiSupervisedVae;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Bao et al. 2017, Algorithm 1: four players, each with its own loss and nothing else. No verdict
 * reaches encoder or decoder, and no distance the discriminator or the classifier.
 */
class CvaeGanOracleTest {

  private static final int CLASSES = 5;

  /** One label twice, and labels that no image has. */
  private static final int[] LABELS = {2, 0, 4, 2, 1};

  private static final CvaeGanWeights WEIGHTS = new CvaeGanWeights(0.7, 0.9, 0.4, 0.3);

  private final TinyStep step =
      TinyStep.of(
          new CvaeGan(Labels.of("row"), WEIGHTS, TinyStep.STILL, TinyStep.STILL), List.of(LABELS));
  private final PlainFeatures judge = new PlainFeatures(step, "discriminator");
  private final PlainFeatures classifier = new PlainFeatures(step, "classifier");
  private final double[][] x = step.images(0);
  private final double[][] y = PlainRows.oneHot(LABELS, CLASSES);

  private PlainPass encoded() {
    double[][] noise = step.noise().normal(TinyStep.BATCH, TinyStep.LATENTS);
    return PlainPass.encoded(step, PlainRows.planes(x, y), noise);
  }

  private double[][] own() {
    return images(encoded().z());
  }

  private double[][] other() {
    PlainNoise noise = step.noise();
    noise.normal(TinyStep.BATCH, TinyStep.LATENTS);
    return images(noise.normal(TinyStep.BATCH, TinyStep.LATENTS));
  }

  private double[][] images(double[][] z) {
    return PlainPass.logistic(step.network("decoder").of(PlainRows.beside(z, y)));
  }

  private double pairwise() {
    double[][] own = own();
    return PlainFeatures.distance(x, own)
        + PlainFeatures.distance(judge.ofImages(x), judge.ofImages(own))
        + PlainFeatures.distance(classifier.ofImages(x), classifier.ofImages(own));
  }

  /** {@code |E[h(x)] - E[h(x'')]|^2 / 2} over the images of one label, or of all. */
  private double between(PlainFeatures network, int label) {
    double[][] real = network.ofImages(x);
    double[][] drawn = network.ofImages(other());
    double[] difference = new double[real[0].length];
    int count = 0;
    for (int i = 0; i < real.length; i++) {
      if (label < 0 || LABELS[i] == label) {
        count++;
        for (int f = 0; f < difference.length; f++) {
          difference[f] += real[i][f] - drawn[i][f];
        }
      }
    }
    double sum = 0;
    for (double sumOfDifferences : difference) {
      sum += count == 0 ? 0 : 0.5 * Math.pow(sumOfDifferences / count, 2);
    }
    return sum;
  }

  private double mean() {
    return between(judge, -1);
  }

  private double classMean() {
    double sum = 0;
    for (int label = 0; label < CLASSES; label++) {
      sum += between(classifier, label);
    }
    return sum;
  }

  private double told() {
    return judge.surprise(judge.ofImages(x), false)
        + judge.surprise(judge.ofImages(own()), true)
        + judge.surprise(judge.ofImages(other()), true);
  }

  private double classification() {
    return PlainRows.surprise(classifier.logits(classifier.ofImages(x)), LABELS);
  }

  private double encoderLoss() {
    return WEIGHTS.divergence() * encoded().kl() + WEIGHTS.pairwise() * pairwise();
  }

  private double means() {
    return WEIGHTS.mean() * mean() + WEIGHTS.classMean() * classMean();
  }

  @Test
  void everyPlayerMinimisesItsOwnLoss() {
    PlainPass own = encoded();
    double[][] logits = step.network("decoder").of(PlainRows.beside(own.z(), y));
    PlainPass decoded = new PlainPass(x, own.mean(), own.logVariance(), own.z(), logits);
    step.requireTerm(Terms.RECONSTRUCTION, decoded.reconstruction());
    step.requireTerm(Terms.KL, own.kl());
    step.requireTerm(CvaeGan.PAIRWISE_DISTANCE, pairwise());
    step.requireTerm(CvaeGan.MEAN_DISTANCE, mean());
    step.requireTerm(CvaeGan.CLASS_MEAN_DISTANCE, classMean());
    step.requireTerm(Terms.LOSS, encoderLoss() + means());
    step.requireTerm(Terms.DISCRIMINATOR_LOSS, told() / 3);
    step.requireTerm(SemiSupervisedVae.CLASSIFICATION_LOSS, classification());
    step.requireGradient("encoder", this::encoderLoss);
    step.requireGradient("decoder", () -> WEIGHTS.pairwise() * pairwise() + means());
    step.requireGradient("discriminator", this::told);
    step.requireGradient("classifier", this::classification);
  }
}
