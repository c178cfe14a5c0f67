package dev.disentangle.metric;

import dev.disentangle.data.FactorSpace;
import dev.disentangle.data.Factors;
import dev.disentangle.data.ImageData;
import dev.disentangle.metric.count.FixedFactorSampler;
import dev.disentangle.metric.count.Shuffle;
import dev.disentangle.representation.Codes;
import dev.disentangle.representation.ImageLikelihood;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Codes of one encoding pass with their factors, from which all scores of a table are computed. */
public final class ScoreInput {

  private final Codes codes;
  private final Optional<Factors> factors;
  private final int[] images;
  private final ScoreOptions options;
  private final boolean deterministic;
  private final boolean varies;
  private final Optional<ModelledImages> modelled;
  private LabelledCodes train;
  private LabelledCodes evaluation;
  private float[][] sample;
  private long samplingNanos;
  private DciScore boostedTrees;
  private FactorVaeScore factorVae;

  ScoreInput(Codes codes, Optional<Factors> factors, int[] images, ScoreOptions options) {
    this(codes, factors, images, options, Optional.empty());
  }

  ScoreInput(
      Codes codes,
      Optional<Factors> factors,
      int[] images,
      ScoreOptions options,
      Optional<ModelledImages> modelled) {
    this.modelled = modelled;
    this.codes = codes;
    this.factors = factors;
    this.images = images;
    this.options = options;
    this.deterministic = isDeterministic(codes);
    this.varies = factors.isPresent() && varies(factors.get(), images);
  }

