package dev.disentangle.objective;

import static dev.disentangle.objective.LossGradients.LATENTS;
import static dev.disentangle.objective.LossGradients.STILL;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.data.KnownLabels;
import dev.disentangle.data.Labels;
import dev.disentangle.history.Terms;
import dev.disentangle.learner.Assembly;
import dev.disentangle.learner.Learner;
import dev.disentangle.learner.LossTerms;
import dev.disentangle.learner.Step;
import dev.disentangle.model.GaussianPosterior;
import dev.disentangle.model.Network;
import dev.disentangle.objective.labelled.LabelledAutoencoder;
import dev.disentangle.tensor.GradientMode;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Methods that are told labels, on tiny networks in float64 against sums by hand. */
class LabelledMethodsTest {

  private static final int BATCH = 4;
  private static final int CLASSES = 5;
  private static final int[] KNOWN = {2, 0, 4, 2};
  private static final int[] HIDDEN = {-1, -1, -1, -1};
  private static final long SEED = 8;

  private final NDManager manager = NDManager.newBaseManager("PyTorch");

  @AfterEach
  void close() {
    manager.close();
  }

  private Learner learner(Objective method) {
    Assembly assembly = TinyNetworks.assembly(method, manager, LATENTS, BATCH);
    return TinyNetworks.learner(method, assembly);
  }

  private Step step() {
    SplittableRandom random = new SplittableRandom(1);
    Shape shape = new Shape(BATCH, 1, 4, 4);
    NDArray known = manager.create(random.doubles(BATCH * 16).toArray(), shape);
    NDArray hidden = manager.create(random.doubles(BATCH * 16).toArray(), shape);
    return new Step(0, manager, List.of(known, hidden), List.of(KNOWN, HIDDEN), SEED);
  }

  /** {@code -log p(x|z,y) + KL(q(z|x,y) || p(z|y))} of one image, with the noise that is next. */
  private double[] bound(
      LabelledAutoencoder model, double[][] prior, NDArray images, int[] labels, Step noise) {
    float[] oneHot = new float[BATCH * CLASSES];
    for (int i = 0; i < BATCH; i++) {
      oneHot[i * CLASSES + labels[i]] = 1;
    }
    NDArray y =
        manager.create(oneHot, new Shape(BATCH, CLASSES)).toType(images.getDataType(), false);
    GaussianPosterior posterior = model.encode(images, y);
    NDArray draw = noise.normalLike(posterior.mean());
    Network decoder = model.networks().get(1);
    NDArray logits = decoder.forward(posterior.sample(draw).concat(y, 1));
    double[] bound = new double[BATCH];
    for (int i = 0; i < BATCH; i++) {
      for (int j = 0; j < LATENTS; j++) {
        double mean = posterior.mean().getDouble(i, j);
        double variance = Math.exp(posterior.logVariance().getDouble(i, j));
        double priorMean = prior[labels[i]][j];
        double priorVariance = Math.exp(prior[labels[i]][LATENTS + j]);
        double error = mean - priorMean;
        bound[i] +=
            0.5
                * ((variance + error * error) / priorVariance
                    - 1
                    + Math.log(priorVariance / variance));
      }
      for (int p = 0; p < 16; p++) {
        double l = logits.getDouble(i, 0, p / 4, p % 4);
        bound[i] += Math.log1p(Math.exp(l)) - l * images.getDouble(i, 0, p / 4, p % 4);
      }
    }
    return bound;
  }

  private static double mean(double... values) {
    double sum = 0;
    for (double value : values) {
      sum += value / values.length;
    }
    return sum;
  }

  private static double term(LossTerms terms, String name) {
    return terms.asMap().get(name).getDouble();
  }

  @Test
  void theConditionalVaeComparesWithThePriorOfTheLabel() {
    Learner learner = learner(new ConditionalVae(Labels.of("row"), STILL));
    LabelledAutoencoder model = (LabelledAutoencoder) learner.autoencoder();
    NDArray table = model.networks().get(2).parameters().get(0);
    double[][] prior = new double[CLASSES][2 * LATENTS];
    for (int k = 0; k < CLASSES; k++) {
      for (int j = 0; j < 2 * LATENTS; j++) {
        prior[k][j] = table.getDouble(k, j);
      }
    }
    LossTerms terms = GradientMode.recording(() -> learner.step(step()));
    double expected = mean(bound(model, prior, step().images(), KNOWN, step()));
    assertEquals(expected, term(terms, Terms.LOSS), 1e-9 * expected);
    assertEquals(
        expected, term(terms, Terms.RECONSTRUCTION) + term(terms, Terms.KL), 1e-9 * expected);
  }

