package dev.disentangle.objective.labelled;

import dev.disentangle.data.Batches;
import dev.disentangle.data.ImageData;
import dev.disentangle.data.KnownLabels;
import dev.disentangle.data.Labels;
import dev.disentangle.learner.Assembly;
import dev.disentangle.learner.Learner;
import dev.disentangle.model.DiagonalGaussian;
import dev.disentangle.model.EncoderDecoder;
import dev.disentangle.model.LabelledPrior;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * A learner whose steps have a batch of images with known labels and, if it wants it, a second one
 * of images whose labels are hidden.
 *
 * @param <M> the model that learns
 */
public abstract class LabelledLearner<M extends EncoderDecoder> implements Learner {

  private final M autoencoder;
  private final KnownLabels known;
  private final List<int[]> images;

  /**
   * Takes the model and the labels.
   *
   * @param autoencoder the model
   * @param labels which labels are known
   */
  protected LabelledLearner(M autoencoder, KnownLabels labels) {
    this.autoencoder = autoencoder;
    this.known = labels;
    this.images = List.of(known.images(), known.hidden());
  }

  /**
   * Takes the labels of a method's data.
   *
   * @param labels which factor, and of how many images it is known
   * @param learned whether the method's prior is learned
   * @param assembly what the method is to fit
   * @return the labels, at least one of them known
   * @throws IllegalArgumentException if the data set has no such labels, none is known, or the
   *     posterior or the prior are not the method's own
   */
  public static KnownLabels known(Labels labels, boolean learned, Assembly assembly) {
    assembly.requirePosterior(new DiagonalGaussian());
    assembly.requirePrior(new LabelledPrior(labels, learned));
    KnownLabels known = labels.on(assembly.data());
    if (known.count() == 0) {
      throw new IllegalArgumentException(
          assembly.method() + " needs at least one known label, was given " + known);
    }
    return known;
  }

  @Override
  public M autoencoder() {
    return autoencoder;
  }

  @Override
  public Optional<KnownLabels> labels() {
    return Optional.of(known);
  }

  @Override
  public int[] indices(int batch, ImageData data, int count, long step, RandomGenerator random) {
    int[] own = images.get(batch);
    return IntStream.of(Batches.draw(count, own.length, random)).map(i -> own[i]).toArray();
  }
}
