package dev.disentangle.bench;

import dev.disentangle.data.Image;
import dev.disentangle.data.ImageData;
import dev.disentangle.data.Mnist;
import dev.disentangle.metric.AggregateNormality;
import dev.disentangle.metric.PosteriorSamples;
import dev.disentangle.objective.Objective;
import dev.disentangle.objective.Vae;
import dev.disentangle.objective.WaeGan;
import dev.disentangle.objective.WaeMmd;
import dev.disentangle.representation.Codes;
import dev.disentangle.tensor.Adam;
import dev.disentangle.training.TrainedModel;
import dev.disentangle.training.Training;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * VAE, WAE-MMD and WAE-GAN on MNIST with the settings that the WAE paper publishes (8 latents,
 * batches of 100, rate 0.001, penalty 10), as its Table 1 compares them: reconstruction, Fréchet
 * distance of samples, and how far the aggregate posterior is from the prior. The run is much
 * shorter than the paper's.
 */
final class WaeBenchmark {

  private static final int STEPS = 3_000;
  private static final int JUDGED = DigitDistance.JUDGED;
  private static final int DIRECTIONS = 100;
  private static final int SHOWN = SampleSheet.COLUMNS;

  private final ImageData train;
  private final ImageData test;
  private final DigitDistance distance;
  private final Path folder;
  private final Report report;
  private final SampleSheet sheet;

  WaeBenchmark(Path mnist, Path folder, Report report) throws IOException {
    this.train = Mnist.train(mnist);
    this.test = Mnist.test(mnist);
    this.distance = new DigitDistance(test);
    this.folder = folder;
    this.report = report;
    this.sheet = new SampleSheet(folder.resolve("wae.png"));
  }

  /** Trains each method with each seed; rows, CSV and pictures are there after every run. */
  void run(int seeds) throws IOException {
    double floor = distance.ofOtherHalf();
    report.row(
        "test digits, every second one and the others", floor, "Fréchet", distance.features());
    report.figure("wae.frechet.data", floor);
    sheet.show("test digits", distance.real());
    Adam adam = Adam.of(1e-3, 0.5, 0.999);
    for (Objective method : List.of(new Vae(adam), new WaeMmd(10), new WaeGan(10))) {
      double[] mean = new double[3];
      for (int seed = 0; seed < seeds; seed++) {
        double[] values = run(method, seed);
        for (int i = 0; i < mean.length; i++) {
          mean[i] += values[i] / seeds;
        }
      }
      String key = "wae." + method.name().toLowerCase(Locale.ROOT).replace('-', '_');
      report.figure(key + ".frechet", mean[0]);
      report.figure(key + ".squared_error", mean[1]);
      report.figure(key + ".normality", mean[2]);
      report.write(folder);
    }
  }

  private double[] run(Objective method, int seed) throws IOException {
    try (Training training =
        Training.of(method, train).latents(8).batchSize(100).seed(seed).measureEvery(0).build()) {
      training.run(STEPS);
      TrainedModel model = training.model();
      SplittableRandom random = new SplittableRandom(seed);
      List<Image> samples = model.decode(model.drawCodes(JUDGED, random));
      Codes codes = model.encode(distance.real());
      List<Image> redrawn = model.decode(codes.means());
      AggregateNormality normality =
          AggregateNormality.of(PosteriorSamples.of(codes, seed), DIRECTIONS, 0);
      double[] values = {
        distance.of(samples), SquaredError.of(distance.real(), redrawn), normality.value()
      };
      String run = method.name() + ", seed " + seed + ": ";
      report.row(run + "samples", values[0], "Fréchet", STEPS + " steps");
      report.row(run + "test digits redrawn", values[1], "squared", "mean per image");
      report.row(
          run + "codes from the prior",
          values[2],
          "distance",
          "axes %.3f; probability %.2g".formatted(normality.onAxes(), normality.probability()));
      if (seed == 0) {
        sheet.show(method.name() + ", redrawn", redrawn);
        sheet.show("samples", samples);
        sheet.show("between two", between(model));
      }
      return values;
    }
  }

  /** From the code of one test digit to that of another, in equal steps. */
  private List<Image> between(TrainedModel model) {
    float[][] ends = model.encode(test, new int[] {0, 1}).means();
    float[][] line = new float[SHOWN][ends[0].length];
    for (int i = 0; i < SHOWN; i++) {
      float share = (float) i / (SHOWN - 1);
      for (int latent = 0; latent < line[i].length; latent++) {
        line[i][latent] = (1 - share) * ends[0][latent] + share * ends[1][latent];
      }
    }
    return model.decode(line);
  }
}
