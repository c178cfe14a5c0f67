package dev.disentangle.plot;

import dev.disentangle.history.Recorded;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Names of runs for a legend: their own, and where these repeat, what tells the runs apart. */
final class RunNames {

  /** What follows from another choice, and would only say the same again. */
  private static final Set<String> IMPLIED = Set.of("objective", "data.fingerprint", "data.size");

  private RunNames() {}

  /** One distinct name per run, such as {@code beta-VAE (beta 4)}. */
  static List<String> of(Recorded... runs) {
    List<String> names = new ArrayList<>();
    for (Recorded run : runs) {
      List<Recorded> same =
          Arrays.stream(runs).filter(other -> other.name().equals(run.name())).toList();
      String differences = same.size() == 1 ? "" : differences(run, same);
      names.add(differences.isEmpty() ? run.name() : run.name() + " (" + differences + ")");
    }
    return numbered(names);
  }

  /** The given names, checked. */
  static List<String> of(List<String> names, Recorded... runs) {
    if (names.size() != runs.length || new HashSet<>(names).size() != names.size()) {
      throw new IllegalArgumentException(
          "names must hold one distinct name per run, " + runs.length + ", were " + names);
    }
    if (names.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("names must not be blank, were " + names);
    }
    return List.copyOf(names);
  }

  private static String differences(Recorded run, List<Recorded> same) {
    List<Map<String, String>> all = same.stream().map(r -> flat(r.choices())).toList();
    Set<String> keys = new LinkedHashSet<>();
    all.forEach(choices -> keys.addAll(choices.keySet()));
    Map<String, String> own = flat(run.choices());
    return keys.stream()
        .filter(key -> !IMPLIED.contains(key))
        .filter(key -> all.stream().map(choices -> choices.get(key)).distinct().count() > 1)
        .map(key -> word(key) + " " + number(own.getOrDefault(key, "none")))
        .collect(Collectors.joining(", "));
  }

  /** Choices that are records of their own, such as an optimiser's, one by one. */
  private static Map<String, String> flat(Map<String, String> choices) {
    Map<String, String> flat = new LinkedHashMap<>();
    choices.forEach(
        (key, value) -> {
          int open = value.indexOf('[');
          boolean nested = open > 0 && value.endsWith("]") && value.indexOf('[', open + 1) < 0;
          if (!nested) {
            flat.put(key, value);
            return;
          }
          flat.put(key, value.substring(0, open));
          for (String part : value.substring(open + 1, value.length() - 1).split(", ")) {
            int equals = part.indexOf('=');
            if (equals > 0) {
              flat.put(key + "." + part.substring(0, equals), part.substring(equals + 1));
            }
          }
        });
    return flat;
  }

  /**
   * The last part of a key in words: {@code objective.adam.learningRate} is a learning rate, {@code
   * objective.discriminatorAdam.learningRate} the discriminator's.
   */
  private static String word(String key) {
    String[] parts = key.split("\\.");
    String last = parts[parts.length - 1];
    String owner = parts.length < 3 ? "" : parts[parts.length - 2].replaceAll("[aA]dam$", "");
    return (words(owner) + " " + words(last)).strip();
  }

  private static String words(String name) {
    return name.replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
  }

  private static String number(String value) {
    try {
      return value.matches("-?[0-9]+") ? value : Words.number(Double.parseDouble(value));
    } catch (NumberFormatException e) {
      return value;
    }
  }

  /** Runs that nothing tells apart are counted. */
  private static List<String> numbered(List<String> names) {
    List<String> numbered = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      long before = names.subList(0, i).stream().filter(name::equals).count();
      boolean repeats = names.stream().filter(name::equals).count() > 1;
      numbered.add(repeats ? name + ", run " + (before + 1) : name);
    }
    return numbered;
  }
}
