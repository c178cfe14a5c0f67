package dev.disentangle.objective.labelled;

import dev.disentangle.data.Batches;
import dev.disentangle.data.ImageData;
import dev.disentangle.data.KnownLabels;
import dev.disentangle.data.Labels;
import dev.disentangle.learner.Assembly;
import dev.disentangle.learner.Learner;
import dev.disentangle.learner.Player;
import dev.disentangle.model.DiagonalGaussian;
import dev.disentangle.model.LabelledPrior;
import dev.disentangle.model.Network;
import dev.disentangle.tensor.Adam;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * A learner of one labelled autoencoder, whose steps have a batch of images with known labels and,
 * if it wants it, a second one of images whose labels are hidden.
 */
public abstract class LabelledLearner implements Learner {

  private final LabelledAutoencoder autoencoder;
  private final KnownLabels known;
  private final List<int[]> images;
  private final Player player;

  /**
   * Builds the autoencoder.
   *
   * @param assembly what it must fit
   * @param labels which labels are known
   * @param adam settings of its optimiser
   * @param classifier recognises labels, and learns with it; null where there is none
   * @throws IllegalArgumentException if there is no known label, or the posterior or the prior are
   *     not the method's own
   */
  protected LabelledLearner(Assembly assembly, KnownLabels labels, Adam adam, Network classifier) {
    this.known = labels;
    this.images = List.of(known.images(), known.hidden());
    this.autoencoder = new LabelledAutoencoder(assembly);
    if (classifier != null) {
      autoencoder.recogniseBy(classifier);
    }
    this.player = new Player("autoencoder", adam, autoencoder.networks());
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

  /**
   * Returns who learns.
   *
   * @return all networks with their optimiser
   */
  protected Player player() {
    return player;
  }

  @Override
  public List<Player> players() {
    return List.of(player);
  }

  @Override
  public LabelledAutoencoder autoencoder() {
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
