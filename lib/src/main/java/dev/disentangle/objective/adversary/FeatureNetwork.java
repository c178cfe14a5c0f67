package dev.disentangle.objective.adversary;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import dev.disentangle.data.ImageShape;
import dev.disentangle.learner.Assembly;
import dev.disentangle.model.Network;
import dev.disentangle.tensor.Operations;
import java.util.List;

/**
 * A network that judges images, and whose last hidden numbers are features by which images are
 * compared: the discriminator of VAE-GAN and CVAE-GAN, and the latter's classifier.
 *
 * @param features images to features, {@code [batch, channels, height, width] -> [batch, features]}
 * @param judge features to logits, {@code [batch, features] -> [batch, outputs]}
 */
public record FeatureNetwork(Network features, Network judge) {

  /**
   * Builds one.
   *
   * @param assembly what it must fit
   * @param name what errors and checkpoints call it, such as {@code discriminator}
   * @param outputs number of logits
   * @return the network with its initial weights
   * @throws IllegalArgumentException if the architecture does not fit the images
   */
  public static FeatureNetwork of(Assembly assembly, String name, int outputs) {
    return told(assembly, name, outputs, 0);
  }

  /**
   * Builds one whose judge is told numbers beside the features, such as attributes.
   *
   * @param assembly what it must fit
   * @param name what errors and checkpoints call it
   * @param outputs number of logits
   * @param numbers how many numbers
   * @return the network with its initial weights
   * @throws IllegalArgumentException if the architecture does not fit the images
   */
  public static FeatureNetwork told(Assembly assembly, String name, int outputs, int numbers) {
    ImageShape images = assembly.data().shape();
    Block block = assembly.architecture().imageFeatures(images);
    long[] input = {images.channels(), images.height(), images.width()};
    Shape batch = new Shape(1, input[0], input[1], input[2]);
    long[] count = {block.getOutputShapes(new Shape[] {batch})[0].size()};
    Network seen =
        Network.of(name + "-features", block, input, count, assembly.manager(), assembly.random());
    int inputs = Math.toIntExact(count[0]) + numbers;
    Block judging = assembly.architecture().featureJudge(inputs, outputs);
    long[] told = {inputs};
    long[] given = {outputs};
    return new FeatureNetwork(
        seen, Network.of(name, judging, told, given, assembly.manager(), assembly.random()));
  }

  /**
   * Returns both parts.
   *
   * @return the features' network, then the judge
   */
  public List<Network> networks() {
    return List.of(features, judge);
  }

  /**
   * Computes logits of images.
   *
   * @param images {@code [batch, channels, height, width]}
   * @return {@code [batch, outputs]}
   */
  public NDArray logits(NDArray images) {
    return judge.forward(features.forward(images));
  }

  /**
   * Features of real images, of their reconstructions, and of images that were drawn.
   *
   * @param real {@code h(x)}, {@code [batch, features]}
   * @param own {@code h(x')} of the reconstructions
   * @param other {@code h(x'')} of the others
   */
  public record Seen(NDArray real, NDArray own, NDArray other) {

    /**
     * Puts numbers beside the features, for a judge that is told them.
     *
     * @param numbers {@code [batch, count]}
     * @return the features with the same numbers beside each
     */
    public Seen beside(NDArray numbers) {
      return new Seen(real.concat(numbers, 1), own.concat(numbers, 1), other.concat(numbers, 1));
    }

    /**
     * Compares images with their reconstructions.
     *
     * @return {@code E[|h(x) - h(x')|^2] / 2}
     */
    public NDArray pairwise() {
      return distance(real, own);
    }

    /**
     * Compares the means of real and of drawn images.
     *
     * @return {@code |E[h(x)] - E[h(x'')]|^2 / 2}
     */
    public NDArray betweenMeans() {
      int[] batch = {0};
      return Operations.scale(real.mean(batch).sub(other.mean(batch)).square().sum(), 0.5);
    }

    /**
     * Compares the means of every class that the batch has.
     *
     * @param oneHot labels of the real and of the drawn images, {@code [batch, classes]}
     * @return {@code sum_y |E[h(x)|y] - E[h(x'')|y]|^2 / 2}
     */
    public NDArray betweenClassMeans(NDArray oneHot) {
      NDArray counts = oneHot.sum(new int[] {0}, true);
      // A class that the batch lacks has no mean; its sums are 0 and are divided by 1.
      NDArray present = counts.add(counts.eq(0).toType(counts.getDataType(), false));
      NDArray shares = oneHot.div(present).transpose();
      return Operations.scale(shares.matMul(real.sub(other)).square().sum(), 0.5);
    }
  }

  /**
   * Computes the features of three batches.
   *
   * @param real images of the data, {@code [batch, channels, height, width]}
   * @param own their reconstructions
   * @param other drawn images, as many
   * @return their features
   */
  public Seen see(NDArray real, NDArray own, NDArray other) {
    return new Seen(features.forward(real), features.forward(own), features.forward(other));
  }

  /**
   * Computes what a discriminator of three batches minimises, {@code -E[log D(x)] - E[log(1 -
   * D(x'))] - E[log(1 - D(x''))]}.
   *
   * @param seen the features
   * @return a scalar, nats
   */
  public NDArray told(Seen seen) {
    return surpriseIfReal(seen.real)
        .add(surpriseIfGenerated(seen.own))
        .add(surpriseIfGenerated(seen.other));
  }

  /**
   * Computes what those who made the images minimise to be taken for real, {@code -E[log D(x')] -
   * E[log D(x'')]}.
   *
   * @param seen the features
   * @return a scalar, nats
   */
  public NDArray fooled(Seen seen) {
    return surpriseIfReal(seen.own).add(surpriseIfReal(seen.other));
  }

  private NDArray surpriseIfReal(NDArray given) {
    return Operations.softplus(judge.forward(given).neg()).mean();
  }

  private NDArray surpriseIfGenerated(NDArray given) {
    return Operations.softplus(judge.forward(given)).mean();
  }

  /**
   * Computes a classifier's cross-entropy {@code -E[log C(y|x)]}.
   *
   * @param seen features of images
   * @param oneHot their labels, {@code [batch, classes]}
   * @return a scalar, nats per image
   */
  public NDArray surpriseAtLabels(NDArray seen, NDArray oneHot) {
    return judge.forward(seen).logSoftmax(1).mul(oneHot).sum(new int[] {1}).mean().neg();
  }

  /**
   * Computes half the squared distance of two batches' rows, {@code E[|a - b|^2] / 2}: without its
   * constant {@code -log N(a; b, I)}.
   *
   * @param a {@code [batch, ...]}
   * @param b of the same shape
   * @return a scalar per image
   */
  public static NDArray distance(NDArray a, NDArray b) {
    return Operations.scale(a.sub(b).square().sum(), 0.5 / a.getShape().get(0));
  }
}
