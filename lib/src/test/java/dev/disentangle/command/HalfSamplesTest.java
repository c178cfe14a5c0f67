package dev.disentangle.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.disentangle.data.FactorTable;
import dev.disentangle.metric.ScoreOptions;
import dev.disentangle.metric.ScoreValue;
import dev.disentangle.metric.Scores;
import dev.disentangle.representation.Codes;
import dev.disentangle.representation.CodesFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.hipparchus.distribution.continuous.TDistribution;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HalfSamplesTest {

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Waiting waiting = new Waiting(new PrintWriter(err), false);

  private HalfScores halves(CodesFile file, ScoreOptions options, int count) {
    return new HalfSamples(file, options, count, "made", waiting).scores();
  }

  /** Codes with half of the squared mean as divergence: a posterior's of variance 1. */
  private static CodesFile points(double... means) {
    float[][] rows = new float[means.length][1];
    Arrays.setAll(rows, i -> new float[] {(float) means[i]});
    return new CodesFile(new Codes(rows, new float[means.length][1]), Optional.empty(), "made");
  }

  private static double standardError(double... values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum();
    return Math.sqrt(squares / (values.length - 1) / values.length);
  }

  /**
   * The standard error of a mean is known: deviation over root of points. 300 halves give it to
   * within 4 %, so 15 % is more than three of those.
   */
  @Test
  void theStandardErrorOfAMean() {
    assertEquals(1, HalfScores.factor(20_000, 10_000, 20_000), 1e-12);
    // Of 15,000 points 10,000 train, of half of them 5,000.
    assertEquals(Math.sqrt(0.75), HalfScores.factor(10_000, 5_000, 15_000), 1e-12);
    double[] means = new SplittableRandom(1).doubles(900, -2, 2).toArray();
    double[] nats = Arrays.stream(means).map(x -> 0.5 * x * x).toArray();
    ScoreOptions options = ScoreOptions.defaults().only("kl");
    ScoreValue whole = new ScoreValue("kl", 0, "", 900, 0);
    double student = new TDistribution(299).inverseCumulativeProbability(0.975);
    double expected = student * standardError(nats);
    assertEquals(
        expected, halves(points(means), options, 300).reach(whole).orElseThrow(), 0.15 * expected);
  }

  /**
   * Two models of the same images differ by little more than what they add themselves, although
   * each value varies with the images: pairs show it, independent halves would not.
   */
  @Test
  void differencesOfTheSameImagesArePaired() {
    SplittableRandom random = new SplittableRandom(2);
    double[] one = random.doubles(900, -2, 2).toArray();
    double[] other = Arrays.stream(one).map(x -> x + random.nextDouble(0.1)).toArray();
    double[] differences = new double[900];
    Arrays.setAll(differences, i -> 0.5 * (other[i] * other[i] - one[i] * one[i]));
    ScoreOptions options = ScoreOptions.defaults().only("kl");
    ScoreValue whole = new ScoreValue("kl", 0, "", 900, 0);
    HalfScores first = halves(points(one), options, 300);
    HalfScores second = halves(points(other), options, 300);
    double student = new TDistribution(299).inverseCumulativeProbability(0.975);
    double expected = student * standardError(differences);
    double paired = second.reachOfDifference(whole, first, whole, true).orElseThrow();
    assertEquals(expected, paired, 0.15 * expected);
    double independent = second.reachOfDifference(whole, first, whole, false).orElseThrow();
    double both = Math.hypot(first.reach(whole).orElseThrow(), second.reach(whole).orElseThrow());
    assertEquals(both, independent, 1e-12);
    assertTrue(independent > 5 * paired, paired + " " + independent);
  }

  private Path csv(String name, double noise, boolean turned) throws IOException {
    SplittableRandom random = new SplittableRandom(4);
    StringBuilder text = new StringBuilder("z0,z1,shape,size\n");
    for (int i = 0; i < 400; i++) {
      int row = turned ? 399 - i : i;
      text.append(
          String.format(
              Locale.ROOT,
              "%.4f,%.4f,%d,%d%n",
              row % 3 + noise * random.nextGaussian(),
              row % 4 + random.nextGaussian(),
              row % 3,
              row % 4));
    }
    return Files.writeString(folder.resolve(name), text);
  }

  private JsonObject second(Path... files) throws IOException {
    Path json = folder.resolve("out.json");
    List<String> arguments =
        new java.util.ArrayList<>(
            List.of("--only", "mig", "--intervals", "12", "--json", json.toString()));
    Arrays.stream(files).map(Path::toString).forEach(arguments::add);
    out.getBuffer().setLength(0);
    String[] all = arguments.toArray(String[]::new);
    assertEquals(
        0, ScoreCommand.run(new PrintWriter(out), new PrintWriter(err), all), err::toString);
    return JsonParser.parseString(Files.readString(json))
        .getAsJsonObject()
        .getAsJsonArray("files")
        .get(1)
        .getAsJsonObject()
        .getAsJsonObject("scores")
        .getAsJsonObject("mig");
  }

  @Test
  void theCommandWritesIntervalsOfDifferences() throws IOException {
    Path clear = csv("clear.csv", 0.05, false);
    Path noisy = csv("noisy.csv", 0.8, false);
    JsonObject difference = second(clear, noisy).getAsJsonObject("difference");
    double value = difference.get("value").getAsDouble();
    double low = difference.get("low").getAsDouble();
    double high = difference.get("high").getAsDouble();
    assertEquals(value, (low + high) / 2, 1e-12);
    assertTrue(low < value && high < 0, "noise makes it worse: " + difference);
    assertTrue(out.toString().contains("intervals of paired differences"), out::toString);
    assertTrue(
        out.toString().matches("(?s).*mig .* -0\\.\\d+ \u00b1 0\\.\\d+  20 bins.*"), out::toString);
    JsonObject other = second(clear, csv("turned.csv", 0.8, true)).getAsJsonObject("difference");
    assertTrue(out.toString().contains("intervals of independent differences"), out::toString);
    assertTrue(other.has("low"));
    assertFalse(second(clear, noisy).has("difference_low"));
  }

  /**
   * How often 95 % intervals of data sets from one source hold the mean value of all of them, for
   * scores with and without a split into training and evaluation points. Of 60 intervals 87 to 100
   * % is within three deviations.
   */
  @Test
  @Tag("slow")
  void intervalsHoldWhatTheyShould() {
    String[] names = {"mig", "sap", "explicitness", "factorvae", "infomec", "tc.gaussian"};
    ScoreOptions options = ScoreOptions.defaults().only(names);
    int sets = 60;
    Map<String, double[]> values = new HashMap<>();
    Map<String, double[]> reaches = new HashMap<>();
    for (int set = 0; set < sets; set++) {
      CodesFile file = draw(new SplittableRandom(set));
      Scores scores = Scores.of(file, options);
      HalfScores halves = halves(file, options, 30);
      for (ScoreValue value : scores.values()) {
        values.computeIfAbsent(value.name(), name -> new double[sets])[set] = value.value();
        reaches.computeIfAbsent(value.name(), name -> new double[sets])[set] =
            halves.reach(value).orElseThrow();
      }
    }
    StringBuilder all = new StringBuilder();
    values.forEach(
        (name, some) -> {
          double mean = Arrays.stream(some).average().orElseThrow();
          int held = 0;
          for (int set = 0; set < sets; set++) {
            held += Math.abs(some[set] - mean) <= reaches.get(name)[set] ? 1 : 0;
          }
          all.append(String.format(Locale.ROOT, "%s %.3f%n", name, (double) held / sets));
        });
    all.toString()
        .lines()
        .forEach(line -> assertTrue(Double.parseDouble(line.split(" ")[1]) >= 0.87, all::toString));
  }

  /** Three factors; latents that follow two of them more or less, and one of noise. */
  private static CodesFile draw(SplittableRandom random) {
    int images = 600;
    float[][] means = new float[images][4];
    double[][] factors = new double[3][images];
    for (int i = 0; i < images; i++) {
      for (int k = 0; k < 3; k++) {
        factors[k][i] = random.nextInt(4);
      }
      means[i][0] = (float) (factors[0][i] + 0.5 * random.nextGaussian());
      means[i][1] = (float) (factors[1][i] + 0.5 * factors[2][i] + random.nextGaussian());
      means[i][2] = (float) (factors[2][i] + 0.3 * factors[0][i] + random.nextGaussian());
      means[i][3] = (float) random.nextGaussian();
    }
    FactorTable table = FactorTable.ofNumbers(List.of("a", "b", "c"), factors);
    return new CodesFile(new Codes(means, new float[images][4]), Optional.of(table), "made");
  }
}