  private static boolean isDeterministic(Codes codes) {
    for (float value : codes.logVariances()[0]) {
      if (value == Float.NEGATIVE_INFINITY) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns all encoded posteriors.
   *
   * @return one per encoded image
   */
  public Codes codes() {
    return codes;
  }

  /**
   * Tells whether the encoder gives points instead of distributions.
   *
   * @return true if the log variances are negative infinity
   */
  public boolean deterministic() {
    return deterministic;
  }

  /**
   * Tells whether some true factor varies over the encoded images.
   *
   * @return false also where factors are unknown
   */
  public boolean hasFactors() {
    return varies;
  }

  /**
   * Returns the names of the factors that are real numbers.
   *
   * @return names in the factors' order; empty also where factors are unknown
   */
  public List<String> continuousFactors() {
    return factors.stream()
        .flatMap(
            known ->
                IntStream.range(0, known.count()).filter(known::isContinuous).mapToObj(known::name))
        .toList();
  }

  private static boolean varies(Factors factors, int... images) {
    for (int k = 0; k < factors.count(); k++) {
      int first = factors.value(images[0], k);
      for (int image : images) {
        if (factors.value(image, k) != first) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * Returns the grid of factors, if the codes are exactly its points in index order.
   *
   * @return the grid, or empty
   */
  public Optional<FactorSpace> grid() {
    boolean whole =
        factors.isPresent()
            && factors.get() instanceof FactorSpace space
            && space.size() == images.length;
    for (int i = 0; whole && i < images.length; i++) {
      whole = images[i] == i;
    }
    return whole ? factors.map(FactorSpace.class::cast) : Optional.empty();
  }

  /**
   * Returns the posterior means of all encoded images with their factors.
   *
   * @return the table
   * @throws IllegalStateException if the data set has no factors
   */
  public LabelledCodes labelled() {
    return LabelledCodes.of(codes.means(), knownFactors(), images);
  }

  /**
   * Returns the training points: means drawn without replacement, as many as the options say, or
   * two thirds of the images where they do not suffice for training and evaluation.
   *
   * @return the points, the same at every call
   * @throws IllegalStateException if the data set has no factors
   */
  public LabelledCodes train() {
    draw();
    return train;
  }

  /**
   * Returns the posteriors of the training points, in the same order.
   *
   * @return the posteriors, the same at every call
   * @throws IllegalStateException if the data set has no factors
   */
  public Codes trainPosteriors() {
    int size = train().size();
    int[] rows = shuffled();
    float[][] logVariances = new float[size][];
    for (int i = 0; i < size; i++) {
      logVariances[i] = codes.logVariances()[rows[i]];
    }
    return new Codes(train().codes(), logVariances);
  }

  /**
   * Returns the evaluation points, none of which is a training point.
   *
   * @return the points, the same at every call
   * @throws IllegalStateException if the data set has no factors
   */
  public LabelledCodes evaluation() {
    draw();
    return evaluation;
  }

  /**
   * Returns DCI with boosted trees from {@link #train} and {@link #evaluation}, computed once.
   *
   * @return the score with its importances
   * @throws IllegalArgumentException as {@link DciScore#ofBoostedTrees} does
   * @throws IllegalStateException if the data set has no factors
   */
  public DciScore boostedTrees() {
    if (boostedTrees == null) {
      boostedTrees = DciScore.ofBoostedTrees(train(), evaluation());
    }
    return boostedTrees;
  }

  /**
   * Returns the FactorVAE score of all encoded posteriors by the options' protocol, computed once.
   *
   * @return the score with its votes
   * @throws IllegalArgumentException as {@link FactorVaeScore#of(LabelledCodes, FactorVaeProtocol,
   *     long)} does
   * @throws IllegalStateException if the data set has no factors
   */
  public FactorVaeScore factorVae() {
    if (factorVae == null) {
      FixedFactorSampler sampler =
          grid().map(FixedFactorSampler::of).orElseGet(() -> FactorVaeScore.sampler(labelled()));
      factorVae =
          FactorVaeScore.compute(
              codes.means(), codes.logVariances(), sampler, options.factorVae(), options.seed());
    }
    return factorVae;
  }

  /**
   * Returns posterior means for scores without factors, as many as there are training points.
   *
   * @return means, {@code [points][latents]}, the same at every call
   */
  public float[][] sample() {
    if (sample == null) {
      long start = System.nanoTime();
      int[] rows = shuffled();
      sample = new float[Math.min(rows.length, options.trainPoints())][];
      for (int i = 0; i < sample.length; i++) {
        sample[i] = codes.means()[rows[i]];
      }
      samplingNanos += System.nanoTime() - start;
    }
    return sample;
  }

  /** Returns how long drawing the points took so far, which no score is to be charged with. */
  long samplingNanos() {
    return samplingNanos;
  }

  /**
   * Returns the options.
   *
   * @return sample sizes, protocols and seed
   */
  public ScoreOptions options() {
    return options;
  }

  /**
   * Tells whether the model gives a density for images, and its encoder one for codes.
   *
   * @return false where codes were given instead of a model
   */
  public boolean hasLikelihood() {
    return modelled.isPresent() && !deterministic;
  }

  /**
   * Tells whether the model's values for these images are logarithms of probabilities, so that
   * their bound is one on {@code log p(x)}.
   *
   * @return false for a Bernoulli of continuous pixels, and where there is no likelihood at all
   */
  public boolean likelihoodIsDistribution() {
    return modelled
        .filter(model -> model.likelihood().isDistributionOf(model.data().pixelKind()))
        .isPresent();
  }

  /**
   * Estimates how well the model explains a sample of the images.
   *
   * @param sampledImages how many images, or all where there are fewer
   * @param samples samples of {@code z} per image
   * @return the estimates
   * @throws IllegalStateException if there is no likelihood
   */
  public ModelEvidence evidence(int sampledImages, int samples) {
    ModelledImages model =
        modelled.orElseThrow(() -> new IllegalStateException("the model has no likelihood"));
    int count = Math.min(sampledImages, codes.size());
    int[] rows = Shuffle.first(codes.size(), count, new SplittableRandom(options.seed()));
    int[] chosen = new int[count];
    float[][] means = new float[count][];
    float[][] logVariances = new float[count][];
    for (int i = 0; i < count; i++) {
      chosen[i] = images[rows[i]];
      means[i] = codes.means()[rows[i]];
      logVariances[i] = codes.logVariances()[rows[i]];
    }
    Codes posteriors = new Codes(means, logVariances);
    return ModelEvidence.of(
        model.likelihood(), model.data(), chosen, posteriors, samples, options.seed());
  }

  private void draw() {
    if (train != null) {
      return;
    }
    long start = System.nanoTime();
    int[] rows = shuffled();
    int trainSize = options.trainPoints();
    int evaluationSize = options.evaluationPoints();
    if ((long) trainSize + evaluationSize > rows.length) {
      trainSize = Math.max(1, rows.length * 2 / 3);
      evaluationSize = rows.length - trainSize;
    }
    train = rows(rows, 0, trainSize);
    evaluation = rows(rows, trainSize, trainSize + evaluationSize);
    samplingNanos += System.nanoTime() - start;
  }

  /**
   * A model's likelihood and the images it is asked about.
   *
   * @param likelihood the decoder's distribution
   * @param data the data set
   */
  record ModelledImages(ImageLikelihood likelihood, ImageData data) {}

  private LabelledCodes rows(int[] rows, int from, int to) {
    float[][] some = new float[to - from][];
    int[] theirImages = new int[to - from];
    for (int i = from; i < to; i++) {
      some[i - from] = codes.means()[rows[i]];
      theirImages[i - from] = images[rows[i]];
    }
    return LabelledCodes.of(some, knownFactors(), theirImages);
  }

  private int[] shuffled() {
    int count =
        (int) Math.min(codes.size(), (long) options.trainPoints() + options.evaluationPoints());
    return options.inOrder()
        ? IntStream.range(0, count).toArray()
        : Shuffle.first(codes.size(), count, new SplittableRandom(options.seed()));
  }

  private Factors knownFactors() {
    return factors.orElseThrow(() -> new IllegalStateException("the data set has no factors"));
  }
}
