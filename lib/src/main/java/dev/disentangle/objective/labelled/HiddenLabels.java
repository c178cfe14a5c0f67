package dev.disentangle.objective.labelled;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.data.KnownLabels;
import dev.disentangle.learner.LossTerms;
import dev.disentangle.learner.Step;
import dev.disentangle.objective.labelled.LabelledAutoencoder.Bound;
import dev.disentangle.tensor.Operations;

/**
 * What the semi-supervised VAE M2 minimises (Kingma et al. 2014, equations 6, 7 and 9), whatever
 * {@code x} is: images, or codes of another model.
 */
public final class HiddenLabels {

  /** Name of the recorded {@code U(x)}, nats per image. */
  public static final String UNLABELLED_BOUND = "unlabelled_bound";

  /** Name of the recorded {@code -log q(y|x)} of the known labels, nats per image. */
  public static final String CLASSIFICATION_LOSS = "classification_loss";

  /** A model of {@code x} and its label. */
  public interface Model {
    /**
     * Computes the bound with one sample of each.
     *
     * @param step source of the noise
     * @param x a batch
     * @param oneHot labels, {@code [batch, classes]}
     * @return the two parts of {@code L(x, y)} without {@code log K}
     */
    Bound bound(Step step, NDArray x, NDArray oneHot);

    /**
     * Recognises labels.
     *
     * @param x a batch
     * @return logits of {@code q(y|x)}, {@code [batch, classes]}
     */
    NDArray logits(NDArray x);
  }

  /**
   * The parts of one step.
   *
   * @param labelled the bound of the known labels, without {@code log K}
   * @param loss what is minimised, a scalar
   */
  public record Loss(Bound labelled, NDArray loss) {}

  private final Model model;
  private final int classes;
  private final double share;
  private final double alpha;

  /**
   * Sets the weights.
   *
   * @param model the model
   * @param known which labels are known
   * @param alpha weight of the classifier's loss
   */
  public HiddenLabels(Model model, KnownLabels known, double alpha) {
    this.model = model;
    this.classes = known.classes();
    this.share = (double) known.count() / known.size();
    this.alpha = alpha;
  }

  /**
   * Tells whether there are any.
   *
   * @return true unless all labels are known
   */
  public boolean any() {
    return share < 1;
  }

  /**
   * Computes the loss.
   *
   * @param step has labels with its first batch
   * @param known what belongs to the first batch
   * @param hidden what belongs to the second batch; not looked at where all labels are known
   * @param terms where its parts are reported
   * @return the loss
   */
  public Loss of(Step step, NDArray known, NDArray hidden, LossTerms terms) {
    NDArray oneHot = step.oneHot(0, classes);
    Bound bound = model.bound(step, known, oneHot);
    NDArray labelled = bound.sum().mean().add((float) Math.log(classes));
    NDArray logs = model.logits(known).logSoftmax(1);
    NDArray classification = logs.mul(oneHot).sum(new int[] {1}).mean().neg();
    NDArray loss = Operations.scale(labelled, share).add(Operations.scale(classification, alpha));
    terms.with(CLASSIFICATION_LOSS, classification);
    if (any()) {
      NDArray unlabelled = marginalised(step, hidden).mean();
      terms.with(UNLABELLED_BOUND, unlabelled);
      loss = loss.add(Operations.scale(unlabelled, 1 - share));
    }
    return new Loss(bound, loss);
  }

  /** {@code U(x) = sum_y q(y|x) (L(x, y) + log q(y|x))} of every one. */
  private NDArray marginalised(Step step, NDArray x) {
    NDArray logits = model.logits(x);
    NDArray probabilities = logits.softmax(1);
    NDArray sum = probabilities.mul(logits.logSoftmax(1)).sum(new int[] {1});
    for (int label = 0; label < classes; label++) {
      NDArray bound = model.bound(step, x, all(label, classes, x)).sum();
      NDArray labelled = bound.add((float) Math.log(classes));
      sum = sum.add(probabilities.get(":, {}", label).mul(labelled));
    }
    return sum;
  }

  /**
   * Gives all of a batch one label.
   *
   * @param label the label
   * @param classes number of labels
   * @param x the batch
   * @return one-hot vectors, {@code [batch, classes]}
   */
  static NDArray all(int label, int classes, NDArray x) {
    DataType type = x.getDataType();
    NDArray row = x.getManager().eye(classes).get(label);
    return row.broadcast(new Shape(x.getShape().get(0), classes)).toType(type, false);
  }
}
