package dev.disentangle.sweep;

import dev.disentangle.data.Batches;
import dev.disentangle.data.ImageData;
import dev.disentangle.metric.UnsupervisedDisentanglementRanking;
import dev.disentangle.metric.UnsupervisedDisentanglementRanking.Similarity;
import dev.disentangle.representation.Codes;
import dev.disentangle.training.TrainedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Adds a value that needs no factors: how alike the models of one setting are. */
final class Ranking {

  static final String VALUE = "udr";

  private static final int IMAGES = 10_000;

  private Ranking() {}

  /** Gives every finished run of a setting with at least two of them its ranking among those. */
  static SweepTable add(List<SweepRun> runs, SweepTable table, Path folder) throws IOException {
    Map<String, Double> rankings = new LinkedHashMap<>();
    Map<Map<String, String>, List<SweepRun>> settings = new LinkedHashMap<>();
    for (SweepRun run : runs) {
      boolean finished =
          table.outcomes().stream()
              .anyMatch(o -> o.run().equals(run.id()) && o.failure().isEmpty());
      if (finished) {
        settings.computeIfAbsent(run.setting(), s -> new ArrayList<>()).add(run);
      }
    }
    for (List<SweepRun> same : settings.values()) {
      if (same.size() > 1) {
        rank(same, folder, rankings);
      }
    }
    List<Outcome> outcomes = new ArrayList<>();
    for (Outcome outcome : table.outcomes()) {
      Map<String, Double> values = new LinkedHashMap<>(outcome.values());
      if (rankings.containsKey(outcome.run())) {
        values.put(VALUE, rankings.get(outcome.run()));
      }
      outcomes.add(
          new Outcome(
              outcome.run(),
              outcome.setting(),
              outcome.seed(),
              outcome.failure(),
              values,
              outcome.seconds()));
    }
    return new SweepTable(outcomes);
  }

  private static void rank(List<SweepRun> same, Path folder, Map<String, Double> rankings)
      throws IOException {
    ImageData data = same.get(0).source().get();
    int count = Math.min(IMAGES, data.size());
    int[] images = Batches.draw(count, data.size(), new SplittableRandom(0));
    List<Codes> codes = new ArrayList<>();
    for (SweepRun run : same) {
      try (TrainedModel model = TrainedModel.open(InProcess.checkpoints(run.folder(folder)))) {
        codes.add(model.encode(data, images));
      }
    }
    double[] values = UnsupervisedDisentanglementRanking.of(codes, Similarity.SPEARMAN).values();
    for (int i = 0; i < values.length; i++) {
      rankings.put(same.get(i).id(), values[i]);
    }
  }
}
