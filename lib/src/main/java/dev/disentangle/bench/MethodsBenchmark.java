package dev.disentangle.bench;

import dev.disentangle.data.DSprites;
import dev.disentangle.data.Image;
import dev.disentangle.history.History;
import dev.disentangle.history.Terms;
import dev.disentangle.plot.ImageGrid;
import dev.disentangle.training.TrainedModel;
import dev.disentangle.training.Training;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * A short run of every method on small generated sprites: speed, reconstruction, and how the
 * method's own regulariser went. The regulariser's values are averages of 20 steps: the first, the
 * highest and the last.
 */
final class MethodsBenchmark {

  private static final int SHOWN = 12;
  private static final int JUDGED = 256;
  private static final CSVFormat CSV =
      CSVFormat.DEFAULT
          .builder()
          .setHeader(
              "method",
              "steps",
              "steps_per_second",
              "reconstruction_nats",
              "squared_error",
              "regulariser",
              "first",
              "highest",
              "last")
          .get();

  private final PrintStream out;
  private final DSprites sprites = BenchmarkedMethod.images();
  private final List<List<Image>> sheet = new ArrayList<>();
  private final List<String> labels = new ArrayList<>();

  private MethodsBenchmark(PrintStream out) {
    this.out = out;
  }

  /**
   * Runs all methods.
   *
   * @param out where the table goes
   * @param folder receives {@code methods.csv} and {@code methods.png}, a row of reconstructions
   *     per method
   * @throws IOException if a file cannot be written
   */
  static void run(PrintStream out, Path folder) throws IOException {
    Files.createDirectories(folder);
    new MethodsBenchmark(out).run(folder);
  }

  private void run(Path folder) throws IOException {
    sheet.add(Arrays.stream(images(SHOWN)).mapToObj(sprites::image).toList());
    labels.add("data");
    out.printf("%nmethods, on %s%n", sprites);
    out.printf(
        "%-30s %7s %15s %14s  %s%n",
        "method",
        "steps/s",
        "reconstruction",
        "squared error",
        "regulariser: first, highest, last");
    try (Writer writer = Files.newBufferedWriter(folder.resolve("methods.csv"));
        CSVPrinter csv = new CSVPrinter(writer, CSV)) {
      for (BenchmarkedMethod entry : BenchmarkedMethod.all()) {
        run(entry, csv);
        csv.flush();
      }
    }
    ImageIO.write(
        ImageGrid.of(sheet).rowLabels(labels).draw(),
        "png",
        folder.resolve("methods.png").toFile());
    out.println("written to " + folder.resolve("methods.csv") + " and methods.png");
  }

  private void run(BenchmarkedMethod entry, CSVPrinter csv) throws IOException {
    try (Training training =
        Training.of(entry.method(), sprites).latents(entry.latents()).measureEvery(0).build()) {
      training.run(entry.steps());
      History history = training.history();
      double rate = entry.steps() / training.seconds();
      double error = squaredError(training.model());
      boolean reconstructs = history.contains(Terms.RECONSTRUCTION);
      double nats = reconstructs ? history.last(Terms.RECONSTRUCTION) : Double.NaN;
      double[] values = history.values(entry.regulariser());
      double highest = Arrays.stream(values).max().orElseThrow();
      double last = values[values.length - 1];
      out.printf(
          Locale.ROOT,
          "%-30s %7.1f %15.2f %14.2f  %s %.3f, %.3f, %.3f%n",
          training.name(),
          rate,
          nats,
          error,
          entry.regulariser(),
          values[0],
          highest,
          last);
      csv.printRecord(
          training.name(),
          entry.steps(),
          rounded(rate),
          reconstructs ? rounded(nats) : "",
          rounded(error),
          entry.regulariser(),
          rounded(values[0]),
          rounded(highest),
          rounded(last));
      int[] shown = images(SHOWN);
      sheet.add(training.model().decode(training.model().encode(sprites, shown).means()));
      labels.add(training.name());
    }
  }

  private static String rounded(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  /** The mean over images of the squared difference between image and reconstruction. */
  private double squaredError(TrainedModel model) {
    int[] judged = images(JUDGED);
    List<Image> decoded = model.decode(model.encode(sprites, judged).means());
    return SquaredError.of(Arrays.stream(judged).mapToObj(sprites::image).toList(), decoded);
  }

  /** Images spread over the set. */
  private int[] images(int count) {
    return IntStream.range(0, count)
        .map(i -> (int) ((i * 7_919L + 1_234) % sprites.size()))
        .toArray();
  }
}
