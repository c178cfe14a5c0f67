package dev.disentangle.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Choices of a benchmark run.
 *
 * @param groups which groups, in order
 * @param python the Python whose torch is the yardstick, or null to look for one
 * @param seconds length of one timing
 * @param pairs number of alternating timings of ours and the yardstick
 * @param seeds runs of each method that the contrast takes its medians over
 * @param mnist folder of MNIST's four files, or null
 * @param models which of the models group
 * @param output folder of the CSV files
 * @param committed whether evidence is read only
 */
record Options(
    List<String> groups,
    String python,
    double seconds,
    int pairs,
    int seeds,
    Path mnist,
    List<String> models,
    Path output,
    boolean committed) {

  /** What takes hours, or writes what is to be committed, runs when it is named. */
  private static final List<String> NAMED_ONLY = List.of("evidence", "gallery");

  static Options parse(List<String> known, String... arguments) {
    List<String> groups = new ArrayList<>();
    String python = null;
    double seconds = 6;
    int pairs = 5;
    int seeds = 3;
    Path mnist = null;
    List<String> models = ModelsBenchmark.names();
    Path output = Path.of("target", "bench");
    boolean committed = false;
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--python" -> python = value(arguments, ++i);
        case "--seconds" -> seconds = Double.parseDouble(value(arguments, ++i));
        case "--pairs" -> pairs = Integer.parseInt(value(arguments, ++i));
        case "--seeds" -> seeds = Integer.parseInt(value(arguments, ++i));
        case "--committed" -> committed = true;
        case "--mnist" -> mnist = Path.of(value(arguments, ++i));
        case "--only" -> models = models(value(arguments, ++i));
        case "--output" -> output = Path.of(value(arguments, ++i));
        default -> {
          if (!known.contains(arguments[i])) {
            throw new IllegalArgumentException(
                "unknown group or option " + arguments[i] + "; groups are " + known);
          }
          groups.add(arguments[i]);
        }
      }
    }
    if (!(seconds > 0) || pairs < 1 || seeds < 1) {
      throw new IllegalArgumentException(
          "--seconds must be above 0, --pairs and --seeds at least 1, were "
              + seconds
              + ", "
              + pairs
              + " and "
              + seeds);
    }
    return new Options(
        groups.isEmpty() ? ofMinutes(known) : List.copyOf(groups),
        python,
        seconds,
        pairs,
        seeds,
        mnist,
        models,
        output,
        committed);
  }

  /** What runs when nothing is named. */
  private static List<String> ofMinutes(List<String> known) {
    return known.stream().filter(group -> !NAMED_ONLY.contains(group)).toList();
  }

  private static List<String> models(String names) {
    List<String> models = List.of(names.split(","));
    for (String model : models) {
      if (!ModelsBenchmark.names().contains(model)) {
        throw new IllegalArgumentException(
            "--only must name models of " + ModelsBenchmark.names() + ", had " + model);
      }
    }
    return models;
  }

  private static String value(String[] arguments, int index) {
    if (index >= arguments.length) {
      throw new IllegalArgumentException(arguments[index - 1] + " needs a value");
    }
    return arguments[index];
  }
}
