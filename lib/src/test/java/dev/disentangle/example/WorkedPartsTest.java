package dev.disentangle.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.history.Terms;
import dev.disentangle.model.Noise;
import dev.disentangle.model.Prior;
import dev.disentangle.model.PriorFamily;
import dev.disentangle.objective.BetaTcVae;
import dev.disentangle.objective.Objective;
import dev.disentangle.objective.Vae;
import dev.disentangle.representation.Codes;
import dev.disentangle.training.Blobs;
import dev.disentangle.training.Settings;
import dev.disentangle.training.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The posterior, the prior and the score that the library's page adds as examples. */
class WorkedPartsTest {

  private static Settings.Builder builder(Objective method) {
    return Training.of(method, new Blobs())
        .latents(2)
        .batchSize(8)
        .architecture(Blobs.architecture())
        .recordEvery(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"IsotropicGaussian", "LaplacePrior", "LatentCorrelation"})
  void thePageShowsTheSourceThatIsTested(String name) throws IOException {
    String file = "src/test/java/dev/disentangle/example/" + name + ".java";
    String source = Files.readString(Path.of(file));
    String page = Files.readString(Path.of("README.md"));
    assertTrue(page.contains("```java\n" + source + "```"), "README.md must hold " + file);
  }

  @Test
  void latentsShareOneVariance(@TempDir Path folder) throws IOException {
    Settings.Builder builder = builder(new Vae()).posterior(new IsotropicGaussian());
    try (Training training = builder.build();
        Training again = builder.build()) {
      training.run(5).save(folder.resolve("checkpoint"));
      again.load(folder.resolve("checkpoint"));
      assertTrue(training.history().contains(Terms.KL));
      float[][] variances = again.model().encode(new Blobs(), new int[] {3, 40}).logVariances();
      assertEquals(variances[0][0], variances[0][1]);
      assertTrue(variances[0][0] != variances[1][0], "each image has its own");
    }
  }

  @Test
  void theLaplacePriorHasItsDensityAndItsDraws() {
    double scale = 0.7;
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      Prior prior =
          new LaplacePrior(scale)
              .build(
                  new PriorFamily.Model(
                      new Blobs(), 2, null, manager, DataType.FLOAT32, new SplittableRandom(0)));
      double[] z = {0.5, -2, 0, 1};
      double[] found = prior.logDensity(manager.create(z, new Shape(2, 2))).toDoubleArray();
      assertEquals(-2.5 / scale - 2 * Math.log(2 * scale), found[0], 1e-6);
      assertEquals(-1 / scale - 2 * Math.log(2 * scale), found[1], 1e-6);
      int draws = 20_000;
      double sum = 0;
      double distance = 0;
      Noise noise = new Noise(manager, DataType.FLOAT32, new SplittableRandom(1));
      for (float value : prior.sample(draws / 2, noise).toFloatArray()) {
        sum += value / draws;
        distance += Math.abs(value) / draws;
      }
      // Distances have a deviation of one scale, values one of sqrt(2): four standard errors.
      assertEquals(scale, distance, 4 * scale / Math.sqrt(draws));
      assertEquals(0, sum, 4 * scale * Math.sqrt(2.0 / draws));
    }
    assertThrows(IllegalArgumentException.class, () -> new LaplacePrior(0));
  }

  @Test
  void methodsTakeThePriorAsTheyTakeTheirOwn() {
    try (Training plain = builder(new Vae()).prior(new LaplacePrior(1)).build();
        Training independent = builder(new BetaTcVae(4)).prior(new LaplacePrior(1)).build()) {
      assertTrue(plain.run(3).history().contains(Terms.KL_SAMPLED));
      assertTrue(independent.run(3).history().contains(Terms.KL_SAMPLED));
      assertEquals("LaplacePrior[scale=1.0]", plain.record().settings().get("prior"));
      assertEquals(4, plain.model().sample(4, 1).size());
    }
  }

  @Test
  void theScoreIsTheMeanOverPairs() {
    float[][] means = {{1, 2, 1}, {2, 4, -1}, {3, 6, -1}, {4, 8, 1}};
    LatentCorrelation score = LatentCorrelation.of(new Codes(means, new float[4][3]));
    // The second latent is twice the first; the third is uncorrelated with both.
    assertEquals(1 / 3.0, score.value(), 1e-12);
    assertEquals(4, score.points());
    Codes single = new Codes(new float[2][1], new float[2][1]);
    assertThrows(IllegalArgumentException.class, () -> LatentCorrelation.of(single));
  }
}
