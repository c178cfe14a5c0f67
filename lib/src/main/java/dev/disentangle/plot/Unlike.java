package dev.disentangle.plot;

import dev.disentangle.history.Recorded;
import dev.disentangle.history.Terms;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Terms that share a name and yet do not mean the same in all runs of a chart. */
final class Unlike {

  private static final String OBJECTIVE = "objective";

  private Unlike() {}

  /** What a reader must know before comparing heights; empty if they compare. */
  static Optional<String> note(String term, List<String> names, Recorded... runs) {
    if (term.equals(Terms.LOSS)
        && List.of(runs).stream().map(Unlike::method).distinct().count() > 1) {
      return Optional.of(
          "each run's own loss, with its own terms and weights: heights do not compare between"
              + " methods");
    }
    if (term.equals(Terms.TOTAL_CORRELATION_ESTIMATE)) {
      return estimates(names, runs);
    }
    return Optional.empty();
  }

  /** What a run minimises: the method and its hyperparameters. */
  private static Map<String, String> method(Recorded run) {
    Map<String, String> method =
        run.choices().entrySet().stream()
            .filter(
                entry ->
                    entry.getKey().startsWith(OBJECTIVE) || entry.getKey().equals("likelihood"))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    return method.isEmpty() ? Map.of(OBJECTIVE, run.name()) : method;
  }

  private static Optional<String> estimates(List<String> names, Recorded... runs) {
    List<String> adversarial = new ArrayList<>();
    List<String> sampled = new ArrayList<>();
    for (int r = 0; r < runs.length; r++) {
      if (runs[r].history().contains(Terms.TOTAL_CORRELATION_ESTIMATE)) {
        boolean judged = runs[r].history().contains(Terms.DISCRIMINATOR_LOSS);
        (judged ? adversarial : sampled).add(names.get(r));
      }
    }
    return adversarial.isEmpty() || sampled.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "two kinds of estimate: by a discriminator "
                + String.join(", ", adversarial)
                + "; from the batch's densities "
                + String.join(", ", sampled));
  }
}
