package dev.disentangle.sweep;

import dev.disentangle.data.ImageData;
import dev.disentangle.objective.Objective;
import dev.disentangle.training.Settings;
import dev.disentangle.training.Training;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * What a {@link Sweep} varies, and every combination of it.
 *
 * @param sources data sets
 * @param methods methods
 * @param axes further choices
 * @param common choices that all runs share
 * @param seeds seeds of every setting
 * @param steps steps of every run
 * @param scores scores at the end of every run
 * @param sample how many settings are drawn at random; 0 for all
 * @param sampleSeed seed of that draw
 */
record SweepGrid(
    List<DataSource> sources,
    List<Objective> methods,
    List<Axis> axes,
    Consumer<Settings.Builder> common,
    List<Long> seeds,
    long steps,
    List<String> scores,
    int sample,
    long sampleSeed) {

  private static final String METHOD = "method";
  private static final String DATA = "data";
  private static final long STEPS = 1_000;

  /** One axis: its name and the choices along it. */
  record Axis(String name, List<Choice> choices) {

    Axis {
      choices = List.copyOf(choices);
      List<String> labels = choices.stream().map(Choice::label).toList();
      if (labels.isEmpty() || labels.stream().distinct().count() < labels.size()) {
        throw new IllegalArgumentException(
            "values of " + name + " must be different, at least one; were " + labels);
      }
    }
  }

  /** One choice along an axis. */
  record Choice(String label, Consumer<Settings.Builder> apply) {}

  static SweepGrid over(List<DataSource> sources) {
    return new SweepGrid(
        sources, List.of(), List.of(), b -> {}, List.of(0L), STEPS, List.of(), 0, 0);
  }

  SweepGrid withMethods(List<Objective> other) {
    return new SweepGrid(sources, other, axes, common, seeds, steps, scores, sample, sampleSeed);
  }

  SweepGrid withAxis(Axis axis) {
    boolean taken = List.of(METHOD, DATA, "seed").contains(axis.name());
    if (taken || axes.stream().anyMatch(other -> other.name().equals(axis.name()))) {
      throw new IllegalArgumentException("an axis is already named " + axis.name());
    }
    List<Axis> more = new ArrayList<>(axes);
    more.add(axis);
    return new SweepGrid(
        sources, methods, List.copyOf(more), common, seeds, steps, scores, sample, sampleSeed);
  }

  SweepGrid withChoices(Consumer<Settings.Builder> choices) {
    return new SweepGrid(
        sources, methods, axes, common.andThen(choices), seeds, steps, scores, sample, sampleSeed);
  }

  SweepGrid withSeeds(List<Long> other) {
    return new SweepGrid(sources, methods, axes, common, other, steps, scores, sample, sampleSeed);
  }

  SweepGrid withTask(long count, List<String> names) {
    return new SweepGrid(sources, methods, axes, common, seeds, count, names, sample, sampleSeed);
  }

  SweepGrid withSample(int settings, long seed) {
    return new SweepGrid(sources, methods, axes, common, seeds, steps, scores, settings, seed);
  }

  /** Lists the runs: data by data, method by method, axis by axis, seed by seed. */
  List<SweepRun> runs() throws IOException {
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
          setting.put(DATA, data.name());
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
}
