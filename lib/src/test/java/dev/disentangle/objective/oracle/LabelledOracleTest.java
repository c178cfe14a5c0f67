package dev.disentangle.objective.oracle;

import dev.disentangle.data.Labels;
import dev.disentangle.history.Terms;
import dev.disentangle.objective.ConditionalVae;
import dev.disentangle.objective.SemiSupervisedVae;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Methods that are told labels. */
class LabelledOracleTest {

  private static final int BATCH = TinyStep.BATCH;
  private static final int LATENTS = TinyStep.LATENTS;
  private static final int CLASSES = 5;
  private static final int[] KNOWN = {2, 0, 4, 2, 1};
  private static final int[] HIDDEN = {-1, -1, -1, -1, -1};

  /** Both parts of the bound of one image with a label: {@code p(z|y)} is given. */
  private static double[] bound(
      TinyStep step, double[] image, int label, double[] noise, double... prior) {
    double[] planes = new double[CLASSES * TinyStep.PIXELS];
    for (int p = 0; p < TinyStep.PIXELS; p++) {
      planes[label * TinyStep.PIXELS + p] = 1;
    }
    double[] q = step.network("encoder").of(PlainSums.joined(image, planes));
    double[] z = PlainSums.drawn(q, noise);
    double[] seen = PlainSums.joined(z, PlainSums.oneHot(label, CLASSES));
    double[] logits = step.network("decoder").of(seen);
    return new double[] {PlainSums.bernoulli(image, logits), PlainSums.divergence(q, prior)};
  }

  /** The means of both parts with a learned prior per class. */
  private static double[] conditional(TinyStep step) {
    double[][] noise = step.noise().normal(BATCH, LATENTS);
    double[] sums = new double[2];
    for (int i = 0; i < BATCH; i++) {
      double[] prior = new double[2 * LATENTS];
      System.arraycopy(step.table("prior"), KNOWN[i] * prior.length, prior, 0, prior.length);
      double[] parts = bound(step, step.images(0)[i], KNOWN[i], noise[i], prior);
      sums[0] += parts[0] / BATCH;
      sums[1] += parts[1] / BATCH;
    }
    return sums;
  }

  /** Sohn et al. 2015, equation 3. */
  @Test
  void conditionalVae() {
    TinyStep step =
        TinyStep.of(new ConditionalVae(Labels.of("row"), TinyStep.STILL), List.of(KNOWN));
    double[] parts = conditional(step);
    step.requireTerm(Terms.RECONSTRUCTION, parts[0]);
    step.requireTerm(Terms.KL, parts[1]);
    step.requireTerm(Terms.LOSS, parts[0] + parts[1]);
    step.requireGradient(
        "autoencoder",
        () -> {
          double[] moved = conditional(step);
          return moved[0] + moved[1];
        });
  }

  /** Reconstruction, KL, classification and, if there is a second batch, the unlabelled bound. */
  private static double[] semiSupervised(TinyStep step, boolean hidden) {
    PlainNoise noise = step.noise();
    double[] normal = new double[2 * LATENTS];
    double[] terms = new double[4];
    double[][] known = noise.normal(BATCH, LATENTS);
    for (int i = 0; i < BATCH; i++) {
      double[] image = step.images(0)[i];
      double[] parts = bound(step, image, KNOWN[i], known[i], normal);
      double[] q = PlainSums.softmax(step.network("classifier").of(image));
      terms[0] += parts[0] / BATCH;
      terms[1] += parts[1] / BATCH;
      terms[2] -= Math.log(q[KNOWN[i]]) / BATCH;
    }
    for (int label = 0; hidden && label < CLASSES; label++) {
      double[][] drawn = noise.normal(BATCH, LATENTS);
      for (int i = 0; i < BATCH; i++) {
        double[] image = step.images(1)[i];
        double[] parts = bound(step, image, label, drawn[i], normal);
        double q = PlainSums.softmax(step.network("classifier").of(image))[label];
        terms[3] += q * (parts[0] + parts[1] + Math.log(CLASSES) + Math.log(q)) / BATCH;
      }
    }
    return terms;
  }

  private static double loss(double share, double alpha, double... terms) {
    double labelled = terms[0] + terms[1] + Math.log(CLASSES);
    return share * labelled + (1 - share) * terms[3] + alpha * terms[2];
  }

  /** Kingma et al. 2014, equations 6, 7 and 9: 20 of 50 labels are known. */
  @Test
  void hiddenLabelsAreMarginalised() {
    Labels labels = Labels.of("row").known(20);
    TinyStep step =
        TinyStep.of(new SemiSupervisedVae(labels, 0.7, TinyStep.STILL), List.of(KNOWN, HIDDEN));
    double[] terms = semiSupervised(step, true);
    step.requireTerm(Terms.RECONSTRUCTION, terms[0]);
    step.requireTerm(Terms.KL, terms[1]);
    step.requireTerm(SemiSupervisedVae.CLASSIFICATION_LOSS, terms[2]);
    step.requireTerm(SemiSupervisedVae.UNLABELLED_BOUND, terms[3]);
    step.requireTerm(Terms.LOSS, loss(0.4, 0.7, terms));
    step.requireGradient("autoencoder", () -> loss(0.4, 0.7, semiSupervised(step, true)));
  }

  @Test
  void withoutHiddenLabelsThereIsOneBatch() {
    TinyStep step =
        TinyStep.of(new SemiSupervisedVae(Labels.of("row"), 0.7, TinyStep.STILL), List.of(KNOWN));
    double[] terms = semiSupervised(step, false);
    step.requireTerm(SemiSupervisedVae.CLASSIFICATION_LOSS, terms[2]);
    step.requireTerm(Terms.LOSS, loss(1, 0.7, terms));
    step.requireGradient("autoencoder", () -> loss(1, 0.7, semiSupervised(step, false)));
  }
}
