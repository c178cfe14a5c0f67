package dev.disentangle.bench;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Runs of a minute or two on MNIST of the models whose papers report a figure on it or that are to
 * be seen there: each of ours beside the paper's, and a sheet of samples. The runs are far shorter
 * than the papers'. One model runs on generated scenes and needs no MNIST.
 */
final class ModelsBenchmark {

  private static final long SEED = 0;
  private static final String RESIDUALS = "structured";

  /** Trains, adds rows and figures to the report and samples to the sheet. */
  @FunctionalInterface
  private interface OnDigits {
    void run(DigitsBench bench) throws IOException;
  }

  private static final Map<String, OnDigits> ON_DIGITS = onDigits();

  private ModelsBenchmark() {}

  private static Map<String, OnDigits> onDigits() {
    Map<String, OnDigits> models = new LinkedHashMap<>();
    models.put("cvae", LabelledModels::conditional);
    models.put("cvae-gan", LabelledModels::conditionalGan);
    models.put("m2", LabelledModels::semiSupervised);
    models.put("m1m2", LabelledModels::stacked);
    models.put("gmvae", MixtureModels::gaussian);
    models.put("infinite", MixtureModels::infinite);
    models.put("vampprior", PriorModels::vampPrior);
    models.put("two-stage", PriorModels::twoStage);
    models.put("vq-vae", DiscreteModels::vqVae);
    models.put("vq-vae-2", DiscreteModels::vqVae2);
    models.put("vae-gan", AdversarialModels::vaeGan);
    return models;
  }

  /** What {@code --only} may name, in order. */
  static List<String> names() {
    return Stream.concat(ON_DIGITS.keySet().stream(), Stream.of(RESIDUALS)).toList();
  }

  /**
   * Runs models; those on MNIST are left out when its folder is not known.
   *
   * @param options which models, where MNIST is, where {@code models.csv}, {@code models.png} and
   *     {@code models-residuals.png} go, which are written after every model, and how many seeds
   *     compare two priors
   * @param report where rows go
   * @throws IOException if a file cannot be read or written
   */
  static void run(Options options, Report report) throws IOException {
    List<String> digits = options.models().stream().filter(ON_DIGITS::containsKey).toList();
    if (options.mnist() == null && !digits.isEmpty()) {
      report.note("left out: " + String.join(", ", digits) + "; " + Bench.NO_MNIST);
    } else if (!digits.isEmpty()) {
      SampleSheet sheet = new SampleSheet(options.output().resolve("models.png"));
      DigitsBench bench = new DigitsBench(options.mnist(), report, sheet, options.seeds(), SEED);
      sheet.show("test digits", bench.testImages(SampleSheet.COLUMNS));
      for (String name : digits) {
        ON_DIGITS.get(name).run(bench);
        report.write(options.output());
      }
    }
    if (options.models().contains(RESIDUALS)) {
      StructuredResiduals.run(options.output(), report, SEED);
    }
  }
}
