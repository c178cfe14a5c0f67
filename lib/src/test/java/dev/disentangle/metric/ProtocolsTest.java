package dev.disentangle.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.metric.FactorVaeProtocol.Pruning;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The published sample sizes, word for word, and which sizes make no sense. */
class ProtocolsTest {

  @Test
  void publishedSizes() {
    assertEquals(
        new FactorVaeProtocol("paper", 800, 0, 200, 0, Pruning.KL, 0.01),
        FactorVaeProtocol.paper());
    assertEquals(
        new FactorVaeProtocol(
            "reference", 10_000, 5_000, 64, 10_000, Pruning.STANDARD_DEVIATION, 0.05),
        FactorVaeProtocol.reference());
    assertEquals(new HigginsProtocol("paper", 10_000, 5_000, 200), HigginsProtocol.paper());
    assertEquals(new HigginsProtocol("reference", 10_000, 5_000, 64), HigginsProtocol.reference());
    assertEquals(new IrsProtocol("paper", 0), IrsProtocol.paper());
    assertEquals(new IrsProtocol("reference", 20), IrsProtocol.reference());
  }

  private static FactorVaeProtocol votes(
      int train, int evaluation, int points, int variance, double threshold) {
    return new FactorVaeProtocol("x", train, evaluation, points, variance, Pruning.KL, threshold);
  }

  @Test
  void smallestSizesAreAllowedAndSmallerOnesNamed() {
    assertDoesNotThrow(() -> votes(1, 0, 2, 2, 0));
    assertDoesNotThrow(() -> votes(1, 0, 2, 0, 1e300));
    requireNamed("trainVotes must be at least 1, was 0", () -> votes(0, 0, 2, 2, 0));
    requireNamed("evaluationVotes must be at least 0, was -1", () -> votes(1, -1, 2, 2, 0));
    requireNamed("pointsPerVote must be at least 2, was 1", () -> votes(1, 0, 1, 2, 0));
    requireNamed("variancePoints must be 0 or at least 2", () -> votes(1, 0, 2, 1, 0));
    requireNamed("variancePoints must be at least 0, was -1", () -> votes(1, 0, 2, -1, 0));
    for (double threshold : new double[] {-1e-9, Double.NaN, Double.POSITIVE_INFINITY}) {
      requireNamed("threshold", () -> votes(1, 0, 2, 2, threshold));
    }
    assertDoesNotThrow(() -> new HigginsProtocol("x", 1, 1, 1));
    requireNamed("trainPoints must be at least 1", () -> new HigginsProtocol("x", 0, 1, 1));
    requireNamed("evaluationPoints must be at least 1", () -> new HigginsProtocol("x", 1, 0, 1));
    requireNamed("pairs must be at least 1", () -> new HigginsProtocol("x", 1, 1, 0));
    assertDoesNotThrow(() -> new IrsProtocol("x", 2));
    requireNamed("factorBins must be 0 or at least 2", () -> new IrsProtocol("x", 1));
    requireNamed("factorBins must be at least 0, was -1", () -> new IrsProtocol("x", -1));
  }

  /** 40 classes in 20 bins: two share each. Class numbers as they are stay what they are. */
  @Test
  void binnedFactorsShareClasses() {
    int[] classes = {0, 1, 2, 38, 39, 20};
    assertArrayEquals(new int[] {0, 0, 1, 19, 19, 10}, IrsProtocol.reference().classes(classes));
    assertArrayEquals(classes, IrsProtocol.paper().classes(classes));
  }

  /** Each method changes what it names and nothing else. */
  @Test
  void optionsChangeOneThingAtATime() {
    ScoreOptions options = ScoreOptions.defaults();
    assertEquals(
        new ScoreOptions(
            FactorVaeProtocol.reference(),
            HigginsProtocol.reference(),
            IrsProtocol.reference(),
            InformationEstimator.bins(20),
            0,
            1_000_000,
            10_000,
            5_000,
            1_000,
            false,
            StandardScores.all()),
        options);
    FactorVaeProtocol votes = votes(5, 6, 7, 8, 9);
    HigginsProtocol pairs = new HigginsProtocol("y", 1, 2, 3);
    assertEquals(
        with(options, votes, pairs, options.irs(), 0, 1_000_000, 10_000, 5_000, 1_000),
        options.protocols(votes, pairs));
    assertEquals(
        with(
            options,
            FactorVaeProtocol.paper(),
            HigginsProtocol.paper(),
            IrsProtocol.paper(),
            0,
            1_000_000,
            10_000,
            5_000,
            1_000),
        options.paperProtocols());
    FactorVaeProtocol same = options.factorVae();
    HigginsProtocol still = options.higgins();
    IrsProtocol irs = options.irs();
    assertEquals(
        with(options, same, still, IrsProtocol.paper(), 0, 1_000_000, 10_000, 5_000, 1_000),
        options.irs(IrsProtocol.paper()));
    assertEquals(
        with(options, same, still, irs, 7, 1_000_000, 10_000, 5_000, 1_000), options.seed(7));
    assertEquals(with(options, same, still, irs, 0, 2, 10_000, 5_000, 1_000), options.maxImages(2));
    assertEquals(with(options, same, still, irs, 0, 1_000_000, 1, 3, 1_000), options.points(1, 3));
    assertEquals(
        with(options, same, still, irs, 0, 1_000_000, 10_000, 5_000, 1),
        options.totalCorrelationSamples(1));
    ScoreOptions neighbours = options.information(InformationEstimator.neighbours(3));
    assertEquals(InformationEstimator.neighbours(3), neighbours.information());
    assertEquals(options, neighbours.information(InformationEstimator.bins()));
    ScoreOptions ordered = options.pointsInOrder();
    assertTrue(ordered.inOrder());
    assertEquals(
        with(ordered, same, still, irs, 7, 1_000_000, 10_000, 5_000, 1_000), ordered.seed(7));
  }

  private static ScoreOptions with(
      ScoreOptions from,
      FactorVaeProtocol votes,
      HigginsProtocol pairs,
      IrsProtocol irs,
      long seed,
      int images,
      int train,
      int evaluation,
      int samples) {
    return new ScoreOptions(
        votes,
        pairs,
        irs,
        from.information(),
        seed,
        images,
        train,
        evaluation,
        samples,
        from.inOrder(),
        from.scores());
  }

  @Test
  void scoresAreChosenByNameInTheOrderOfTheNames() {
    ScoreOptions options = ScoreOptions.defaults();
    assertEquals(List.of("sap", "mig"), names(options.only("sap", "mig")));
    Score extra = options.scores().get(2);
    ScoreOptions more = options.only("kl").plus(extra);
    assertEquals(List.of("kl", extra.name()), names(more));
    assertThrows(UnsupportedOperationException.class, () -> more.scores().add(extra));
    requireNamed("no score is named tea; there are [kl, " + extra.name(), () -> more.only("tea"));
    requireNamed("number of scores", () -> options.only());
    requireNamed("maxImages must be at least 2, was 1", () -> options.maxImages(1));
    requireNamed("trainPoints must be at least 1", () -> options.points(0, 1));
    requireNamed("evaluationPoints must be at least 1", () -> options.points(1, 0));
    requireNamed("totalCorrelationSamples", () -> options.totalCorrelationSamples(0));
  }

  private static List<String> names(ScoreOptions options) {
    return Stream.of(options).flatMap(o -> o.scores().stream()).map(Score::name).toList();
  }

  private static void requireNamed(String what, Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(what), message);
  }
}
