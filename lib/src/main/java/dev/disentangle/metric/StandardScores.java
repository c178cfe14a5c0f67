package dev.disentangle.metric;

import dev.disentangle.metric.MinibatchTotalCorrelation.Weights;
import dev.disentangle.metric.count.FixedFactorSampler;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;

/** The scores of this package as entries of a table: one line of registration each. */
public final class StandardScores {

  private static final Predicate<ScoreInput> ALWAYS = input -> true;
  private static final Predicate<ScoreInput> FACTORS = ScoreInput::hasFactors;
  private static final Predicate<ScoreInput> POSTERIORS = input -> !input.deterministic();

  private static final List<Score> ALL =
      List.of(
          entry("factorvae", FACTORS, ContinuousTreatment.RANGES, StandardScores::factorVae),
          entry("higgins", FACTORS, ContinuousTreatment.RANGES, StandardScores::higgins),
          entry("mig", FACTORS, ContinuousTreatment.INFORMATION, StandardScores::mig),
          entry(
              "dci", FACTORS, ContinuousTreatment.RANGES, in -> dci("dci", in.boostedTrees(), in)),
          entry(
              "dci.lasso",
              FACTORS,
              ContinuousTreatment.NUMBERS,
              in -> dci("dci.lasso", DciScore.ofLasso(in.train(), in.evaluation()), in)),
          entry("sap", FACTORS, ContinuousTreatment.REGRESSION, StandardScores::sap),
          entry("modularity", FACTORS, ContinuousTreatment.INFORMATION, StandardScores::modularity),
          entry("explicitness", FACTORS, ContinuousTreatment.RANGES, StandardScores::explicitness),
          entry("irs", FACTORS, ContinuousTreatment.RANGES, StandardScores::irs),
          entry("mig-sup", FACTORS, ContinuousTreatment.INFORMATION, StandardScores::migSup),
          entry("jemmig", FACTORS, ContinuousTreatment.RANGES, StandardScores::jemmig),
          entry("dcimig", FACTORS, ContinuousTreatment.INFORMATION, StandardScores::dciMig),
          entry("infomec", FACTORS, StandardScores::infoMec),
          entry("z-max-variance", StandardScores::mayBeGrid, StandardScores::zMaxVariance),
          entry("tc.true", POSTERIORS, StandardScores::trueTotalCorrelation),
          entry("tc.minibatch", POSTERIORS, StandardScores::minibatchTotalCorrelation),
          entry("tc.gaussian", ALWAYS, StandardScores::gaussianTotalCorrelation),
          entry("mutual-information", ALWAYS, StandardScores::mutualInformation),
          entry("wasserstein", ALWAYS, StandardScores::wasserstein),
          entry("active-units", ALWAYS, StandardScores::activeUnits),
          entry("kl", POSTERIORS, StandardScores::kl),
          entry("evidence", ScoreInput::hasLikelihood, StandardScores::evidence));

  private StandardScores() {}

  /**
   * Returns all of them, in the order of the table.
   *
   * @return an immutable list
   */
  public static List<Score> all() {
    return ALL;
  }

  /** An entry that sees no factors, or says itself how it takes continuous ones. */
  private static Score entry(
      String name, Predicate<ScoreInput> condition, Function<ScoreInput, List<ScoreValue>> values) {
    return entry(name, condition, ContinuousTreatment.NONE, values);
  }

  private static Score entry(
      String name,
      Predicate<ScoreInput> condition,
      ContinuousTreatment continuous,
      Function<ScoreInput, List<ScoreValue>> values) {
    return new ScoreEntry(name, condition, continuous, values);
  }

  private static ScoreValue value(
      String name, double value, String estimator, int points, ScoreInput in) {
    return new ScoreValue(name, value, estimator, points, in.options().seed());
  }

  private static List<ScoreValue> factorVae(ScoreInput in) {
    FactorVaeProtocol protocol = in.options().factorVae();
    FactorVaeScore score = in.factorVae();
    String estimator =
        protocol.name()
            + " protocol, "
            + protocol.trainVotes()
            + " votes of "
            + protocol.pointsPerVote();
    return List.of(value("factorvae", score.value(), estimator, in.codes().size(), in));
  }

