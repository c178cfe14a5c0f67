package dev.disentangle.sweep;

import dev.disentangle.data.ImageData;
import dev.disentangle.objective.Objective;
import dev.disentangle.training.Settings;
import dev.disentangle.training.Training;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
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

  private static final String METHOD = "method";

  /** One axis: its name and the choices along it. */
  private record Axis(String name, List<Choice> choices) {}

  /** One choice along an axis. */
  private record Choice(String label, Consumer<Settings.Builder> apply) {}

  private final List<DataSource> sources;
  private final List<Objective> methods;
  private final List<Axis> axes;
  private final Consumer<Settings.Builder> common;
  private final long[] seeds;
  private final long steps;
  private final List<String> scores;
  private final int sample;
  private final long sampleSeed;

  private Sweep(
      List<DataSource> sources,
      List<Objective> methods,
      List<Axis> axes,
      Consumer<Settings.Builder> common,
      long[] seeds,
      long steps,
      List<String> scores,
      int sample,
      long sampleSeed) {
    this.sources = sources;
    this.methods = methods;
    this.axes = axes;
    this.common = common;
    this.seeds = seeds;
    this.steps = steps;
    this.scores = scores;
    this.sample = sample;
    this.sampleSeed = sampleSeed;
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
    return new Sweep(
        List.of(sources), List.of(), List.of(), b -> {}, new long[1], 1_000, List.of(), 0, 0);
  }

  /**
   * Names the methods to compare.
   *
   * @param objectives the methods; the same method may come with several hyperparameters
   * @return the new sweep
   */
  public Sweep methods(Objective... objectives) {
    return new Sweep(
        sources, List.of(objectives), axes, common, seeds, steps, scores, sample, sampleSeed);
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
    List<Choice> choices = new ArrayList<>();
    for (T value : values) {
      choices.add(new Choice(String.valueOf(value), builder -> setter.accept(builder, value)));
    }
    boolean taken = List.of(METHOD, "data", "seed").contains(name);
    if (taken || axes.stream().anyMatch(axis -> axis.name().equals(name))) {
      throw new IllegalArgumentException("an axis is already named " + name);
    }
    if (choices.isEmpty()
        || choices.stream().map(Choice::label).distinct().count() < values.length) {
      throw new IllegalArgumentException(
          "values of "
              + name
              + " must be different, were "
              + choices.stream().map(Choice::label).toList());
    }
    List<Axis> more = new ArrayList<>(axes);
    more.add(new Axis(name, choices));
    return new Sweep(
        sources, methods, List.copyOf(more), common, seeds, steps, scores, sample, sampleSeed);
  }

  /**
   * Makes choices that all runs share.
   *
   * @param choices such as {@code b -> b.latents(6).batchSize(32)}
   * @return the new sweep
   */
  public Sweep each(Consumer<Settings.Builder> choices) {
    return new Sweep(
        sources, methods, axes, common.andThen(choices), seeds, steps, scores, sample, sampleSeed);
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
    return new Sweep(
        sources, methods, axes, common, values.clone(), steps, scores, sample, sampleSeed);
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
    return new Sweep(sources, methods, axes, common, seeds, count, scores, sample, sampleSeed);
  }

  /**
   * Names the scores to compute at the end of every run; the last values of what training recorded
   * are there anyway.
   *
   * @param names such as {@code mig}; see {@link dev.disentangle.metric.StandardScores}
   * @return the new sweep
   */
  public Sweep scores(String... names) {
    return new Sweep(
        sources, methods, axes, common, seeds, steps, List.of(names), sample, sampleSeed);
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
    return new Sweep(sources, methods, axes, common, seeds, steps, scores, settings, seed);
  }

  /**
   * Lists the runs.
   *
   * @return data by data, method by method, axis by axis, seed by seed
   * @throws IOException if a data set cannot be read, which is asked for its size and fingerprint
   * @throws IllegalArgumentException if there is no method, or a choice is out of its range
   */
  public List<SweepRun> runs() throws IOException {
    if (methods.isEmpty()) {
      throw new IllegalArgumentException("a sweep needs methods(...)");
    }
    List<List<SweepRun>> settings = new ArrayList<>();
    List<String> labels = MethodLabels.of(methods);
    for (DataSource source : sources) {
      ImageData data = source.get();
      for (int m = 0; m < methods.size(); m++) {
        Map<String, String> setting = new LinkedHashMap<>();
        if (sources.size() > 1) {
          setting.put("data", data.name());
        }
        setting.put(METHOD, labels.get(m));
        Objective method = methods.get(m);
        combine(
            0,
            setting,
            b -> {},
            (all, choices) -> settings.add(runs(source, data, method, all, choices)));
      }
    }
    if (sample > 0 && sample < settings.size()) {
      Collections.shuffle(settings, new Random(sampleSeed));
      return different(settings.subList(0, sample));
    }
    return different(settings);
  }

  /** Runs whose ids are the same would be done once and counted twice. */
  private static List<SweepRun> different(List<List<SweepRun>> settings) {
    Map<String, SweepRun> byId = new LinkedHashMap<>();
    for (SweepRun run : settings.stream().flatMap(List::stream).toList()) {
      SweepRun other = byId.put(run.id(), run);
      if (other != null) {
        throw new IllegalArgumentException(
            "two runs have the same settings: "
                + other.title()
                + ", and "
                + run.title()
                + ". Parts that are not records cannot be told apart");
      }
    }
    return List.copyOf(byId.values());
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

  /** Visits every combination of choices along the axes from some axis on. */
  private void combine(
      int axis,
      Map<String, String> setting,
      Consumer<Settings.Builder> choices,
      BiConsumer<Map<String, String>, Consumer<Settings.Builder>> visitor) {
    if (axis == axes.size()) {
      visitor.accept(setting, choices);
      return;
    }
    for (Choice choice : axes.get(axis).choices()) {
      Map<String, String> more = new LinkedHashMap<>(setting);
      more.put(axes.get(axis).name(), choice.label());
      combine(axis + 1, more, choices.andThen(choice.apply()), visitor);
    }
  }

  private List<SweepRun> runs(
      DataSource source,
      ImageData data,
      Objective method,
      Map<String, String> setting,
      Consumer<Settings.Builder> choices) {
    List<SweepRun> runs = new ArrayList<>();
    for (long seed : seeds) {
      Settings.Builder builder = Training.of(method, data).seed(seed);
      common.andThen(choices).accept(builder);
      Settings settings = builder.settings();
      runs.add(SweepRun.of(setting, settings, steps, scores, source, data.fingerprint()));
    }
    return runs;
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
