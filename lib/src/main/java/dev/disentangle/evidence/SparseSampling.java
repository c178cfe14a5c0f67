package dev.disentangle.evidence;

import dev.disentangle.data.DSprites;
import dev.disentangle.data.ImageData;
import dev.disentangle.data.SamplingDensity;
import dev.disentangle.history.Terms;
import dev.disentangle.metric.ScoreOptions;
import dev.disentangle.metric.Scores;
import dev.disentangle.objective.Objective;
import dev.disentangle.training.Settings;
import dev.disentangle.training.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.io.csv.CsvReadOptions;

/**
 * How much of the grid of factors a method must see before it finds them: data that are sampled
 * densely are a premise of Higgins et al. (2017, and 2016, "Early Visual Concept Learning with
 * Unsupervised Deep Learning", where it is called data continuity). A share of the images is seen
 * in training; the scores are those of all images.
 */
public final class SparseSampling {

  /** Name of the file in the folder of all experiments. */
  public static final String FILE = "sampling-density.csv";

  private static final double[] SHARES = {1, 0.3, 0.1, 0.03};
  private static final String[] SCORES = {"mig", "factorvae"};
  private static final ColumnType[] TYPES = {
    ColumnType.DOUBLE,
    ColumnType.INTEGER,
    ColumnType.LONG,
    ColumnType.DOUBLE,
    ColumnType.DOUBLE,
    ColumnType.DOUBLE
  };

  private final Path file;

  /**
   * Names the file of the outcomes.
   *
   * @param experiments the folder of all experiments, such as {@code lib/experiments}
   */
  public SparseSampling(Path experiments) {
    this.file = experiments.resolve(FILE);
  }

  /**
   * Does what is not finished yet: the small frontiers' FactorVAE (12) with all images, 30, 10 and
   * 3 percent of them, five seeds each. About 25 minutes on one core; written after every run.
   *
   * @throws IOException if the file cannot be read or written
   */
  public void run() throws IOException {
    run(DSprites.hearts(), Experiments.quick(12), 6, 2_000, 5);
  }

  void run(ImageData images, Objective method, int latents, long steps, int seeds)
      throws IOException {
    Table ended = ended();
    for (long seed = 0; seed < seeds; seed++) {
      for (double share : SHARES) {
        if (!has(ended, share, seed)) {
          ImageData seen = SamplingDensity.random(images, share, seed);
          Settings.Builder settings = Training.of(method, seen).latents(latents).seed(seed);
          try (Training training = settings.measureEvery(0).build()) {
            training.run(steps);
            ended.doubleColumn("share").append(share);
            ended.intColumn("images").append(seen.size());
            ended.longColumn("seed").append(seed);
            add(ended, training, images);
          }
          ended.write().csv(file.toFile());
        }
      }
    }
  }

  private static boolean has(Table ended, double share, long seed) {
    return ended.stream().anyMatch(r -> r.getDouble("share") == share && r.getLong("seed") == seed);
  }

  private static void add(Table ended, Training training, ImageData all) {
    Scores scores = Scores.of(training.model(), all, ScoreOptions.defaults().only(SCORES));
    for (String score : SCORES) {
      ended.doubleColumn(score).append(scores.value(score));
    }
    double reconstruction = training.history().last(Terms.RECONSTRUCTION);
    ended.doubleColumn(Terms.RECONSTRUCTION).append(reconstruction);
  }

  /**
   * Reads what is there, and trains nothing.
   *
   * @return a row per run: share and number of images seen, seed, the scores {@code mig} and {@code
   *     factorvae} of all images, and the last reconstruction of images seen, in nats
   * @throws IOException if the file cannot be read
   */
  public Table ended() throws IOException {
    if (!Files.exists(file)) {
      return Table.create(
          "sampling density",
          DoubleColumn.create("share"),
          IntColumn.create("images"),
          LongColumn.create("seed"),
          DoubleColumn.create(SCORES[0]),
          DoubleColumn.create(SCORES[1]),
          DoubleColumn.create(Terms.RECONSTRUCTION));
    }
    return Table.read().csv(CsvReadOptions.builder(file.toFile()).columnTypes(TYPES));
  }
}