  private static List<ScoreValue> higgins(ScoreInput in) {
    HigginsProtocol protocol = in.options().higgins();
    HigginsScore score =
        HigginsScore.compute(in.codes().means(), sampler(in), protocol, in.options().seed());
    String estimator =
        protocol.name()
            + " protocol, "
            + protocol.trainPoints()
            + " vectors of "
            + protocol.pairs()
            + " pairs";
    return List.of(value("higgins", score.value(), estimator, in.codes().size(), in));
  }

  private static FixedFactorSampler sampler(ScoreInput in) {
    return in.grid()
        .map(FixedFactorSampler::of)
        .orElseGet(() -> FactorVaeScore.sampler(in.labelled()));
  }

  private static List<ScoreValue> mig(ScoreInput in) {
    MutualInformationGap gap = MutualInformationGap.of(in.train(), in.options().information());
    return List.of(value("mig", gap.value(), gap.estimator().toString(), gap.points(), in));
  }

  private static List<ScoreValue> dci(String name, DciScore score, ScoreInput in) {
    String estimator = score.variant();
    int points = score.trainPoints();
    return List.of(
        value(name + ".disentanglement", score.disentanglement(), estimator, points, in),
        value(name + ".completeness", score.completeness(), estimator, points, in),
        value(
            name + ".informativeness",
            score.informativeness(),
            estimator,
            score.evaluationPoints(),
            in));
  }

  private static List<ScoreValue> sap(ScoreInput in) {
    SapScore score = SapScore.of(in.train(), in.evaluation());
    return List.of(
        value("sap", score.value(), "linear support vector machine", score.trainPoints(), in));
  }

  private static List<ScoreValue> modularity(ScoreInput in) {
    ModularityScore score = ModularityScore.of(in.train(), in.options().information());
    String estimator = score.estimator().toString();
    return List.of(value("modularity", score.value(), estimator, score.points(), in));
  }

  private static List<ScoreValue> explicitness(ScoreInput in) {
    ExplicitnessScore score = ExplicitnessScore.of(in.train(), in.evaluation());
    return List.of(
        value("explicitness", score.value(), "logistic regression", score.trainPoints(), in));
  }

  private static List<ScoreValue> irs(ScoreInput in) {
    IrsScore score = IrsScore.of(in.train(), in.options().irs());
    String estimator = score.protocol().name() + " protocol, 99th percentile";
    return List.of(value("irs", score.value(), estimator, score.points(), in));
  }

  private static List<ScoreValue> migSup(ScoreInput in) {
    MigSupScore score =
        MigSupScore.of(
            in.train(), in.options().information(), MigSupScore.Normalisation.FACTOR_ENTROPY);
    String estimator = score.estimator() + ", over the factors' entropies";
    return List.of(value("mig-sup", score.value(), estimator, score.points(), in));
  }

  private static List<ScoreValue> jemmig(ScoreInput in) {
    JemmigScore score = JemmigScore.ofPosteriors(in.trainPosteriors(), in.train().factors());
    String estimator = "posteriors over " + score.bins() + " bins";
    return List.of(
        value("jemmig", score.value(), estimator, score.points(), in),
        value("rmig", score.rmig(), estimator, score.points(), in));
  }

  private static List<ScoreValue> dciMig(ScoreInput in) {
    DciMigScore score = DciMigScore.of(in.train(), in.options().information());
    return List.of(
        value("dcimig", score.value(), score.estimator().toString(), score.points(), in));
  }

  private static List<ScoreValue> infoMec(ScoreInput in) {
    InfoMecScore score = InfoMecScore.of(in.train());
    String estimator =
        InformationEstimator.neighbours(InfoMecScore.NEIGHBOURS)
            + ContinuousTreatment.NUMBERS.note(in);
    String linear = "logistic regression" + ContinuousTreatment.RANGES.note(in);
    int points = score.points();
    return List.of(
        value("infomec.modularity", score.modularity(), estimator, points, in),
        value("infomec.explicitness", score.explicitness(), linear, points, in),
        value("infomec.compactness", score.compactness(), estimator, points, in));
  }

  private static boolean mayBeGrid(ScoreInput in) {
    return in.grid().isPresent() || !in.continuousFactors().isEmpty();
  }

