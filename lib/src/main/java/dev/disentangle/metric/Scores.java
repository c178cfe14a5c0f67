package dev.disentangle.metric;

import dev.disentangle.data.FactorSpace;
import dev.disentangle.data.Factors;
import dev.disentangle.data.ImageData;
import dev.disentangle.metric.ScoreInput.ModelledImages;
import dev.disentangle.metric.count.Shuffle;
import dev.disentangle.metric.count.Statistics;
import dev.disentangle.representation.Codes;
import dev.disentangle.representation.CodesFile;
import dev.disentangle.representation.ImageEncoder;
import dev.disentangle.representation.LikelihoodModel;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import tech.tablesaw.api.Table;

/**
 * All scores of one representation, from a single encoding pass over a data set.
 *
 * <pre>{@code
 * Scores scores = Scores.of(model, sprites);
 * scores.table();               // a Tablesaw table
 * scores.value("factorvae");    // one number
 * }</pre>
 *
 * <p>Scores that are not defined are left out: those that need factors where the data set has none
 * or none varies, those that need posteriors where the encoder is deterministic, and those that
 * need {@code p(x|z)} where the model is no {@link LikelihoodModel}. A score that fails, such as
 * for fewer points than it has bins, has a row without a value that says why; the others are not
 * lost.
 */
public final class Scores {

  private final List<ScoreValue> values;
  private final Map<String, Double> seconds;

  private Scores(List<ScoreValue> values, Map<String, Double> seconds) {
    this.values = List.copyOf(values);
    this.seconds = seconds;
  }

  /**
   * Computes all standard scores with {@link ScoreOptions#defaults()}.
   *
   * @param encoder the model
   * @param data the data set
   * @return the scores
   * @throws IllegalArgumentException if the images have the wrong size or a code is not finite
   */
  public static Scores of(ImageEncoder encoder, ImageData data) {
    return of(encoder, data, ScoreOptions.defaults());
  }

  /**
   * Computes scores.
   *
   * @param encoder the model
   * @param data the data set
   * @param options which scores, from how many points
   * @return the scores
   * @throws IllegalArgumentException if the images have the wrong size or a code is not finite
   */
  public static Scores of(ImageEncoder encoder, ImageData data, ScoreOptions options) {
    int[] images = new int[data.size()];
    Arrays.setAll(images, i -> i);
    if (data.size() > options.maxImages()) {
      SplittableRandom random = new SplittableRandom(options.seed());
      images = Shuffle.first(data.size(), options.maxImages(), random);
      Arrays.sort(images);
    }
    Optional<ModelledImages> modelled =
        encoder instanceof LikelihoodModel model
            ? model.likelihood().map(likelihood -> new ModelledImages(likelihood, data))
            : Optional.empty();
    return compute(
        new ScoreInput(encoder.encode(data, images), data.factors(), images, options, modelled));
  }

  /**
   * Computes scores from codes that are already there.
   *
   * @param codes one posterior per image
   * @param factors the factors of the same images, in the same order; the scores that fix a factor
   *     use a grid's structure if this is a {@link FactorSpace}
   * @param options which scores, from how many points; {@code maxImages} does not matter
   * @return the scores
   * @throws IllegalArgumentException if there is not one code for each image whose factors are
   *     given, or a code is not finite
   */
  public static Scores of(Codes codes, Factors factors, ScoreOptions options) {
    if (factors.size() != codes.size()) {
      throw new IllegalArgumentException(
          "codes must have one row per image of the factors, "
              + factors.size()
              + " for "
              + factors
              + ", had "
              + codes.size());
    }
    return compute(new ScoreInput(codes, Optional.of(factors), all(codes), options));
  }

  /**
   * Computes the scores that need no factors from codes that are already there.
   *
   * @param codes one posterior per image
   * @param options which scores, from how many points; {@code maxImages} does not matter
   * @return the scores
   * @throws IllegalArgumentException if a code is not finite
   */
  public static Scores of(Codes codes, ScoreOptions options) {
    return compute(new ScoreInput(codes, Optional.empty(), all(codes), options));
  }

