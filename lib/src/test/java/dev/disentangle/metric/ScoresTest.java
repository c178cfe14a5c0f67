package dev.disentangle.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.data.FactorSpace;
import dev.disentangle.data.FactorTable;
import dev.disentangle.data.Factors;
import dev.disentangle.data.Image;
import dev.disentangle.data.ImageData;
import dev.disentangle.data.ImageShape;
import dev.disentangle.data.PixelKind;
import dev.disentangle.representation.Codes;
import dev.disentangle.representation.ImageEncoder;
import dev.disentangle.representation.ImageLikelihood;
import dev.disentangle.representation.LikelihoodModel;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

class ScoresTest {

  private static final ScoreOptions SMALL =
      ScoreOptions.defaults()
          .points(1_000, 500)
          .totalCorrelationSamples(100)
          .protocols(
              new FactorVaeProtocol(
                  "small", 500, 500, 64, 1_000, FactorVaeProtocol.Pruning.STANDARD_DEVIATION, 0.05),
              new HigginsProtocol("small", 500, 500, 64));

  private static Codes posteriors(float[][] means) {
    float[][] logVariances = new float[means.length][means[0].length];
    for (float[] row : logVariances) {
      Arrays.fill(row, -4);
    }
    return new Codes(means, logVariances);
  }

  @Test
  void everyScoreIsThereForTrueFactors() {
    Scores scores = Scores.of(posteriors(SyntheticCodes.identity()), SyntheticCodes.SPACE, SMALL);
    assertEquals(1, scores.value("factorvae"), 0.01);
    assertEquals(1, scores.value("higgins"), 0.01);
    assertEquals(1, scores.value("mig"), 0.02);
    assertEquals(1, scores.value("dci.disentanglement"), 0.02);
    assertEquals(1, scores.value("dci.completeness"), 0.02);
    assertEquals(0, scores.value("tc.true"), 0.02);
    assertEquals(4, scores.value("active-units"));
    // All but the evidence, which needs the model itself.
    assertEquals(StandardScores.all().size() - 1, scores.seconds().size());
    assertEquals(scores.names().size(), scores.table().rowCount());
    assertEquals(
        List.of("score", "value", "estimator", "points", "seed"), scores.table().columnNames());
  }

  @Test
  void zeroCodesHaveADefinedValueForEveryScore() {
    Scores scores = Scores.of(posteriors(SyntheticCodes.constant()), SyntheticCodes.SPACE, SMALL);
    assertEquals(0, scores.value("factorvae"));
    assertEquals(0, scores.value("mig"));
    assertEquals(0, scores.value("dci.disentanglement"));
    assertEquals(0, scores.value("tc.gaussian"));
    assertEquals(0, scores.value("active-units"));
    assertTrue(scores.values().stream().noneMatch(value -> Double.isNaN(value.value())));
  }

  @Test
  void scoresThatNeedFactorsOrPosteriorsAreLeftOutWithoutThem() {
    float[][] means = SyntheticCodes.rotated();
    Scores unsupervised = Scores.of(posteriors(means), SMALL);
    assertFalse(unsupervised.names().contains("mig"));
    assertTrue(unsupervised.names().contains("tc.true"));
    float[][] none = new float[means.length][4];
    for (float[] row : none) {
      Arrays.fill(row, Float.NEGATIVE_INFINITY);
    }
    Scores deterministic =
        Scores.of(
            new Codes(means, none),
            SyntheticCodes.SPACE,
            SMALL.only("mig", "tc.true", "tc.minibatch"));
    assertEquals(List.of("mig"), deterministic.names());
  }