  private static List<ScoreValue> zMaxVariance(ScoreInput in) {
    if (!in.continuousFactors().isEmpty()) {
      throw new IllegalArgumentException(
          "it needs an image of every combination of classes, and real numbers have no classes");
    }
    ZMaxVarianceScore score =
        ZMaxVarianceScore.of(in.codes().means(), in.grid().orElseThrow(), in.options().seed());
    String estimator = score.trainVotes() + " votes of " + score.pointsPerVote();
    return List.of(value("z-max-variance", score.value(), estimator, in.codes().size(), in));
  }

  private static List<ScoreValue> trueTotalCorrelation(ScoreInput in) {
    TotalCorrelation estimate =
        TrueTotalCorrelation.of(
            in.codes(), in.options().totalCorrelationSamples(), in.options().seed());
    String estimator = estimate.samples() + " samples of z, nats";
    return List.of(value("tc.true", estimate.nats(), estimator, estimate.points(), in));
  }

  /** The estimates that beta-TCVAE trains with, beside the true value: 16 batches of 64. */
  private static List<ScoreValue> minibatchTotalCorrelation(ScoreInput in) {
    int batch = Math.min(64, in.codes().size());
    List<ScoreValue> values = new ArrayList<>();
    for (Weights weights : Weights.values()) {
      TotalCorrelation estimate =
          MinibatchTotalCorrelation.of(in.codes(), weights, batch, 16, in.options().seed());
      String name = "tc." + estimate.estimator();
      String estimator = "16 batches of " + batch + ", nats";
      if (weights == Weights.WEIGHTED) {
        // What codes that say nothing would get; without it the number looks like a disaster.
        double offset = (in.codes().latents() - 1) * Math.log(in.codes().size());
        estimator += String.format(Locale.ROOT, ", with the offset (D - 1) log N = %.1f", offset);
      }
      values.add(value(name, estimate.nats(), estimator, estimate.points(), in));
    }
    return values;
  }

  private static List<ScoreValue> gaussianTotalCorrelation(ScoreInput in) {
    TotalCorrelation estimate = GaussianTotalCorrelation.of(in.sample());
    return List.of(
        value("tc.gaussian", estimate.nats(), "covariance of means, nats", estimate.points(), in));
  }

  private static List<ScoreValue> mutualInformation(ScoreInput in) {
    MutualInformationScore score = MutualInformationScore.of(in.sample());
    return List.of(
        value(
            "mutual-information", score.value(), score.bins() + " bins, nats", score.points(), in));
  }

  private static List<ScoreValue> wasserstein(ScoreInput in) {
    WassersteinCorrelation score = WassersteinCorrelation.of(in.sample());
    return List.of(
        value("wasserstein", score.value(), "covariance of means", score.points(), in),
        value("wasserstein.normalized", score.normalized(), "over its trace", score.points(), in));
  }

  private static List<ScoreValue> activeUnits(ScoreInput in) {
    ActiveUnits units = ActiveUnits.of(in.codes().means());
    String estimator = "variance above " + units.threshold();
    return List.of(value("active-units", units.count(), estimator, units.points(), in));
  }

  private static List<ScoreValue> kl(ScoreInput in) {
    KlPerLatent kl = KlPerLatent.of(in.codes());
    return List.of(value("kl", kl.total(), "sum over latents, nats per image", kl.points(), in));
  }

  private static List<ScoreValue> evidence(ScoreInput in) {
    ModelEvidence evidence =
        in.evidence(ModelEvidence.DEFAULT_IMAGES, ModelEvidence.DEFAULT_SAMPLES);
    ImportanceWeighted weighted = evidence.logLikelihood();
    String estimator = weighted.samples() + " samples of z, nats per image";
    int points = weighted.images();
    ScoreValue kl = value("evidence.kl", evidence.kl(), "exact, nats per image", points, in);
    double reconstruction = evidence.reconstruction();
    double loss = evidence.negativeElbo();
    if (!in.likelihoodIsDistribution()) {
      // Neither a bound nor an estimate of log p(x): the names must not say so.
      String crossEntropy = "cross-entropy of continuous pixels, " + estimator;
      return List.of(
          value("evidence.loss", loss, crossEntropy, points, in),
          value("evidence.reconstruction", reconstruction, crossEntropy, points, in),
          kl);
    }
    String weightedBy = "importance-weighted, " + estimator;
    return List.of(
        value("evidence.negative-elbo", loss, estimator, points, in),
        value("evidence.reconstruction", reconstruction, estimator, points, in),
        kl,
        value("evidence.log-likelihood", weighted.nats(), weightedBy, points, in));
  }
}
