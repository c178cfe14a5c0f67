package dev.disentangle.sweep;

import dev.disentangle.objective.Objective;
import dev.disentangle.training.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Trainings that differ in method, hyperparameters, parts, data or seed.
 *
 * <pre>{@code
 * var sweep = Sweep.over(DSprites::small)
 *     .methods(new Vae(), new BetaVae(4), new FactorVae(20))
 *     .vary("latents", Settings.Builder::latents, 6, 10)
 *     .seeds(0, 1, 2).steps(500).scores("mig");
 * SweepTable table = sweep.run(Path.of("target/sweep"), LocalProcesses.of(2));
 * table.summary("mig")
 * }</pre>
 *
 * <p>A sweep is immutable; every method returns a new one. The id of a run follows from its
 * settings, so that the same folder may serve sweeps that overlap: what is finished is never
 * repeated.
 */
public final class Sweep {

  private final SweepGrid grid;

  private Sweep(SweepGrid grid) {
    this.grid = grid;
  }

  /**
   * Starts to describe a sweep.
   *
   * @param sources where runs get their images, such as {@code DSprites::small}; several are an
   *     axis of their own, {@code data}
   * @return a sweep without methods, of seed 0 and 1,000 steps
   * @throws IllegalArgumentException if there is no source
   */
  public static Sweep over(DataSource... sources) {
    if (sources.length == 0) {
      throw new IllegalArgumentException("sources must name at least one data set, were none");
    }
    return new Sweep(SweepGrid.over(List.of(sources)));
  }

  /**
   * Names the methods to compare.
   *
   * @param objectives the methods; the same method may come with several hyperparameters
   * @return the new sweep
   */
  public Sweep methods(Objective... objectives) {
    return new Sweep(grid.withMethods(List.of(objectives)));
  }

  /**
   * Varies one choice.
   *
   * @param name the axis' name in tables
   * @param setter what takes the value, such as {@code Settings.Builder::latents}
   * @param values the values; their text is the label in tables
   * @param <T> type of the values
   * @return the new sweep
   * @throws IllegalArgumentException if there is no value, two have one label, or the name is taken
   */
  @SafeVarargs
  public final <T> Sweep vary(String name, BiConsumer<Settings.Builder, T> setter, T... values) {
    List<SweepGrid.Choice> choices = new ArrayList<>();
    for (T value : values) {
      choices.add(
          new SweepGrid.Choice(String.valueOf(value), builder -> setter.accept(builder, value)));
    }
    return new Sweep(grid.withAxis(new SweepGrid.Axis(name, choices)));
  }

  /**
   * Makes choices that all runs share.
   *
   * @param choices such as {@code b -> b.latents(6).batchSize(32)}
   * @return the new sweep
   */
  public Sweep each(Consumer<Settings.Builder> choices) {
    return new Sweep(grid.withChoices(choices));
  }

  /**
   * Names the seeds; every setting is run with each.
   *
   * @param values different seeds
   * @return the new sweep
   * @throws IllegalArgumentException if there is none, or one is named twice
   */
  public Sweep seeds(long... values) {
    if (values.length == 0 || Arrays.stream(values).distinct().count() < values.length) {
      throw new IllegalArgumentException(
          "seeds must be different, at least one; were " + Arrays.toString(values));
    }
    return new Sweep(grid.withSeeds(Arrays.stream(values).boxed().toList()));
  }

  /**
   * Sets how long every run trains.
   *
   * @param count steps, at least 0; the default is 1,000
   * @return the new sweep
   * @throws IllegalArgumentException if {@code count} is negative
   */
  public Sweep steps(long count) {
    if (count < 0) {
      throw new IllegalArgumentException("steps must be at least 0, were " + count);
    }
    return new Sweep(grid.withTask(count, grid.scores()));
  }

  /**
   * Names the scores to compute at the end of every run; the last values of what training recorded
   * are there anyway.
   *
   * @param names such as {@code mig}; see {@link dev.disentangle.metric.StandardScores}
   * @return the new sweep
   */
  public Sweep scores(String... names) {
    return new Sweep(grid.withTask(grid.steps(), List.of(names)));
  }

  /**
   * Searches at random: takes only some settings of the grid, drawn without replacement, each with
   * every seed.
   *
   * @param settings how many, at least 1; all if there are fewer
   * @param seed seed of the draw
   * @return the new sweep
   * @throws IllegalArgumentException if {@code settings} is below 1
   */
  public Sweep sample(int settings, long seed) {
    if (settings < 1) {
      throw new IllegalArgumentException("settings must be at least 1, were " + settings);
    }
    return new Sweep(grid.withSample(settings, seed));
  }

  /**
   * Lists the runs.
   *
   * @return data by data, method by method, axis by axis, seed by seed
   * @throws IOException if a data set cannot be read, which is asked for its size and fingerprint
   * @throws IllegalArgumentException if there is no method, or a choice is out of its range
   */
  public List<SweepRun> runs() throws IOException {
    return grid.runs();
  }

  /**
   * Adds the value {@code udr} to every finished run of a setting with at least two: the
   * unsupervised disentanglement ranking of its model among those of the setting's other seeds
   * ({@link dev.disentangle.metric.UnsupervisedDisentanglementRanking}, Spearman's correlation,
   * 10,000 images or all). So a setting can be chosen where no factors are known: {@code
   * sweep.withRanking(table, folder).best("udr")}.
   *
   * @param table what {@link #run} returned
   * @param folder the sweep's folder
   * @return the table with that value
   * @throws IOException if a run's final checkpoint or the data cannot be read
   * @throws IllegalArgumentException if a model cannot be built again, see {@link
   *     dev.disentangle.training.TrainedModel#open}
   */
  public SweepTable withRanking(SweepTable table, Path folder) throws IOException {
    return Ranking.add(runs(), table, folder);
  }

  /**
   * Does what is not finished yet. A notebook shows a table of it that changes meanwhile; a
   * terminal a line per run that ends, and how far the running ones are, with the time left.
   *
   * @param folder where outcomes and checkpoints are kept; another sweep's may be there too
   * @param runner where the runs are done
   * @return all outcomes, failed ones included
   * @throws IOException if a file cannot be read or written
   * @throws IllegalArgumentException if the sweep is impossible, or the runner cannot do it
   * @throws CancellationException if the thread is interrupted; another call goes on with the rest
   */
  public SweepTable run(Path folder, Runner runner) throws IOException {
    return SweepExecution.of(runs(), folder, runner);
  }

  /**
   * Returns what is there already, and does nothing.
   *
   * @param folder a folder that {@link #run} was given
   * @return the outcomes of this sweep's runs, without those that have not ended
   * @throws IOException if an outcome, or a data set for its fingerprint, cannot be read
   * @throws IllegalArgumentException if the sweep is impossible
   */
  public SweepTable ended(Path folder) throws IOException {
    return SweepExecution.ended(runs(), folder);
  }
}
