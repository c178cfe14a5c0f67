package dev.disentangle.example;

import dev.disentangle.data.DSprites;
import dev.disentangle.data.ImageData;
import dev.disentangle.data.ImageFolder;
import dev.disentangle.data.ImageShape;
import dev.disentangle.data.Mnist;
import dev.disentangle.data.Shapes3dStandIn;
import dev.disentangle.learner.Assembly;
import dev.disentangle.learner.AutoencoderLearner;
import dev.disentangle.learner.Learner;
import dev.disentangle.metric.Scores;
import dev.disentangle.objective.FactorVae;
import dev.disentangle.objective.Objective;
import dev.disentangle.objective.Vae;
import dev.disentangle.plot.CodeMap;
import dev.disentangle.plot.Explorer;
import dev.disentangle.plot.LatentMap;
import dev.disentangle.plot.Pictures;
import dev.disentangle.plot.Reconstructions;
import dev.disentangle.plot.TraversalOptions;
import dev.disentangle.plot.Traversals;
import dev.disentangle.representation.Codes;
import dev.disentangle.tensor.Adam;
import dev.disentangle.tensor.Operations;
import dev.disentangle.training.Models;
import dev.disentangle.training.Progress;
import dev.disentangle.training.TrainedModel;
import dev.disentangle.training.Training;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import tech.tablesaw.api.Table;

/**
 * What the library's page shows as recipes, line by line: what stands between {@code begin} and
 * {@code end} is compared with the page and run.
 */
final class Recipes {

  private Recipes() {}

  static Table ownPictures(Path folder, int steps) throws IOException {
    // begin
    Path csv = folder.resolve("factors.csv");
    ImageData pictures = ImageFolder.read(folder, new ImageShape(3, 64, 64), csv);
    Training training = Training.of(new FactorVae(10), pictures).latents(8).build();
    training.run(steps, Progress.every(100));
    Table scores = Scores.of(training.model(), pictures).table();
    // end
    training.close();
    return scores;
  }

  static List<BufferedImage> digits(Path folder, int steps) throws IOException {
    // begin
    ImageData digits = Mnist.train(folder);
    Training training = Training.of(new Vae(Adam.of(1e-3)), digits).latents(2).build();
    training.run(steps, Progress.every(100));
    BufferedImage map = LatentMap.of(training.model());
    BufferedImage groups = CodeMap.of(training.model(), digits, "digit");
    Pictures.save(groups, folder.resolve("groups.png"));
    // end
    training.close();
    return List.of(map, groups);
  }

  static Training ownMethod(ImageData data, int steps) {
    // begin
    record SquaredKl(double weight) implements Objective {
      public String name() {
        return "VAE with squared KL";
      }

      public Learner learner(Assembly all) {
        AutoencoderLearner.Loss loss =
            pass -> pass.reconstruction().add(Operations.scale(pass.kl().square(), weight));
        return new AutoencoderLearner(all, Adam.of(1e-3), loss);
      }
    }
    // end
    return Training.of(new SquaredKl(.1), data).build().run(steps);
  }

  static BufferedImage largePictures(Path folder, int steps) throws IOException {
    // begin
    ImageData large = ImageFolder.read(folder, new ImageShape(1, 96, 96));
    Training training = Training.of(new Vae(), large).latents(6).build();
    training.run(steps, Progress.every(100));
    BufferedImage pairs = Reconstructions.of(training.model(), large, 0, 1, 2, 3);
    // end
    training.close();
    return pairs;
  }

  static void today(ImageData data, Path folder, int steps) throws IOException {
    // begin
    Training training = Training.of(new FactorVae(10), data).latents(4).seed(1).build();
    training.run(steps).save(folder);
    // end
    training.close();
  }

  static TrainedModel tomorrow(ImageData data, Path folder, int steps) throws IOException {
    // begin
    Training training = Training.open(folder, data);
    training.run(steps).save(folder);
    TrainedModel model = TrainedModel.open(folder);
    // end
    training.close();
    return model;
  }

  static Explorer colourPage(Path folder, int steps) throws IOException {
    // begin
    ImageData scenes = Shapes3dStandIn.generate();
    Training training = Training.of(new FactorVae(20), scenes).latents(10).measureEvery(0).build();
    training.run(steps, Progress.every(100));
    int[] some = IntStream.range(0, 480).map(i -> 1_000 * i).toArray();
    Codes codes = training.model().encode(scenes, some);
    TraversalOptions ranges = TraversalOptions.defaults().over(codes);
    Explorer explorer = Explorer.of(training.model(), scenes.image(1234), ranges);
    explorer.save(folder.resolve("scenes.html"));
    // end
    training.close();
    return explorer;
  }

  static BufferedImage trained(Path folder) throws IOException {
    // begin
    System.out.println(Models.list());
    TrainedModel model = Models.open("factorvae-small");
    ImageData sprites = DSprites.small();
    BufferedImage rows = Traversals.of(model, sprites.image(1234));
    Explorer.of(model, sprites.image(1234)).save(folder.resolve("factorvae.html"));
    // end
    model.close();
    return rows;
  }
}