  @Test
  void theUnlabelledBoundIsTheSumOverLabels() {
    double alpha = 0.7;
    Learner learner = learner(new SemiSupervisedVae(Labels.of("row").known(20), alpha, STILL));
    LabelledAutoencoder model = (LabelledAutoencoder) learner.autoencoder();
    List<Network> networks = learner.players().get(0).networks();
    Network classifier = networks.get(networks.size() - 1);
    double[][] prior = new double[CLASSES][2 * LATENTS];
    LossTerms terms = GradientMode.recording(() -> learner.step(step()));

    Step noise = step();
    NDArray known = step().images(0);
    double labelled = mean(bound(model, prior, known, KNOWN, noise)) + Math.log(CLASSES);
    NDArray certainty = classifier.forward(known).softmax(1);
    double classification = 0;
    for (int i = 0; i < BATCH; i++) {
      classification -= Math.log(certainty.getDouble(i, KNOWN[i])) / BATCH;
    }
    NDArray hidden = step().images(1);
    NDArray q = classifier.forward(hidden).softmax(1);
    double unlabelled = 0;
    for (int label = 0; label < CLASSES; label++) {
      double[] bound = bound(model, prior, hidden, new int[] {label, label, label, label}, noise);
      for (int i = 0; i < BATCH; i++) {
        double p = q.getDouble(i, label);
        unlabelled += p * (bound[i] + Math.log(CLASSES) + Math.log(p)) / BATCH;
      }
    }
    // log K is added in single precision.
    double parts = term(terms, Terms.RECONSTRUCTION) + term(terms, Terms.KL);
    assertEquals(labelled, parts + Math.log(CLASSES), 1e-6);
    assertEquals(unlabelled, term(terms, SemiSupervisedVae.UNLABELLED_BOUND), 1e-6);
    assertEquals(classification, term(terms, SemiSupervisedVae.CLASSIFICATION_LOSS), 1e-9);
    double share = 20.0 / 50;
    double loss = share * labelled + (1 - share) * unlabelled + alpha * classification;
    assertEquals(loss, term(terms, Terms.LOSS), 1e-6);
  }

  @Test
  void gradientsAgreeWithFiniteDifferences() {
    LossGradients.check(
        new ConditionalVae(Labels.of("row"), STILL), List.of(new int[] {0, 3, 1, 1, 4}));
    LossGradients.check(
        new SemiSupervisedVae(Labels.of("row").known(20), 0.7, STILL),
        List.of(new int[] {0, 3, 1, 1, 4}, new int[] {-1, -1, -1, -1, -1}));
  }

  @Test
  void labelsAreRecognisedByTheirBounds() {
    Learner learner = learner(new ConditionalVae(Labels.of("row"), STILL));
    LabelledAutoencoder model = (LabelledAutoencoder) learner.autoencoder();
    NDArray images = step().images();
    NDArray codes = GradientMode.paused(() -> model.encode(images).mean());
    assertEquals(new Shape(BATCH, LATENTS + CLASSES), codes.getShape());
    for (int i = 0; i < BATCH; i++) {
      double sum = 0;
      for (int k = 0; k < CLASSES; k++) {
        sum += codes.getDouble(i, LATENTS + k);
      }
      assertEquals(1, sum, 1e-9);
    }
  }

  @Test
  void knownAndHiddenLabelsHaveBatchesOfTheirOwn() {
    Learner learner = learner(new SemiSupervisedVae(Labels.of("row").known(20), 0.7, STILL));
    KnownLabels labels = learner.labels().orElseThrow();
    assertEquals(20, labels.count());
    assertEquals(2, learner.batchesPerStep());
    assertArrayEquals(labels.images(), drawn(learner, 0, 20));
    assertArrayEquals(labels.hidden(), drawn(learner, 1, 30));
  }

  /** A whole pass through a batch's images, in order. */
  private static int[] drawn(Learner learner, int batch, int count) {
    int[] indices = learner.indices(batch, TinyNetworks.data(), count, 0, new SplittableRandom(2));
    return Arrays.stream(indices).sorted().toArray();
  }

  /** Of a second batch only its weight, 0, would be left. */
  @Test
  void withoutHiddenLabelsNothingIsMarginalised() {
    Learner learner = learner(new SemiSupervisedVae(Labels.of("row"), 0.7, STILL));
    assertEquals(1, learner.batchesPerStep());
    LossTerms terms = GradientMode.recording(() -> learner.step(step()));
    assertFalse(terms.asMap().containsKey(SemiSupervisedVae.UNLABELLED_BOUND));
  }

  @Test
  void whatIsMissingIsNamed() {
    assertMessage(
        "blanks has no factor named digit; it has [row, column, tone]",
        () -> learner(new ConditionalVae(Labels.of("digit"))));
    assertMessage(
        "CVAE needs at least one known label, was given row, 5 classes, known of 0 of 50 images",
        () -> learner(new ConditionalVae(Labels.of("row").known(0))));
    assertMessage(
        "M2 needs at least one known label, was given row, 5 classes, known of 0 of 50 images",
        () -> learner(new SemiSupervisedVae(Labels.of("row").known(0))));
    assertMessage(
        "known must be in [0, 50] for blanks, was 51",
        () -> learner(new SemiSupervisedVae(Labels.of("row").known(51))));
    assertMessage(
        "alpha must be finite and at least 0, was -1.0",
        () -> new SemiSupervisedVae(Labels.of("row"), -1, STILL));
    Step unasked = new Step(0, manager, List.of(), 0);
    assertThrows(IllegalStateException.class, () -> unasked.labels(0));
    assertEquals(KnownLabels.HIDDEN, step().labels(1)[3]);
  }

  private static void assertMessage(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }
}
