package dev.disentangle.metric;

import static dev.disentangle.metric.SmallScores.SMALL;
import static dev.disentangle.metric.SmallScores.posteriors;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.data.FactorSpace;
import dev.disentangle.representation.Codes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

/** What the table and its file show, also of a score that fails and of the user's own. */
class ScoreTableTest {

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
    ScoreValue one = new ScoreValue("mig", 0.5, "20 bins", 100, 7);
    Table row = ScoreTable.of(List.of(one));
    assertEquals("mig", row.stringColumn("score").get(0));
    assertEquals("20 bins", row.stringColumn("estimator").get(0));
    assertEquals(100, row.intColumn("points").get(0));
    assertEquals(7, row.longColumn("seed").get(0));
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
}
