package dev.disentangle.bench;

import dev.disentangle.data.Attributes;
import dev.disentangle.data.CroppedImages;
import dev.disentangle.data.DSprites;
import dev.disentangle.data.DSpritesGrid;
import dev.disentangle.data.DSpritesShape;
import dev.disentangle.data.FactorSpace;
import dev.disentangle.data.Image;
import dev.disentangle.data.ImageData;
import dev.disentangle.data.Labels;
import dev.disentangle.data.Shapes3dStandIn;
import dev.disentangle.data.Subset;
import dev.disentangle.objective.ConditionalVae;
import dev.disentangle.objective.CvaeGan;
import dev.disentangle.objective.FactorVae;
import dev.disentangle.objective.GaussianMixtureVae;
import dev.disentangle.objective.Objective;
import dev.disentangle.objective.TwoStageVae;
import dev.disentangle.objective.VqVae2;
import dev.disentangle.objective.WaeMmd;
import dev.disentangle.objective.ZeroVaeGan;
import dev.disentangle.plot.ImageGrid;
import dev.disentangle.plot.Pictures;
import dev.disentangle.tensor.Adam;
import dev.disentangle.training.TrainedModel;
import dev.disentangle.training.Training;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A picture per family of methods, from one short run each of a method of that family on large
 * shapes: what is special about the family, in a few rows.
 */
final class FamilyPictures {

  private static final int SHOWN = 10;
  private static final int BATCH = 32;
  private static final int STEPS = 1_000;
  private static final Adam ADAM = Adam.of(2e-3);

  private final PrintStream out;
  private final Path folder;
  private final long seed;
  private final ImageData shapes = DSprites.closeUp();

  private FamilyPictures(PrintStream out, Path folder, long seed) {
    this.out = out;
    this.folder = folder;
    this.seed = seed;
  }

  /**
   * Trains and draws all.
   *
   * @param out where it is told what was drawn
   * @param folder receives one PNG per family
   * @param seed of every run
   * @throws IOException if a file cannot be written
   */
  static void run(PrintStream out, Path folder, long seed) throws IOException {
    FamilyPictures pictures = new FamilyPictures(out, Files.createDirectories(folder), seed);
    pictures.drawAll();
  }

  private void drawAll() throws IOException {
    FactorVae independent = new FactorVae(5).withLearningRate(2e-3);
    draw("independent", independent, hearts(), 3, STEPS, this::varied);
    draw("matched", new WaeMmd(10), 3, STEPS, this::samples);
    Labels labels = Labels.of("shape");
    draw("conditional", new ConditionalVae(labels, ADAM), 3, STEPS, this::ofEachLabel);
    mixture();
    draw("two-stage", new TwoStageVae(STEPS, 256, ADAM, ADAM), 4, 2 * STEPS, this::samples);
    VqVae2 quantised = new VqVae2(2, 32, 4, 0.99, 0.25, 128, ADAM, Adam.of(1e-2));
    draw("quantised", quantised, 4, 2 * STEPS, this::samples);
    draw("adversarial", new CvaeGan(labels), 3, STEPS, this::ofEachLabel);
    zeroShot();
  }

  /** Three kinds of images, each in its own place; nobody tells which is which. */
  private void mixture() throws IOException {
    var grid = new DSpritesGrid(32, List.of(DSpritesShape.values()), 2, 1, 2, 1, 32);
    DSprites sprites = DSprites.generate(grid);
    FactorSpace space = sprites.space();
    int[] kept =
        IntStream.range(0, sprites.size())
            .filter(i -> space.value(i, 1) > 0)
            .filter(i -> isInItsPlace(space.value(i, 0), space.value(i, 2), space.value(i, 3)))
            .toArray();
    GaussianMixtureVae method = new GaussianMixtureVae(3, 1, 16, 1, Adam.of(5e-3));
    ImageData kinds = Subset.of(sprites, "three kinds", kept);
    draw("mixture", method, kinds, 2, STEPS, this::ofEachLabel);
  }

  private static boolean isInItsPlace(int shape, int column, int row) {
    return switch (shape) {
      case 0 -> column < 3 && row < 3;
      case 1 -> column > 12 && row < 3;
      default -> column > 5 && column < 10 && row > 12;
    };
  }

  private void draw(
      String family,
      Objective method,
      int latents,
      int steps,
      Function<TrainedModel, List<List<Image>>> rows)
      throws IOException {
    draw(family, method, shapes, latents, steps, rows);
  }

  private void draw(
      String family,
      Objective method,
      ImageData data,
      int latents,
      int steps,
      Function<TrainedModel, List<List<Image>>> rows)
      throws IOException {
    try (Training training =
        Training.of(method, data)
            .latents(latents)
            .batchSize(BATCH)
            .seed(seed)
            .measureEvery(0)
            .build()) {
      training.run(steps);
      Path file = folder.resolve(family + ".png");
      Pictures.save(ImageGrid.of(rows.apply(training.model())).scale(1).draw(), file);
      out.printf("%s: %s after %,d steps%n", file, training.name(), steps);
    }
  }

  private ImageData hearts() {
    int[] last = IntStream.range(shapes.size() * 2 / 3, shapes.size()).toArray();
    return Subset.of(shapes, "hearts", last);
  }

  /** One row per latent of a heart's code, over three standard deviations of the prior. */
  private List<List<Image>> varied(TrainedModel model) {
    float[] code = model.encode(List.of(shapes.image(shapes.size() - 13))).means()[0];
    return IntStream.range(0, code.length)
        .mapToObj(
            latent -> {
              float[][] codes = new float[SHOWN][];
              for (int i = 0; i < SHOWN; i++) {
                codes[i] = code.clone();
                codes[i][latent] = -1.5f + 3f * i / (SHOWN - 1);
              }
              return model.decode(codes);
            })
        .toList();
  }

  private List<List<Image>> samples(TrainedModel model) {
    List<Image> all = model.sample(3 * SHOWN, seed);
    return IntStream.range(0, 3)
        .mapToObj(row -> all.subList(row * SHOWN, (row + 1) * SHOWN))
        .toList();
  }

  private List<List<Image>> ofEachLabel(TrainedModel model) {
    return IntStream.range(0, 3).mapToObj(label -> model.sample(label, SHOWN, seed)).toList();
  }

  /** All combinations of ten hues and four solids, of which every second one was never shown. */
  private void zeroShot() throws IOException {
    Shapes3dStandIn rooms = Shapes3dStandIn.generate();
    FactorSpace space = rooms.space();
    int[] shown =
        IntStream.range(0, rooms.size())
            .filter(i -> space.value(i, 0) == 7 && space.value(i, 1) == 7)
            .filter(i -> space.value(i, 3) < 4)
            .filter(i -> (space.value(i, 2) + space.value(i, 4)) % 2 == 0)
            .toArray();
    ImageData scenes =
        CroppedImages.of(Subset.of(rooms, "every second combination", shown), 16, 16, 32, 1);
    ZeroVaeGan method = new ZeroVaeGan(Attributes.of("objectHue", "shape"));
    draw("attributes", method, scenes, 3, STEPS, this::combinations);
  }

  private List<List<Image>> combinations(TrainedModel model) {
    return IntStream.range(0, 4)
        .mapToObj(
            solid ->
                IntStream.range(0, SHOWN)
                    .mapToObj(hue -> model.sample(4 * hue + solid, 1, seed).get(0))
                    .toList())
        .toList();
  }
}