  /**
   * Computes all scores of codes that another program has written, with {@link
   * ScoreOptions#defaults()}.
   *
   * @param file the codes, with factors or without; see {@link CodesFile#read(java.nio.file.Path)}
   * @return the scores
   * @throws IllegalArgumentException if a code is not finite
   */
  public static Scores of(CodesFile file) {
    return of(file, ScoreOptions.defaults());
  }

  /**
   * Computes scores of codes that another program has written.
   *
   * @param file the codes, with factors or without
   * @param options which scores, from how many points; {@code maxImages} does not matter
   * @return the scores
   * @throws IllegalArgumentException if a code is not finite
   */
  public static Scores of(CodesFile file, ScoreOptions options) {
    return file.factors().isPresent()
        ? of(file.codes(), file.factors().get(), options)
        : of(file.codes(), options);
  }

  private static int[] all(Codes codes) {
    int[] images = new int[codes.size()];
    Arrays.setAll(images, i -> i);
    return images;
  }

  private static Scores compute(ScoreInput input) {
    Statistics.requireCodes("codes", input.codes().means());
    List<ScoreValue> values = new ArrayList<>();
    Map<String, Double> seconds = new LinkedHashMap<>();
    for (Score score : input.options().scores()) {
      if (score.applies(input)) {
        // The points that several scores share are drawn by the first that asks for them.
        long start = System.nanoTime() - input.samplingNanos();
        values.addAll(rows(score, input));
        seconds.put(score.name(), (System.nanoTime() - start - input.samplingNanos()) / 1e9);
      }
    }
    return new Scores(values, seconds);
  }

  /** Computes one score; its failure is a row that says so, for the others have done their work. */
  private static List<ScoreValue> rows(Score score, ScoreInput input) {
    try {
      return score.compute(input);
    } catch (RuntimeException e) {
      return List.of(ScoreValue.failed(score, e, input));
    }
  }

  /**
   * Returns one value.
   *
   * @param name its name, such as {@code factorvae} or {@code dci.completeness}
   * @return the value; NaN if it is not defined or could not be computed, {@link #values} says why
   * @throws IllegalArgumentException if no value has that name
   */
  public double value(String name) {
    return values.stream()
        .filter(value -> value.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no value is named " + name + "; there are " + names()))
        .value();
  }

  /**
   * Returns the names of all values, in the order of the table.
   *
   * @return the names
   */
  public List<String> names() {
    return values.stream().map(ScoreValue::name).toList();
  }

  /**
   * Returns all values with how they were estimated.
   *
   * @return one entry per row of the table
   */
  public List<ScoreValue> values() {
    return values;
  }

  /**
   * Returns how long each score took, without encoding and without drawing the points it uses.
   *
   * @return seconds by name of the score
   */
  public Map<String, Double> seconds() {
    return Collections.unmodifiableMap(seconds);
  }

  /**
   * Returns the values as a table, which prints all its rows, values with four significant digits;
   * what was not computed is a dash, with the reason instead of the estimator.
   *
   * @return columns {@code score}, {@code value} (exact), {@code estimator}, {@code points}, {@code
   *     seed}
   */
  public Table table() {
    return ScoreTable.of(values);
  }

  /**
   * Writes the values as CSV in UTF-8, with the table's columns and exact values; what was not
   * computed is {@code NaN}.
   *
   * @param file the file to write or replace
   * @throws IOException if it cannot be written
   */
  public void csv(Path file) throws IOException {
    try (Writer writer = Files.newBufferedWriter(file);
        CSVPrinter printer =
            CSVFormat.DEFAULT
                .builder()
                .setHeader("score", "value", "estimator", "points", "seed")
                .setRecordSeparator('\n')
                .get()
                .print(writer)) {
      for (ScoreValue value : values) {
        printer.printRecord(
            value.name(), value.value(), value.estimator(), value.points(), value.seed());
      }
    }
  }

  @Override
  public String toString() {
    return table().toString();
  }
}
