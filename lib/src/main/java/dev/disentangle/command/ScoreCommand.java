package dev.disentangle.command;

import dev.disentangle.metric.InfoMecScore;
import dev.disentangle.metric.InformationEstimator;
import dev.disentangle.metric.Score;
import dev.disentangle.metric.ScoreOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Scores of codes that any program has written, from a terminal: {@code environment/score CODES}.
 * Loads no engine.
 *
 * <p>Exit codes: 0 when all is well, 1 when a file cannot be read, scored or written, 2 when the
 * options are wrong. Each of these is one line on standard error.
 */
@Command(
    name = "environment/score",
    sortOptions = false,
    description = {
      "Scores codes that any program has written, without a model or a GPU.",
      "Exit codes: 0 fine, 1 bad input, 2 bad usage.",
      ""
    })
public final class ScoreCommand implements Callable<Integer> {

  private enum Protocol {
    paper,
    reference
  }

  private enum Information {
    bins(InformationEstimator.bins()),
    neighbours(InformationEstimator.neighbours(InfoMecScore.NEIGHBOURS));

    private final InformationEstimator estimator;

    Information(InformationEstimator estimator) {
      this.estimator = estimator;
    }
  }

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "CODES",
      description =
          "npz, npy or CSV with a row per image; of several files, differences from the first are"
              + " printed beside")
  private List<Path> files;

  @Mixin private ArrayOptions arrays;

  @Option(
      names = "--information",
      paramLabel = "NAME",
      defaultValue = "bins",
      description =
          "how mig, modularity, mig-sup and dcimig find mutual information: bins (20, as"
              + " disentanglement_lib) or neighbours (10, nothing is cut)")
  private Information information;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "SCORE",
      description = "only these scores, such as mig,dci")
  private List<String> only = List.of();

  @Option(
      names = "--protocol",
      paramLabel = "NAME",
      defaultValue = "reference",
      description =
          "reference (disentanglement_lib, the default) or paper, where they differ:"
              + " factorvae, higgins, irs")
  private Protocol protocol;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "seed of all sampling (0)")
  private long seed;

  @Option(
      names = "--in-order",
      description =
          "take points in the file's order: the first 10,000 train, the next 5,000 evaluate")
  private boolean inOrder;

  @Option(
      names = {"--intervals", "--bootstrap"},
      paramLabel = "N",
      description =
          "95 %% intervals, also of differences, from N random halves of the images (no copies, as"
              + " a bootstrap with replacement would make); takes about N times half as long")
  private Integer intervals;

  @Option(names = "--csv", paramLabel = "FILE", description = "write all values as CSV")
  private Path csv;

  @Option(names = "--json", paramLabel = "FILE", description = "write all values as JSON")
  private Path json;

  @Option(
      names = "--page",
      paramLabel = "FILE",
      description = "write a page with table and pictures: one HTML file")
  private Path page;

  @Option(names = "--help", usageHelp = true, description = "this text")
  private boolean help;

  private ScoreCommand() {}

  /**
   * Runs the command and ends the process.
   *
   * @param arguments see {@code --help}
   */
  public static void main(String... arguments) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(run(out, err, arguments));
  }

  /**
   * Runs the command.
   *
   * @param out receives the tables
   * @param err receives progress and errors
   * @param arguments see {@code --help}
   * @return the exit code
   */
  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    return CommandLines.run(new ScoreCommand(), out, err, arguments);
  }

  @Override
  public Integer call() throws IOException {
    ScoreOptions options = options();
    if (intervals != null && intervals < 10) {
      throw usage("--intervals must be at least 10, was " + intervals);
    }
    PrintWriter out = spec.commandLine().getOut();
    Waiting waiting = new Waiting(spec.commandLine().getErr(), System.console() != null);
    List<ScoredCodes> all = new ArrayList<>();
    List<String> labels = labels();
    for (int i = 0; i < files.size(); i++) {
      ScoredCodes scored =
          ScoredCodes.of(
              labels.get(i),
              files.get(i),
              arrays.choice(),
              options,
              Optional.ofNullable(intervals),
              waiting);
      out.println(scored.description());
      all.add(scored);
    }
    if (intervals != null) {
      all.stream().skip(1).forEach(file -> out.println(pairing(file, all.get(0))));
    }
    ScoreRows rows = ScoreRows.of(all);
    out.println();
    out.print(rows.text());
    out.flush();
    write(all, rows);
    return 0;
  }

  private static String pairing(ScoredCodes file, ScoredCodes first) {
    return file.label()
        + " - "
        + first.label()
        + (file.hasImagesOf(first)
            ? ": same number of images and same factors, intervals of paired differences"
            : ": other images, intervals of independent differences");
  }

  private void write(List<ScoredCodes> all, ScoreRows rows) throws IOException {
    if (csv != null) {
      ScoreFiles.csv(csv, all);
    }
    if (json != null) {
      ScoreFiles.json(json, all);
    }
    if (page != null) {
      ScoreFiles.text(page, ScorePage.of(all, rows));
    }
  }

  private ScoreOptions options() {
    ScoreOptions options = ScoreOptions.defaults().seed(seed).information(information.estimator);
    if (inOrder) {
      options = options.pointsInOrder();
    }
    if (protocol == Protocol.paper) {
      options = options.paperProtocols();
    }
    if (only.isEmpty()) {
      return options;
    }
    List<String> known = options.scores().stream().map(Score::name).toList();
    for (String name : only) {
      if (!known.contains(name)) {
        throw usage("no score is named " + name + "; there are " + String.join(", ", known));
      }
    }
    return options.only(new LinkedHashSet<>(only).toArray(String[]::new));
  }

  /** The files' names, or their whole paths where names repeat. */
  private List<String> labels() {
    if (Set.copyOf(files).size() < files.size()) {
      throw usage("every file must be given once, were " + files);
    }
    List<String> last = files.stream().map(file -> String.valueOf(file.getFileName())).toList();
    return Set.copyOf(last).size() == last.size()
        ? last
        : files.stream().map(Path::toString).toList();
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