  @Test
  void factorsOutsideAGridGiveNearlyTheSameScores() {
    Factors table =
        (Factors)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Factors.class},
                (proxy, method, arguments) -> method.invoke(SyntheticCodes.SPACE, arguments));
    ScoreOptions options = SMALL.only("factorvae", "higgins", "mig");
    Codes codes = posteriors(SyntheticCodes.rotated());
    Scores grid = Scores.of(codes, SyntheticCodes.SPACE, options);
    Scores other = Scores.of(codes, table, options);
    // 500 votes: a standard error of 0.02 each.
    assertEquals(grid.value("factorvae"), other.value("factorvae"), 0.1);
    assertEquals(grid.value("higgins"), other.value("higgins"), 0.1);
    assertEquals(grid.value("mig"), other.value("mig"));
  }

  @Test
  void encodesOnceAndSamplesLargeDataSets() {
    int[] calls = new int[2];
    ImageEncoder encoder =
        (ImageEncoder)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ImageEncoder.class},
                (proxy, method, arguments) -> {
                  int[] images = (int[]) arguments[1];
                  calls[0]++;
                  calls[1] += images.length;
                  float[][] all = SyntheticCodes.identity();
                  return posteriors(
                      Arrays.stream(images).mapToObj(i -> all[i]).toArray(float[][]::new));
                });
    Scores scores = Scores.of(encoder, new Grid(), SMALL.maxImages(2_000));
    assertArrayEquals(new int[] {1, 2_000}, calls);
    assertEquals(1, scores.value("factorvae"), 0.01);
    Scores whole = Scores.of(encoder, new Grid(), SMALL.only("factorvae"));
    assertEquals(SyntheticCodes.SPACE.size(), calls[1] - 2_000);
    assertEquals(1, whole.value("factorvae"), 0.01);
  }

  /** A data set that has factors but is never read. */
  private record Grid() implements ImageData {
    @Override
    public String name() {
      return "grid";
    }

    @Override
    public int size() {
      return SyntheticCodes.SPACE.size();
    }

    @Override
    public ImageShape shape() {
      return new ImageShape(1, 1, 1);
    }

    @Override
    public PixelKind pixelKind() {
      return PixelKind.BINARY;
    }

    @Override
    public void read(int[] indices, float[] pixels) {
      throw new UnsupportedOperationException("the test's encoder needs no pixels");
    }

    @Override
    public Optional<Factors> factors() {
      return Optional.of(SyntheticCodes.SPACE);
    }

    @Override
    public String fingerprint() {
      return "grid";
    }
  }

  @Test
  void sameSeedGivesTheSameTable() {
    Codes codes = posteriors(SyntheticCodes.rotated());
    Scores once = Scores.of(codes, SyntheticCodes.SPACE, SMALL);
    Scores again = Scores.of(codes, SyntheticCodes.SPACE, SMALL);
    assertEquals(once.values(), again.values());
  }

  @Test
  void writesCsv(@TempDir Path folder) throws IOException {
    Scores scores =
        Scores.of(posteriors(SyntheticCodes.identity()), SyntheticCodes.SPACE, SMALL.only("irs"));
    Path file = folder.resolve("scores.csv");
    scores.csv(file);
    List<String> lines = Files.readAllLines(file);
    assertEquals("score,value,estimator,points,seed", lines.get(0));
    assertEquals(
        "irs," + scores.value("irs") + ",\"reference protocol, 99th percentile\",1000,0",
        lines.get(1));
  }

  /** MIG and modularity need as many points as bins, 20; the others do without. */
  @Test
  void oneScoreThatFailsDoesNotLoseTheOthers(@TempDir Path folder) throws IOException {
    Codes all = posteriors(SyntheticCodes.identity());
    Codes few = new Codes(Arrays.copyOf(all.means(), 18), Arrays.copyOf(all.logVariances(), 18));
    FactorSpace space = FactorSpace.of(List.of("a", "b"), 2, 9);
    Scores scores = Scores.of(few, space, SMALL.only("mig", "irs", "kl").plus(new Broken()));
    assertEquals(List.of("mig", "irs", "kl", "broken"), scores.names());
    assertEquals(Double.NaN, scores.value("mig"));
    assertTrue(scores.value("kl") > 0);
    String why = scores.values().get(0).estimator();
    assertTrue(why.startsWith("not computed: ") && why.contains("bins, 20"), why);
    assertEquals(
        "not computed: java.lang.ArithmeticException: of the user's own",
        scores.values().get(3).estimator());
    String row = scores.toString().lines().filter(line -> line.contains("mig")).findFirst().get();
    assertTrue(row.matches(".*mig +\\| +- +\\|.*"), row);
    scores.csv(folder.resolve("scores.csv"));
    String csv = Files.readAllLines(folder.resolve("scores.csv")).get(1);
    assertTrue(csv.startsWith("mig,NaN,"), csv);
  }

  private static final class Broken implements Score {
    @Override
    public String name() {
      return "broken";
    }

    @Override
    public boolean applies(ScoreInput input) {
      return true;
    }

    @Override
    public List<ScoreValue> compute(ScoreInput input) {
      throw new ArithmeticException("of the user's own");
    }
  }

  /**
   * All rows, none of them hidden, and four significant digits; the numbers themselves are exact.
   */
  @Test
  void theTablePrintsAllItsRowsWithFourDigits() {
    List<ScoreValue> values = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      values.add(new ScoreValue("row" + i, i + 1 / 3.0, "third", 1, 0));
    }
    double[] numbers = {0, 1, -0.123456, 12345.6, 1.23456e-7, 9.87654e8, Double.POSITIVE_INFINITY};
    for (double number : numbers) {
      values.add(new ScoreValue("number", number, "given", 1, 0));
    }
    Table table = ScoreTable.of(values);
    String text = table.toString();
    for (int i = 0; i < 40; i++) {
      assertTrue(text.contains("row" + i + " "), "row " + i + " of\n" + text);
    }
    assertTrue(text.contains(" 12.33 ") && !text.contains("12.333"), text);
    List<String> printed =
        IntStream.range(40, 47).mapToObj(row -> table.getString(row, "value")).toList();
    assertEquals(
        List.of("0", "1", "-0.1235", "12350", "1.235E-7", "9.877E+8", "Infinity"), printed);
    assertEquals(1 / 3.0, table.doubleColumn("value").get(0));
  }

  /** A Bernoulli of continuous pixels gives a loss, but no likelihood and no bound on one. */
  @Test
  void theEvidenceOfWhatIsNoLikelihoodIsNotCalledOne() {
    Scores exact = Scores.of(new Likely(true), new Grid(), SMALL.only("evidence"));
    assertEquals(
        List.of(
            "evidence.negative-elbo",
            "evidence.reconstruction",
            "evidence.kl",
            "evidence.log-likelihood"),
        exact.names());
    Scores loss = Scores.of(new Likely(false), new Grid(), SMALL.only("evidence"));
    assertEquals(List.of("evidence.loss", "evidence.reconstruction", "evidence.kl"), loss.names());
    assertEquals(exact.value("evidence.negative-elbo"), loss.value("evidence.loss"));
    assertTrue(loss.values().get(0).estimator().startsWith("cross-entropy"), loss.toString());
  }

  /** A model of the identity codes that gives every image the log likelihood -3. */
  private record Likely(boolean distribution) implements LikelihoodModel {

    @Override
    public int latents() {
      return 4;
    }

    @Override
    public Codes encode(List<Image> images) {
      throw new UnsupportedOperationException("scores encode by index");
    }

    @Override
    public Codes encode(ImageData data, int[] indices) {
      float[][] all = SyntheticCodes.identity();
      return posteriors(Arrays.stream(indices).mapToObj(i -> all[i]).toArray(float[][]::new));
    }

    @Override
    public Optional<ImageLikelihood> likelihood() {
      return Optional.of(
          new ImageLikelihood() {
            @Override
            public double[] logLikelihoods(ImageData data, int image, float[][] codes) {
              double[] logs = new double[codes.length];
              Arrays.fill(logs, -3);
              return logs;
            }

            @Override
            public boolean isDistributionOf(PixelKind pixels) {
              return distribution;
            }
          });
    }
  }

  @Test
  void aScoreOfTheUsersOwnJoinsTheTable() {
    Score own =
        new Score() {
          @Override
          public String name() {
            return "latents";
          }

          @Override
          public boolean applies(ScoreInput input) {
            return true;
          }

          @Override
          public List<ScoreValue> compute(ScoreInput input) {
            int latents = input.codes().latents();
            return List.of(new ScoreValue("latents", latents, "count", input.codes().size(), 0));
          }
        };
    Scores scores =
        Scores.of(posteriors(SyntheticCodes.identity()), SMALL.plus(own).only("latents"));
    assertEquals(4, scores.value("latents"));
  }

  @Test
  void correlationsBetweenScores() {
    ScoreOptions options = SMALL.only("mig", "irs", "active-units");
    List<Scores> runs =
        List.of(
            Scores.of(posteriors(SyntheticCodes.identity()), SyntheticCodes.SPACE, options),
            Scores.of(posteriors(SyntheticCodes.rotated()), SyntheticCodes.SPACE, options),
            Scores.of(posteriors(SyntheticCodes.noise(1)), SyntheticCodes.SPACE, options));
    for (ScoreCorrelations.Kind kind : ScoreCorrelations.Kind.values()) {
      ScoreCorrelations correlations = ScoreCorrelations.of(runs, kind);
      assertEquals(List.of("mig", "irs", "active-units"), correlations.names());
      assertEquals(1, correlations.matrix()[0][0]);
      assertTrue(correlations.matrix()[0][1] > 0.8);
      // Every run has four active units: a constant score's correlation is not defined.
      assertEquals(Double.NaN, correlations.matrix()[0][2]);
      assertEquals(Double.NaN, correlations.matrix()[2][1]);
      assertEquals(1, correlations.matrix()[2][2]);
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> ScoreCorrelations.of(runs.subList(0, 1), ScoreCorrelations.Kind.PEARSON));
  }

  /** Values of pearsonr, spearmanr and kendalltau of scipy.stats 1.17 on the same six pairs. */
  @Test
  void correlationCoefficientsAgreeWithScipy() {
    double[] a = {1, 2, 3, 4, 5, 6};
    double[] b = {2.5, 1, 4, 6, 3, 5};
    assertEquals(
        0.6086052035544963,
        ScoreCorrelations.correlation(a, b, ScoreCorrelations.Kind.PEARSON),
        1e-9);
    assertEquals(
        0.6571428571428573,
        ScoreCorrelations.correlation(a, b, ScoreCorrelations.Kind.SPEARMAN),
        1e-9);
    assertEquals(
        0.4666666666666666,
        ScoreCorrelations.correlation(a, b, ScoreCorrelations.Kind.KENDALL),
        1e-9);
  }

  @Test
  void badInputIsNamed() {
    Codes codes = posteriors(SyntheticCodes.identity());
    Scores scores = Scores.of(codes, SMALL.only("kl"));
    String message =
        assertThrows(IllegalArgumentException.class, () -> scores.value("mig")).getMessage();
    assertTrue(message.contains("mig") && message.contains("kl"), message);
    assertThrows(IllegalArgumentException.class, () -> SMALL.only("no-such-score"));
    assertThrows(IllegalArgumentException.class, () -> SMALL.maxImages(1));
    assertThrows(IllegalArgumentException.class, () -> SMALL.points(0, 1));
    FactorSpace other = FactorSpace.of(List.of("a"), 5_000);
    assertThrows(IllegalArgumentException.class, () -> Scores.of(codes, other, SMALL));
    FactorTable longer = FactorTable.of("digit", 2, new int[codes.size() + 1]);
    String sizes =
        assertThrows(IllegalArgumentException.class, () -> Scores.of(codes, longer, SMALL))
            .getMessage();
    assertTrue(sizes.contains("3361") && sizes.contains("3360"), sizes);
    codes.means()[3][0] = Float.NaN;
    assertThrows(IllegalArgumentException.class, () -> Scores.of(codes, SMALL));
  }

  /** Every row of the table: its name, how it was estimated, from how many points. */
  @Test
  void everyRowSaysHowItWasEstimated() {
    Scores scores =
        Scores.of(posteriors(SyntheticCodes.identity()), SyntheticCodes.SPACE, SMALL.seed(5));
    Map<String, String> expected = new LinkedHashMap<>();
    expected.put("factorvae", "small protocol, 500 votes of 64; 3360");
    expected.put("higgins", "small protocol, 500 vectors of 64 pairs; 3360");
    expected.put("mig", "20 bins; 1000");
    expected.put("dci.disentanglement", "boosted trees; 1000");
    expected.put("dci.completeness", "boosted trees; 1000");
    expected.put("dci.informativeness", "boosted trees; 500");
    expected.put("dci.lasso.disentanglement", "lasso; 1000");
    expected.put("dci.lasso.completeness", "lasso; 1000");
    expected.put("dci.lasso.informativeness", "lasso; 500");
    expected.put("sap", "linear support vector machine; 1000");
    expected.put("modularity", "20 bins; 1000");
    expected.put("explicitness", "logistic regression; 1000");
    expected.put("irs", "reference protocol, 99th percentile; 1000");
    expected.put("mig-sup", "20 bins, over the factors' entropies; 1000");
    expected.put("jemmig", "posteriors over 100 bins; 1000");
    expected.put("rmig", "posteriors over 100 bins; 1000");
    expected.put("dcimig", "20 bins; 1000");
    expected.put("infomec.modularity", "10 nearest neighbours; 1000");
    expected.put("infomec.explicitness", "logistic regression; 1000");
    expected.put("infomec.compactness", "10 nearest neighbours; 1000");
    expected.put("z-max-variance", "800 votes of 200; 3360");
    expected.put("tc.true", "100 samples of z, nats; 3360");
    expected.put(
        "tc.minibatch-weighted",
        "16 batches of 64, nats, with the offset (D - 1) log N = 24.4; 3360");
    expected.put("tc.minibatch-stratified", "16 batches of 64, nats; 3360");
    expected.put("tc.gaussian", "covariance of means, nats; 1000");
    expected.put("mutual-information", "20 bins, nats; 1000");
    expected.put("wasserstein", "covariance of means; 1000");
    expected.put("wasserstein.normalized", "over its trace; 1000");
    expected.put("active-units", "variance above 0.01; 3360");
    expected.put("kl", "sum over latents, nats per image; 3360");
    Map<String, String> rows = new LinkedHashMap<>();
    for (ScoreValue row : scores.values()) {
      rows.put(row.name(), row.estimator() + "; " + row.points());
      assertEquals(5, row.seed());
    }
    assertEquals(expected.toString().replace(", ", "\n"), rows.toString().replace(", ", "\n"));
    for (double seconds : scores.seconds().values()) {
      assertTrue(seconds >= 0 && seconds < 600, "seconds " + seconds);
    }
    assertThrows(UnsupportedOperationException.class, () -> scores.seconds().clear());
  }

  /** The same numbers as from each score's own class on the same points. */
  @Test
  void valuesAreThoseOfTheScoresThemselves() {
    Codes codes = posteriors(SyntheticCodes.rotated());
    Scores scores = Scores.of(codes, SyntheticCodes.SPACE, SMALL);
    int[] images = new int[codes.size()];
    Arrays.setAll(images, i -> i);
    ScoreInput in = new ScoreInput(codes, Optional.of(SyntheticCodes.SPACE), images, SMALL);
    DciScore trees = DciScore.ofBoostedTrees(in.train(), in.evaluation());
    assertEquals(trees.disentanglement(), scores.value("dci.disentanglement"));
    assertEquals(trees.completeness(), scores.value("dci.completeness"));
    assertEquals(trees.informativeness(), scores.value("dci.informativeness"));
    assertEquals(
        ExplicitnessScore.of(in.train(), in.evaluation()).value(), scores.value("explicitness"));
    assertEquals(SapScore.of(in.train(), in.evaluation()).value(), scores.value("sap"));
    assertEquals(ModularityScore.of(in.train()).value(), scores.value("modularity"));
    assertEquals(IrsScore.of(in.train()).value(), scores.value("irs"));
    InfoMecScore infoMec = InfoMecScore.of(in.train());
    assertEquals(infoMec.modularity(), scores.value("infomec.modularity"));
    assertEquals(infoMec.explicitness(), scores.value("infomec.explicitness"));
    assertEquals(infoMec.compactness(), scores.value("infomec.compactness"));
    JemmigScore jemmig = JemmigScore.ofPosteriors(in.trainPosteriors(), in.train().factors());
    assertEquals(jemmig.value(), scores.value("jemmig"));
    assertEquals(jemmig.rmig(), scores.value("rmig"));
    assertEquals(MigSupScore.of(in.train()).value(), scores.value("mig-sup"));
    assertEquals(DciMigScore.of(in.train()).value(), scores.value("dcimig"));
    float[][] means = codes.means();
    assertEquals(
        ZMaxVarianceScore.of(means, SyntheticCodes.SPACE, 0).value(),
        scores.value("z-max-variance"));
    assertEquals(TrueTotalCorrelation.of(codes, 100, 0).nats(), scores.value("tc.true"));
    assertEquals(GaussianTotalCorrelation.of(in.sample()).nats(), scores.value("tc.gaussian"));
    assertEquals(
        MutualInformationScore.of(in.sample()).value(), scores.value("mutual-information"));
    assertEquals(WassersteinCorrelation.of(in.sample()).value(), scores.value("wasserstein"));
    assertEquals(
        WassersteinCorrelation.of(in.sample()).normalized(),
        scores.value("wasserstein.normalized"));
    assertEquals(KlPerLatent.of(codes).total(), scores.value("kl"));
    assertEquals(
        FactorVaeScore.of(codes, SyntheticCodes.SPACE, SMALL.factorVae(), 0).value(),
        scores.value("factorvae"));
    assertEquals(
        HigginsScore.of(means, SyntheticCodes.SPACE, SMALL.higgins(), 0).value(),
        scores.value("higgins"));
  }

  /** As many images as there may be are all taken; one less is a sample in ascending order. */
  @Test
  void theSampleOfALargeDataSetHasEachImageOnce() {
    List<int[]> asked = new ArrayList<>();
    ImageEncoder encoder =
        (ImageEncoder)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ImageEncoder.class},
                (proxy, method, arguments) -> {
                  asked.add((int[]) arguments[1]);
                  float[][] all = SyntheticCodes.identity();
                  return posteriors(
                      Arrays.stream(asked.get(asked.size() - 1))
                          .mapToObj(i -> all[i])
                          .toArray(float[][]::new));
                });
    int size = SyntheticCodes.SPACE.size();
    Scores.of(encoder, new Grid(), SMALL.maxImages(size).only("kl"));
    Scores.of(encoder, new Grid(), SMALL.maxImages(size - 1).only("kl"));
    int[] all = new int[size];
    Arrays.setAll(all, i -> i);
    assertArrayEquals(all, asked.get(0));
    int[] distinct = Arrays.stream(asked.get(1)).distinct().sorted().toArray();
    assertArrayEquals(distinct, asked.get(1));
    assertEquals(size - 1, distinct.length);
  }

  /** Missing or undefined in one run: left out. All left out: an error. */
  @Test
  void correlationsNeedAFiniteScoreOfEveryRun() {
    Codes codes = posteriors(SyntheticCodes.identity());
    Scores both = Scores.of(codes, SyntheticCodes.SPACE, SMALL.only("kl", "irs"));
    Scores one = Scores.of(codes, SyntheticCodes.SPACE, SMALL.only("kl"));
    ScoreCorrelations correlations =
        ScoreCorrelations.of(List.of(both, one, both), ScoreCorrelations.Kind.KENDALL);
    assertEquals(List.of("kl"), correlations.names());
    assertEquals(3, correlations.runs());
    assertEquals(ScoreCorrelations.Kind.KENDALL, correlations.kind());
    Scores other = Scores.of(codes, SyntheticCodes.SPACE, SMALL.only("irs"));
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> ScoreCorrelations.of(List.of(one, other), ScoreCorrelations.Kind.PEARSON))
            .getMessage();
    assertTrue(message.contains("in common"), message);
    double[] up = {1, 2, 3};
    double[] down = {-1, -2, -3};
    for (ScoreCorrelations.Kind kind : ScoreCorrelations.Kind.values()) {
      assertEquals(-1, ScoreCorrelations.correlation(up, down, kind), 1e-12);
    }
  }

  /** Samples per image and images are those asked for; the parts are the evidence's own. */
  @Test
  void theEvidenceIsOfASampleOfTheImages() {
    Scores scores = Scores.of(new Likely(true), new Grid(), SMALL.only("evidence", "kl"));
    ScoreValue row = scores.values().get(0);
    assertEquals("64 samples of z, nats per image", row.estimator());
    assertEquals(128, row.points());
    assertEquals("exact, nats per image", scores.values().get(2).estimator());
    assertEquals(
        "importance-weighted, 64 samples of z, nats per image", scores.values().get(3).estimator());
    assertEquals(3, scores.value("evidence.reconstruction"), 1e-9);
    assertEquals(scores.value("kl"), scores.value("evidence.kl"), 0.3);
    assertEquals(
        scores.value("evidence.reconstruction") + scores.value("evidence.kl"),
        scores.value("evidence.negative-elbo"),
        1e-9);
  }
}
