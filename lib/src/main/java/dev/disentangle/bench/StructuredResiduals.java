package dev.disentangle.bench;

import dev.disentangle.data.CroppedImages;
import dev.disentangle.data.Image;
import dev.disentangle.data.ImageData;
import dev.disentangle.data.Shapes3dStandIn;
import dev.disentangle.data.Subset;
import dev.disentangle.metric.ModelEvidence;
import dev.disentangle.model.Likelihood;
import dev.disentangle.model.StructuredGaussian;
import dev.disentangle.objective.Vae;
import dev.disentangle.tensor.Adam;
import dev.disentangle.training.TrainedModel;
import dev.disentangle.training.Training;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Residuals that are correlated with their neighbours' against independent ones, on generated
 * scenes in clouds, 32x32 in colour, in the place of the paper's faces of 64x64: at their size few
 * of the steps that a minute has room for go by before the mean is learned.
 */
final class StructuredResiduals {

  private static final int STEPS = 1_000;
  private static final int BATCH = 16;
  private static final int LATENTS = 10;
  private static final int JUDGED = 50;

  private final ImageData train;
  private final ImageData test;
  private final long seed;
  private final Report report;
  private final SampleSheet sheet;

  private StructuredResiduals(Path folder, Report report, long seed) {
    Shapes3dStandIn scenes = Shapes3dStandIn.generate();
    int[] room =
        IntStream.range(0, scenes.size())
            .filter(i -> scenes.space().value(i, 0) == 7 && scenes.space().value(i, 1) == 7)
            .toArray();
    Subset shuffled = Subset.random(Subset.of(scenes, "one room", room), room.length, 0);
    ImageData all = new CloudedImages(CroppedImages.of(shuffled, 16, 16, 32, 1));
    this.train = Subset.of(all, "train", IntStream.range(0, all.size() - JUDGED).toArray());
    this.test = Subset.of(all, "test", IntStream.range(all.size() - JUDGED, all.size()).toArray());
    this.seed = seed;
    this.report = report;
    this.sheet = new SampleSheet(folder.resolve("models-residuals.png"));
  }

  /**
   * Trains both.
   *
   * @param folder receives {@code models-residuals.png}
   */
  static void run(Path folder, Report report, long seed) throws IOException {
    StructuredResiduals residuals = new StructuredResiduals(folder, report, seed);
    residuals.sheet.show("test scenes", residuals.images());
    double alone = residuals.bound(new Likelihood.GaussianPerPixel(), "per pixel");
    double together = residuals.bound(new StructuredGaussian(), "structured");
    report.row(
        "structured residuals: bound over that per pixel",
        together - alone,
        "nats",
        String.format(
            Locale.ROOT,
            "%.0f and %.0f of %d held-out scenes in clouds, 32x32 in colour; %,d steps of %d",
            together,
            alone,
            JUDGED,
            STEPS,
            BATCH));
    report.figure("models.structured.difference", together - alone);
  }

  private List<Image> images() {
    return IntStream.range(0, JUDGED).mapToObj(test::image).toList();
  }

  /** The evidence lower bound of the held-out scenes, nats per image. */
  private double bound(Likelihood pixels, String label) throws IOException {
    try (Training training =
        Training.of(new Vae(Adam.of(2e-3)), train)
            .likelihood(pixels)
            .latents(LATENTS)
            .batchSize(BATCH)
            .seed(seed)
            .measureEvery(0)
            .build()) {
      training.run(STEPS);
      TrainedModel model = training.model();
      int[] judged = IntStream.range(0, JUDGED).toArray();
      float[][] codes = model.encode(test, judged).means();
      float[][] some = Arrays.copyOf(codes, SampleSheet.COLUMNS);
      sheet.show(label + ": mean", model.decode(some));
      sheet.show("draw", model.drawImages(some, seed));
      return -ModelEvidence.of(
              model.likelihood().orElseThrow(), test, judged, model.encode(test, judged), 4, 0)
          .negativeElbo();
    }
  }
}
