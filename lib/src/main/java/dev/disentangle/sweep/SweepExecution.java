package dev.disentangle.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Does the runs of a sweep that are not finished yet. */
final class SweepExecution {

  private SweepExecution() {}

  /** Does them, shows how it goes, and returns all outcomes in the order of the runs. */
  static SweepTable of(List<SweepRun> runs, Path folder, Runner runner) throws IOException {
    Map<String, SweepRun> open = new LinkedHashMap<>();
    Map<String, Outcome> outcomes = new LinkedHashMap<>();
    for (SweepRun run : runs) {
      Optional<Outcome> outcome = Outcome.read(run.folder(folder));
      if (outcome.isPresent() && outcome.get().failure().isEmpty()) {
        outcomes.put(run.id(), outcome.get());
      } else {
        open.put(run.id(), run);
      }
    }
    SweepState state = new SweepState(runs, outcomes, folder, System.nanoTime());
    try (SweepDisplay display = SweepDisplay.of(state)) {
      runner.run(
          List.copyOf(open.values()),
          folder,
          outcome -> {
            outcomes.put(outcome.run(), outcome);
            display.ended(open.get(outcome.run()), outcome);
          });
    }
    return table(runs, outcomes);
  }

  /** Reads the outcomes that are there, in the order of the runs. */
  static SweepTable ended(List<SweepRun> runs, Path folder) throws IOException {
    Map<String, Outcome> outcomes = new LinkedHashMap<>();
    for (SweepRun run : runs) {
      Outcome.read(run.folder(folder)).ifPresent(outcome -> outcomes.put(run.id(), outcome));
    }
    return table(runs, outcomes);
  }

  private static SweepTable table(List<SweepRun> runs, Map<String, Outcome> outcomes) {
    return new SweepTable(
        runs.stream()
            .filter(run -> outcomes.containsKey(run.id()))
            .map(run -> named(outcomes.get(run.id()), run.setting()))
            .toList());
  }

  /** The labels are this sweep's, should another have named its axes otherwise. */
  private static Outcome named(Outcome outcome, Map<String, String> setting) {
    return new Outcome(
        outcome.run(),
        setting,
        outcome.seed(),
        outcome.failure(),
        outcome.values(),
        outcome.seconds());
  }
}
