package dev.disentangle.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.disentangle.data.format.NpzWriter;
import dev.disentangle.metric.LabelledCodes;
import dev.disentangle.metric.MutualInformationGap;
import dev.disentangle.metric.ReferenceCodes;
import dev.disentangle.metric.ScoreOptions;
import dev.disentangle.metric.ScoreValue;
import dev.disentangle.representation.CodesArrays;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreCommandTest {

  private static final int ROWS = 240;
  private static final int LATENTS = 3;

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private final Locale locale = Locale.getDefault();

  /** Numbers have points for programs, whatever the machine speaks. */
  @BeforeEach
  void speakGerman() {
    Locale.setDefault(Locale.GERMANY);
  }

  @AfterEach
  void speakAsBefore() {
    Locale.setDefault(locale);
  }

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return ScoreCommand.run(new PrintWriter(out), new PrintWriter(err, true), arguments);
  }

  private void assertRefused(int code, String message, String... arguments) {
    assertEquals(code, run(arguments), err::toString);
    assertEquals(1, err.toString().lines().count(), err::toString);
    assertTrue(err.toString().startsWith("error: "), err::toString);
    assertTrue(err.toString().contains(message), err::toString);
  }

  /** Codes in eighths, which every width holds exactly; latent 0 follows factor 0. */
  private static double[][] codes() {
    SplittableRandom random = new SplittableRandom(5);
    double[][] codes = new double[ROWS][LATENTS];
    for (int i = 0; i < ROWS; i++) {
      for (int j = 0; j < LATENTS; j++) {
        codes[i][j] = random.nextInt(-24, 25) / 8.0;
      }
      codes[i][0] = i % 3 - 1 + codes[i][0] / 8;
    }
    return codes;
  }

  private static byte[] factors() {
    ByteBuffer bytes = ByteBuffer.allocate(4 * 2 * ROWS).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < ROWS; i++) {
      bytes.putInt(i % 3).putInt(i / 3 % 4);
    }
    return bytes.array();
  }

  private Path npz(String name, String type, boolean fortran) throws IOException {
    double[][] codes = codes();
    ByteBuffer bytes = ByteBuffer.allocate(8 * ROWS * LATENTS).order(ByteOrder.LITTLE_ENDIAN);
    for (int n = 0; n < ROWS * LATENTS; n++) {
      double value = fortran ? codes[n % ROWS][n / ROWS] : codes[n / LATENTS][n % LATENTS];
      switch (type) {
        case "<f2" -> bytes.putShort(half(value));
        case "<f4" -> bytes.putFloat((float) value);
        default -> bytes.putDouble(value);
      }
    }
    byte[] header = NpzWriter.header(type, ROWS + ", " + LATENTS);
    if (fortran) {
      String text = new String(header, StandardCharsets.ISO_8859_1);
      header =
          text.replace("'fortran_order': False", "'fortran_order': True ")
              .getBytes(StandardCharsets.ISO_8859_1);
    }
    byte[] first = header;
    Path file = folder.resolve(name);
    try (NpzWriter writer = new NpzWriter(file)) {
      writer.add("mu", first, to -> to.write(bytes.array(), 0, bytes.position()));
      writer.add("labels", NpzWriter.header("<i4", ROWS + ", 2"), to -> to.write(factors()));
    }
    return file;
  }

  /** Exact for eighths of this size: sign, exponent and ten bits of fraction. */
  private static short half(double value) {
    if (value == 0) {
      return 0;
    }
    int exponent = Math.getExponent(value);
    int fraction = (int) ((Math.abs(value) / Math.scalb(1, exponent) - 1) * 1024);
    return (short) ((value < 0 ? 0x8000 : 0) | (exponent + 15) << 10 | fraction);
  }

  private Path csv(String name) throws IOException {
    StringBuilder text = new StringBuilder("mu0,mu1,mu2,shape,scale\n");
    double[][] codes = codes();
    for (int i = 0; i < ROWS; i++) {
      text.append(
          String.format(
              Locale.ROOT,
              "%s,%s,%s,%d,%d%n",
              codes[i][0],
              codes[i][1],
              codes[i][2],
              i % 3,
              i / 3 % 4));
    }
    return Files.writeString(folder.resolve(name), text);
  }

  private JsonObject scores(Path codes, String... options) throws IOException {
    Path json = folder.resolve("scores.json");
    String[] all =
        Stream.concat(Stream.of(codes.toString(), "--json", json.toString()), Stream.of(options))
            .toArray(String[]::new);
    assertEquals(0, run(all), err::toString);
    return JsonParser.parseString(Files.readString(json))
        .getAsJsonObject()
        .getAsJsonArray("files")
        .get(0)
        .getAsJsonObject()
        .getAsJsonObject("scores");
  }

  /** The values of disentanglement_lib, as {@code ReferenceAgreementTest} has them. */
  @Test
  void agreesWithTheReferenceOnPublishedModels() throws IOException {
    Path file = folder.resolve("factor.npz");
    try (NpzWriter writer = new NpzWriter(file)) {
      writer.add(
          "means",
          NpzWriter.header("<f4", "15000, 10"),
          to -> {
            for (LabelledCodes part : parts()) {
              for (float[] row : part.codes()) {
                ByteBuffer bytes = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
                bytes.asFloatBuffer().put(row);
                to.write(bytes.array());
              }
            }
          });
      writer.add(
          "factors",
          NpzWriter.header("<i4", "15000, 5"),
          to -> {
            for (LabelledCodes part : parts()) {
              for (int[] row : part.factors()) {
                ByteBuffer bytes = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN);
                bytes.asIntBuffer().put(row);
                to.write(bytes.array());
              }
            }
          });
    }
    String names = "mig,modularity,explicitness,irs,sap,tc.gaussian,mutual-information,wasserstein";
    JsonObject scores = scores(file, "--in-order", "--only", names);
    Map<String, double[]> expected =
        Map.of(
            "mig", new double[] {0.18331025322045785, 1e-5},
            "modularity", new double[] {0.8393548232561028, 1e-5},
            "explicitness", new double[] {0.7962705514096735, 1e-3},
            "irs", new double[] {0.41614801865428436, 1e-5},
            "sap", new double[] {0.05832, 2e-3},
            "tc.gaussian", new double[] {0.17667075809810662, 1e-5},
            "mutual-information", new double[] {0.0280460224717699, 1e-5},
            "wasserstein", new double[] {0.01027815787220554, 1e-5});
    expected.forEach(
        (name, value) ->
            assertEquals(
                value[0], scores.getAsJsonObject(name).get("value").getAsDouble(), value[1], name));
    JsonObject paper = scores(file, "--in-order", "--only", "irs", "--protocol", "paper");
    assertEquals(
        0.41890011925058046, paper.getAsJsonObject("irs").get("value").getAsDouble(), 1e-5);
  }

  private static LabelledCodes[] parts() {
    return new LabelledCodes[] {ReferenceCodes.train("factor"), ReferenceCodes.test("factor")};
  }

  @Test
  void orderWidthAndFormatOfTheFileDoNotMatter() throws IOException {
    JsonObject plain = scores(npz("c.npz", "<f8", false));
    assertTrue(plain.getAsJsonObject("mig").get("value").getAsDouble() > 0.2);
    assertEquals(plain, scores(npz("fortran.npz", "<f4", true)));
    assertEquals(plain, scores(npz("half.npz", "<f2", false)));
    assertEquals(plain, scores(npz("both.npz", "<f2", true)));
    assertEquals(plain, scores(csv("codes.csv")));
  }

  @Test
  void theTableHasAllRowsAndDifferences() throws IOException {
    Path one = csv("one.csv");
    Path text = folder.resolve("all.csv");
    Path other =
        Files.writeString(
            folder.resolve("other.csv"),
            Files.readString(one).replace("mu0,mu1,mu2", "mu2,mu1,mu0").replace("-", ""));
    String[] arguments = {
      one.toString(), other.toString(), "--only", "mig,active-units", "--csv", text.toString()
    };
    assertEquals(0, run(arguments));
    String table = out.toString().substring(out.toString().indexOf("score"));
    assertEquals(
        "score one.csv other.csv other.csv - one.csv estimator points seed",
        table.lines().findFirst().orElseThrow().replaceAll(" +", " "));
    String[] lines = Files.readString(text).split("\n");
    assertEquals(
        "file,score,value,low,high,estimator,points,seed,difference,difference_low,difference_high",
        lines[0]);
    assertEquals(5, lines.length);
    double first = Double.parseDouble(lines[1].split(",")[2]);
    double second = Double.parseDouble(lines[3].split(",")[2]);
    assertEquals(second - first, Double.parseDouble(lines[3].split(",")[8]), 1e-12);
    assertTrue(lines[1].endsWith(",0,,,") && lines[3].endsWith(",,"), lines[3]);
    String[] row = table.lines().skip(1).findFirst().orElseThrow().split(" +");
    assertEquals("mig", row[0]);
    assertEquals(first, Double.parseDouble(row[1]), 5e-4 * first);
    assertEquals(second, Double.parseDouble(row[2]), 5e-4 * second);
    assertEquals(second - first, Double.parseDouble(row[3]), 5e-4 * Math.abs(second - first));
    assertEquals("", err.toString());
  }

  @Test
  void seedsAndIntervalsAreWritten() throws IOException {
    Path file = csv("codes.csv");
    JsonObject mig =
        scores(file, "--only", "mig", "--seed", "3", "--bootstrap", "20").getAsJsonObject("mig");
    double value = mig.get("value").getAsDouble();
    double low = mig.get("low").getAsDouble();
    double high = mig.get("high").getAsDouble();
    assertEquals(value, (low + high) / 2, 1e-12);
    assertTrue(high - low > 0.01 && high - low < 0.5, mig::toString);
    assertEquals(3, mig.get("seed").getAsLong());
    assertTrue(
        out.toString().matches("(?s).*mig +0\\.\\d+ \u00b1 0\\.\\d+  20 bins.*"), out::toString);
    assertFalse(scores(file, "--only", "mig").getAsJsonObject("mig").has("low"));
  }

  @Test
  void thePageIsOneFileWithEverythingInIt() throws IOException {
    Path page = folder.resolve("new/page.html");
    Path file = Files.move(csv("codes.csv"), folder.resolve("a <b> & c.csv"));
    assertEquals(0, run(file.toString(), "--page", page.toString()), err::toString);
    String html = Files.readString(page);
    assertFalse(html.contains("<b>"), "names are escaped");
    assertTrue(html.contains("a &lt;b&gt; &amp; c.csv"));
    assertFalse(html.matches("(?s).*(https?:|src=|<link|@import|url\\().*"), "asks for nothing");
    for (String part : new String[] {"Mutual information", "DCI", "Votes", "Divergence"}) {
      assertTrue(html.contains(part), part);
    }
    assertTrue(html.contains("latent 0 over shape, "), "the pair of most information is drawn");
    // The training points, two thirds of the images.
    assertEquals(160, html.split("<path d=\"")[1].split("\"")[0].split("M").length - 1);
    assertEquals(0, run(file.toString(), "--only", "kl,mig", "--page", page.toString()));
    assertFalse(Files.readString(page).contains("DCI"), "what was not asked for is not computed");
  }

  /** What stands under each heading is what the scores were computed from. */
  @Test
  void thePageShowsTheTablesBehindTheScores() throws IOException {
    ScoredCodes scored =
        ScoredCodes.of(
            "codes.csv",
            csv("codes.csv"),
            CodesArrays.guessed(),
            ScoreOptions.defaults(),
            Optional.empty(),
            new Waiting(new PrintWriter(err), false));
    String html = ScorePage.of(List.of(scored), ScoreRows.of(List.of(scored)));
    double[][] information = MutualInformationGap.of(scored.input().train()).mutualInformation();
    double[][] importance = scored.input().boostedTrees().importance();
    double[][] votes =
        Arrays.stream(scored.input().factorVae().votes())
            .map(row -> Arrays.stream(row).asDoubleStream().toArray())
            .toArray(double[][]::new);
    assertFollows(html, "Mutual information, nats", information);
    assertFollows(html, "Importance in DCI", importance);
    assertFollows(html, "Votes of the FactorVAE score", votes);
    String bars = html.substring(html.indexOf("Divergence from the prior"));
    assertTrue(bars.contains("<td>-</td>"), "codes without variances have no divergence");
    assertTrue(
        html.contains(">" + ScoreValue.digits(scored.scores().value("mig")) + "</td>"), "table");
  }

  private static void assertFollows(String html, String heading, double[][] values) {
    String rest = html.substring(html.indexOf(heading));
    List<String> latents = List.of("latent 0", "latent 1", "latent 2");
    String table = PageParts.heat(latents, List.of("shape", "scale"), values);
    assertTrue(rest.substring(0, rest.indexOf("</figure>")).contains(table), heading);
  }

  @Test
  void shadesAreSharesOfTheLargest() {
    String html = PageParts.heat(List.of("a", "b"), List.of("x<y"), new double[][] {{0.5}, {2}});
    assertTrue(html.contains("<td style=\"--share:0.250\">0.50</td>"), html);
    assertTrue(html.contains("<td style=\"--share:1.000\">2.00</td>"), html);
    assertTrue(html.contains("x&lt;y"), html);
  }

  @Test
  void codesWithoutFactorsGetWhatNeedsNone() throws IOException {
    Path file = Files.writeString(folder.resolve("z.csv"), "z0,z1\n1,2\n2,1\n3,5\n0,1\n");
    assertEquals(0, run(file.toString()), err::toString);
    assertTrue(out.toString().contains("no factors, so only scores that need none"));
    assertTrue(out.toString().contains("active-units"));
    assertFalse(out.toString().contains("factorvae"));
    assertRefused(1, "some need factors", file.toString(), "--only", "mig");
  }

  @Test
  void badInputAndBadUsageAreOneLineEach() throws IOException {
    String file = csv("codes.csv").toString();
    assertRefused(1, "missing.npz", folder.resolve("missing.npz").toString());
    String text = Files.writeString(folder.resolve("a.npz"), "no zip").toString();
    assertRefused(1, "a.npz", text);
    String broken = Files.writeString(folder.resolve("b.csv"), "z0,z1\n1,NaN\n2,3\n").toString();
    assertRefused(1, "b.csv", broken);
    assertRefused(1, "columns h0", file, "--codes", "h");
    assertRefused(1, "cannot write", file, "--only", "mig", "--csv", folder.toString());
    assertRefused(2, "no score is named mick; there are factorvae,", file, "--only", "mick");
    assertRefused(2, "--intervals must be at least 10, was 1", file, "--bootstrap", "1");
    assertRefused(2, "'many' is not a long", file, "--seed", "many");
    assertRefused(2, "--colour", file, "--colour");
    assertRefused(2, "CODES");
    assertRefused(2, "given once", file, file);
    assertRefused(2, "mine", file, "--protocol", "mine");
    assertEquals(0, run("--help"));
    assertTrue(out.toString().contains("--log-variances"), out::toString);
  }
}
