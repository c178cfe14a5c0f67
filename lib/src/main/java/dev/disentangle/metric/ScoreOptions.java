package dev.disentangle.metric;

import dev.disentangle.metric.count.Statistics;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * What a table of scores computes and from how many points. Immutable; each method returns a
 * changed copy of {@link #defaults()}.
 *
 * @param factorVae protocol of the FactorVAE score
 * @param higgins protocol of the Higgins score
 * @param irs protocol of IRS
 * @param information how MIG, modularity, MIG-sup and DCIMIG estimate mutual information
 * @param seed seed of all sampling
 * @param maxImages the most images that are encoded; a larger data set is sampled without
 *     replacement
 * @param trainPoints points that classifiers and information-based scores take
 * @param evaluationPoints further points that classifiers are measured on
 * @param totalCorrelationSamples samples of {@code z} for the true total correlation
 * @param inOrder whether points are taken in their own order, the first for training and the next
 *     for evaluation, rather than drawn
 * @param scores the scores to compute
 */
public record ScoreOptions(
    FactorVaeProtocol factorVae,
    HigginsProtocol higgins,
    IrsProtocol irs,
    InformationEstimator information,
    long seed,
    int maxImages,
    int trainPoints,
    int evaluationPoints,
    int totalCorrelationSamples,
    boolean inOrder,
    List<Score> scores) {

  /**
   * Checks the sizes and copies the list.
   *
   * @throws IllegalArgumentException if {@code maxImages} is less than 2, another size less than 1,
   *     or there is no score
   */
  public ScoreOptions {
    Statistics.requireAtLeast("maxImages", maxImages, 2);
    Statistics.requireAtLeast("trainPoints", trainPoints, 1);
    Statistics.requireAtLeast("evaluationPoints", evaluationPoints, 1);
    Statistics.requireAtLeast("totalCorrelationSamples", totalCorrelationSamples, 1);
    Statistics.requireAtLeast("number of scores", scores.size(), 1);
    scores = List.copyOf(scores);
  }

  /**
   * Returns the sizes of the reference implementation (Locatello et al. 2019): 10,000 training and
   * 5,000 evaluation points, its protocols, all standard scores, seed 0, at most 1,000,000 images.
   *
   * @return the defaults
   */
  public static ScoreOptions defaults() {
    return new ScoreOptions(
        FactorVaeProtocol.reference(),
        HigginsProtocol.reference(),
        IrsProtocol.reference(),
        InformationEstimator.bins(),
        0,
        1_000_000,
        10_000,
        5_000,
        TrueTotalCorrelation.DEFAULT_SAMPLES,
        false,
        StandardScores.all());
  }

  /**
   * Takes the papers' own protocols for the FactorVAE score, the Higgins score and IRS.
   *
   * @return changed options
   */
  public ScoreOptions paperProtocols() {
    return protocols(FactorVaeProtocol.paper(), HigginsProtocol.paper()).irs(IrsProtocol.paper());
  }

  /**
   * Takes other protocols.
   *
   * @param factorVae protocol of the FactorVAE score
   * @param higgins protocol of the Higgins score
   * @return changed options
   */
  public ScoreOptions protocols(FactorVaeProtocol factorVae, HigginsProtocol higgins) {
    return changed(
        draft -> {
          draft.factorVae = factorVae;
          draft.higgins = higgins;
        });
  }

  /**
   * Takes another protocol for IRS.
   *
   * @param protocol what the classes of a factor are
   * @return changed options
   */
  public ScoreOptions irs(IrsProtocol protocol) {
    return changed(draft -> draft.irs = protocol);
  }

  /**
   * Takes another estimator of mutual information for MIG, modularity, MIG-sup and DCIMIG.
   *
   * @param estimator bins or nearest neighbours
   * @return changed options
   */
  public ScoreOptions information(InformationEstimator estimator) {
    return changed(draft -> draft.information = estimator);
  }

  /**
   * Takes another seed.
   *
   * @param seed seed of all sampling
   * @return changed options
   */
  public ScoreOptions seed(long seed) {
    return changed(draft -> draft.seed = seed);
  }

  /**
   * Limits the encoding pass, for a quick look.
   *
   * @param maxImages the most images that are encoded, at least 2
   * @return changed options
   * @throws IllegalArgumentException if {@code maxImages} is less than 2
   */
  public ScoreOptions maxImages(int maxImages) {
    return changed(draft -> draft.maxImages = maxImages);
  }

  /**
   * Takes other sample sizes for classifiers and information-based scores.
   *
   * @param trainPoints training points, at least 1
   * @param evaluationPoints evaluation points, at least 1
   * @return changed options
   * @throws IllegalArgumentException if a size is less than 1
   */
  public ScoreOptions points(int trainPoints, int evaluationPoints) {
    return changed(
        draft -> {
          draft.trainPoints = trainPoints;
          draft.evaluationPoints = evaluationPoints;
        });
  }

  /**
   * Takes another number of samples for the true total correlation.
   *
   * @param samples samples of {@code z}, at least 1
   * @return changed options
   * @throws IllegalArgumentException if {@code samples} is less than 1
   */
  public ScoreOptions totalCorrelationSamples(int samples) {
    return changed(draft -> draft.totalCorrelationSamples = samples);
  }

  /**
   * Takes points in their own order instead of drawing them: the first {@link #trainPoints} train,
   * the next {@link #evaluationPoints} evaluate. That is for codes that another program has split,
   * and for comparing with its numbers; codes in the order of a grid must be drawn.
   *
   * @return changed options
   */
  public ScoreOptions pointsInOrder() {
    return changed(draft -> draft.inOrder = true);
  }

  /**
   * Puts another score in the place of each, such as one that tells when it starts.
   *
   * @param change gives the score to compute instead of another
   * @return changed options
   */
  public ScoreOptions each(UnaryOperator<Score> change) {
    return changed(draft -> draft.scores = scores.stream().map(change).toList());
  }

  /**
   * Computes only some of the scores.
   *
   * @param names names of scores, such as {@code mig}
   * @return changed options
   * @throws IllegalArgumentException if a name is unknown or there is none
   */
  public ScoreOptions only(String... names) {
    List<Score> some = new ArrayList<>();
    for (String name : names) {
      some.add(
          scores.stream()
              .filter(score -> score.name().equals(name))
              .findFirst()
              .orElseThrow(() -> unknown(name)));
    }
    return changed(draft -> draft.scores = some);
  }

  /**
   * Computes one score more.
   *
   * @param score a score of the user's own
   * @return changed options
   */
  public ScoreOptions plus(Score score) {
    List<Score> more = new ArrayList<>(scores);
    more.add(score);
    return changed(draft -> draft.scores = more);
  }

  private IllegalArgumentException unknown(String name) {
    return new IllegalArgumentException(
        "no score is named " + name + "; there are " + scores.stream().map(Score::name).toList());
  }

  private ScoreOptions changed(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.options();
  }

  /** Options while one of them changes, so that no method has to name all the others. */
  private static final class Draft {

    private FactorVaeProtocol factorVae;
    private HigginsProtocol higgins;
    private IrsProtocol irs;
    private InformationEstimator information;
    private long seed;
    private int maxImages;
    private int trainPoints;
    private int evaluationPoints;
    private int totalCorrelationSamples;
    private boolean inOrder;
    private List<Score> scores;

    Draft(ScoreOptions from) {
      factorVae = from.factorVae;
      higgins = from.higgins;
      irs = from.irs;
      information = from.information;
      seed = from.seed;
      maxImages = from.maxImages;
      trainPoints = from.trainPoints;
      evaluationPoints = from.evaluationPoints;
      totalCorrelationSamples = from.totalCorrelationSamples;
      inOrder = from.inOrder;
      scores = from.scores;
    }

    ScoreOptions options() {
      return new ScoreOptions(
          factorVae,
          higgins,
          irs,
          information,
          seed,
          maxImages,
          trainPoints,
          evaluationPoints,
          totalCorrelationSamples,
          inOrder,
          scores);
    }
  }
}
