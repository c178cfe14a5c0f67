package dev.disentangle.training;

import ai.djl.ndarray.NDArray;
import dev.disentangle.data.ImageData;
import dev.disentangle.history.History;
import dev.disentangle.learner.Player;
import dev.disentangle.tensor.GradientMode;
import dev.disentangle.tensor.Operations;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Whether a run, repeated from its record alone, gave the same numbers.
 *
 * @param step how many steps were repeated
 * @param differences what came out differently: terms of the history with the step of the first
 *     difference and both values, then weights; empty if all is the same to the last bit
 * @param environment what differs between the two processes and may be why: versions, the commit,
 *     the number of threads
 */
public record Rerun(long step, List<String> differences, List<String> environment) {

  /**
   * Repeats a run from its first step with the settings of its record, and compares history and
   * final weights.
   *
   * @param checkpoint a folder that {@link Training#save} wrote
   * @param data the images that the run was trained on
   * @return the comparison
   * @throws IOException if the checkpoint cannot be read
   * @throws IllegalArgumentException if the data are others or the settings cannot be built again,
   *     see {@link Training#open}
   */
  public static Rerun of(Path checkpoint, ImageData data) throws IOException {
    RunRecord first = RunRecord.read(checkpoint.resolve(CheckpointFolder.RECORD));
    try (Training then = Training.open(checkpoint, data);
        Training now = new Training(then.settings(), data)) {
      now.run(first.step());
      List<String> differences = new ArrayList<>(terms(then.history(), now.history()));
      differences.addAll(weights(then.players(), now.players()));
      List<String> environment = new ArrayList<>();
      for (Map.Entry<String, String> entry : now.record().environment().entrySet()) {
        String before = first.environment().get(entry.getKey());
        if (!entry.getValue().equals(before)) {
          environment.add(entry.getKey() + " was " + before + ", is " + entry.getValue());
        }
      }
      return new Rerun(first.step(), List.copyOf(differences), List.copyOf(environment));
    }
  }

  private static List<String> terms(History then, History now) {
    List<String> differences = new ArrayList<>();
    if (!then.names().equals(now.names())) {
      differences.add("terms were " + then.names() + ", are " + now.names());
      return differences;
    }
    for (String term : then.names()) {
      if (!Arrays.equals(then.steps(term), now.steps(term))) {
        differences.add(term + " was recorded at other steps");
        continue;
      }
      int first = Arrays.mismatch(then.values(term), now.values(term));
      if (first >= 0) {
        differences.add(
            term
                + " at step "
                + then.steps(term)[first]
                + " was "
                + then.values(term)[first]
                + ", is "
                + now.values(term)[first]);
      }
    }
    return differences;
  }

  private static List<String> weights(List<Player> then, List<Player> now) {
    List<String> differences = new ArrayList<>();
    for (int p = 0; p < then.size(); p++) {
      List<NDArray> before = then.get(p).parameters();
      for (int i = 0; i < before.size(); i++) {
        float[] a = values(before.get(i));
        float[] b = values(now.get(p).parameters().get(i));
        double largest = 0;
        for (int k = 0; k < a.length; k++) {
          largest = Math.max(largest, Math.abs(a[k] - b[k]));
        }
        if (!Arrays.equals(a, b)) {
          String name = then.get(p).parameterName(i);
          differences.add("weights " + name + " differ by up to " + largest);
        }
      }
    }
    return differences;
  }

  private static float[] values(NDArray array) {
    try (NDArray rows = GradientMode.paused(() -> Operations.contiguous(array))) {
      return rows.toFloatArray();
    }
  }

  /**
   * Tells whether the numbers agree.
   *
   * @return true if all are the same to the last bit
   */
  public boolean agrees() {
    return differences.isEmpty();
  }

  /** Says whether the numbers agree, and where not. */
  @Override
  public String toString() {
    String verdict =
        agrees()
            ? step + " steps again: the same numbers to the last bit"
            : step + " steps again: " + String.join("; ", differences);
    return environment.isEmpty() ? verdict : verdict + ". " + String.join("; ", environment);
  }
}
