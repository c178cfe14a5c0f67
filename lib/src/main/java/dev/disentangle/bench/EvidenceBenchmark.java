package dev.disentangle.bench;

import dev.disentangle.evidence.Experiment;
import dev.disentangle.evidence.Experiments;
import dev.disentangle.evidence.Findings;
import dev.disentangle.evidence.SparseSampling;
import dev.disentangle.history.History;
import dev.disentangle.history.Terms;
import dev.disentangle.sweep.Frontier;
import dev.disentangle.sweep.LocalProcesses;
import dev.disentangle.sweep.Outcome;
import dev.disentangle.sweep.SweepTable;
import dev.disentangle.training.ScoreSchedule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tech.tablesaw.api.Table;

/** The papers' findings: does the runs that are missing, and says what came of all. */
final class EvidenceBenchmark {

  private final Report report;
  private final Path experiments;

  EvidenceBenchmark(Report report, Path experiments) {
    this.report = report;
    this.experiments = experiments;
  }

  void run(boolean committed) throws IOException {
    SparseSampling density = new SparseSampling(experiments);
    if (!committed) {
      density.run();
    }
    density(density.ended());
    for (Experiment experiment : Experiments.all()) {
      if (!committed) {
        int processes = Runtime.getRuntime().availableProcessors();
        experiment.run(experiments, new LocalProcesses(processes, 1, List.of()));
      }
      SweepTable table = experiment.ended(experiments);
      int of = experiment.planned();
      report.row(experiment.name() + ", finished runs", table.outcomes().size(), "", "of " + of);
      if (!table.outcomes().isEmpty()) {
        table.csv(experiments.resolve(experiment.name() + ".csv"));
      }
    }
    frontier("small_frontier", Experiments.smallFrontiers(), Findings.SCORE);
    frontier("small_frontier_gap", Experiments.smallFrontiers(), Findings.GAP);
    frontier("frontier", Experiments.frontiers(), Findings.SCORE);
    totalCorrelation(Experiments.totalCorrelation());
    report.figure("evidence.paper_steps", steps(Experiments.frontiers()));
  }

  /** The mean of each share's runs. */
  private void density(Table ended) {
    for (double share : ended.doubleColumn("share").unique()) {
      Table runs = ended.where(ended.doubleColumn("share").isEqualTo(share));
      String what = String.format(Locale.ROOT, "MIG, %.0f %% of the grid seen", 100 * share);
      report.row(what, runs.doubleColumn("mig").mean(), "", "mean of " + runs.rowCount());
    }
  }

  /** How far the longest run at the paper's size went. */
  private double steps(Experiment experiment) throws IOException {
    double most = 0;
    for (Outcome run : experiment.ended(experiments).outcomes()) {
      long[] steps = experiment.history(experiments, run).steps(Terms.RECONSTRUCTION);
      most = Math.max(most, steps[steps.length - 1]);
    }
    return most;
  }

  private void frontier(String key, Experiment experiment, String score) throws IOException {
    Frontier.Difference difference;
    try {
      difference = Findings.frontierDifference(experiment.ended(experiments), score);
    } catch (IllegalArgumentException e) {
      report.row(experiment.name(), Double.NaN, "", "not enough runs yet: " + e.getMessage());
      return;
    }
    String range =
        String.format(Locale.ROOT, "from %.1f to %.1f nats", difference.from(), difference.to());
    String what = score.substring(ScoreSchedule.PREFIX.length()) + ", FactorVAE less beta-VAE";
    report.row(experiment.name() + ", " + what, difference.mean(), "", range);
    report.row("  95 % interval, low", difference.interval().low(), "", "");
    report.row("  95 % interval, high", difference.interval().high(), "", "");
    report.figure("evidence." + key + "_difference", difference.mean());
    report.figure("evidence." + key + "_low", difference.interval().low());
  }

  /** The median over runs, method by method. */
  private void totalCorrelation(Experiment experiment) throws IOException {
    List<Double> all = new ArrayList<>();
    for (Outcome run : experiment.ended(experiments).outcomes()) {
      History history = experiment.history(experiments, run);
      double agreement = Findings.totalCorrelationAgreement(history);
      report.row(String.join(", ", run.setting().values()), agreement, "", "seed " + run.seed());
      all.add(agreement);
    }
    if (!all.isEmpty()) {
      report.figure("evidence.tc_correlation", Medians.of(all));
    }
  }
}
