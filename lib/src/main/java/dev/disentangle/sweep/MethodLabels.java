package dev.disentangle.sweep;

import dev.disentangle.objective.Objective;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Short labels of methods: the name, and where it repeats the hyperparameters that differ. */
final class MethodLabels {

  private MethodLabels() {}

  /**
   * Labels methods.
   *
   * @throws IllegalArgumentException if two methods are the same
   */
  static List<String> of(List<Objective> methods) {
    List<String> labels = new ArrayList<>();
    for (Objective method : methods) {
      List<Objective> same =
          methods.stream().filter(other -> other.name().equals(method.name())).toList();
      String label =
          same.size() == 1 ? method.name() : method.name() + " " + differing(method, same);
      if (labels.contains(label)) {
        throw new IllegalArgumentException(
            "methods must be different, " + label + " is there twice");
      }
      labels.add(label);
    }
    return labels;
  }

  private static String differing(Objective method, List<Objective> same) {
    List<String> parts = new ArrayList<>();
    for (Map.Entry<String, String> entry : method.hyperparameters().entrySet()) {
      boolean differs =
          same.stream()
              .anyMatch(
                  other ->
                      !Objects.equals(
                          other.hyperparameters().get(entry.getKey()), entry.getValue()));
      if (differs) {
        parts.add(entry.getKey() + " " + entry.getValue());
      }
    }
    return String.join(", ", parts);
  }
}
