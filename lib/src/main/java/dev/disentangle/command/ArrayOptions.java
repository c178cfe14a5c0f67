package dev.disentangle.command;

import dev.disentangle.representation.CodesArrays;
import dev.disentangle.representation.ContinuousFactors;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options that say which arrays of a file are what. */
final class ArrayOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--codes",
      paramLabel = "NAME",
      defaultValue = "",
      description = "array of the codes, or start of their columns' names")
  private String codes;

  @Option(
      names = "--log-variances",
      paramLabel = "NAME",
      defaultValue = "",
      description = "array of the logarithms of the posteriors' variances")
  private String logVariances;

  @Option(
      names = "--factors",
      paramLabel = "NAME",
      defaultValue = "",
      description = "array of the true factors")
  private String factors;

  @Option(
      names = "--names",
      split = ",",
      paramLabel = "NAME",
      description = "names of the factors, separated by commas")
  private List<String> names = List.of();

  @Option(
      names = "--continuous",
      split = ",",
      paramLabel = "NAME",
      description =
          "factors that are real numbers, or none; without it those of numbers that hardly repeat")
  private List<String> continuous = List.of();

  @Option(
      names = "--ranges",
      paramLabel = "N",
      defaultValue = "20",
      description = "ranges that real numbers are cut into for scores that need classes (20)")
  private int ranges;

  /** Returns what was chosen. */
  CodesArrays choice() {
    CodesArrays arrays = CodesArrays.guessed();
    arrays = codes.isEmpty() ? arrays : arrays.withCodes(codes);
    arrays = logVariances.isEmpty() ? arrays : arrays.withLogVariances(logVariances);
    arrays = factors.isEmpty() ? arrays : arrays.withFactors(factors);
    arrays = arrays.withContinuous(continuous());
    return names.isEmpty() ? arrays : arrays.withFactorNames(names.toArray(String[]::new));
  }

  private ContinuousFactors continuous() {
    if (ranges < 2) {
      throw new ParameterException(
          spec.commandLine(), "--ranges must be at least 2, was " + ranges);
    }
    ContinuousFactors which =
        continuous.isEmpty()
            ? ContinuousFactors.guessed()
            : ContinuousFactors.of(
                continuous.equals(List.of("none"))
                    ? new String[0]
                    : continuous.toArray(String[]::new));
    return which.withRanges(ranges);
  }
}
