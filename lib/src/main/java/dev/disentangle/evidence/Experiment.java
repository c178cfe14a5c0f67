package dev.disentangle.evidence;

import dev.disentangle.history.History;
import dev.disentangle.sweep.Outcome;
import dev.disentangle.sweep.Runner;
import dev.disentangle.sweep.Sweep;
import dev.disentangle.sweep.SweepTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A question and the sweep that answers it. What a run came to, its {@code result.json} and {@code
 * checkpoints/history.csv}, lies in a folder named by the run's id, below one named by the
 * experiment; a run whose result is there is not repeated.
 *
 * @param name name of the folder
 * @param question what the sweep is to tell
 * @param all all runs, and any that would belong to them
 * @param parts the same runs in the order in which they are done, the most telling first, so that
 *     what there is can be looked at whenever it stops
 */
public record Experiment(String name, String question, Sweep all, List<Sweep> parts) {

  /** Copies the list. */
  public Experiment {
    parts = List.copyOf(parts);
  }

  /**
   * Does what is not finished yet.
   *
   * @param experiments the folder of all experiments, such as {@code lib/experiments}
   * @param runner where the runs are done
   * @return all outcomes
   * @throws IOException if a file cannot be read or written
   */
  public SweepTable run(Path experiments, Runner runner) throws IOException {
    for (Sweep part : parts) {
      part.run(experiments.resolve(name), runner);
    }
    return ended(experiments);
  }

  /**
   * Counts what is to be done.
   *
   * @return number of different runs in all parts
   * @throws IOException if a data set cannot be read
   */
  public int planned() throws IOException {
    Set<String> ids = new HashSet<>();
    for (Sweep part : parts) {
      part.runs().forEach(run -> ids.add(run.id()));
    }
    return ids.size();
  }

  /**
   * Reads what is there, and trains nothing.
   *
   * @param experiments the folder of all experiments
   * @return the outcomes of the runs that have ended
   * @throws IOException if a file cannot be read
   */
  public SweepTable ended(Path experiments) throws IOException {
    return all.ended(experiments.resolve(name));
  }

  /**
   * Reads what the finished runs of a method recorded.
   *
   * @param experiments the folder of all experiments
   * @param method the method's label, such as {@code FactorVAE gamma 35.0}
   * @return a history per seed, in the runs' order
   * @throws IOException if one cannot be read
   */
  public List<History> histories(Path experiments, String method) throws IOException {
    List<History> histories = new ArrayList<>();
    for (Outcome run : ended(experiments).outcomes()) {
      if (run.failure().isEmpty() && method.equals(run.setting().get(Findings.METHOD))) {
        histories.add(history(experiments, run));
      }
    }
    return histories;
  }

  /**
   * Reads what a run recorded while it went on.
   *
   * @param experiments the folder of all experiments
   * @param run the run's outcome
   * @return its history
   * @throws IOException if there is none, or it cannot be read
   */
  public History history(Path experiments, Outcome run) throws IOException {
    return History.readCsv(
        experiments.resolve(name).resolve(run.run()).resolve("checkpoints").resolve("history.csv"));
  }
}
