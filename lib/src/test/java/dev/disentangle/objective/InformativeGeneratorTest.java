package dev.disentangle.objective;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.learner.Step;
import dev.disentangle.model.Prior;
import dev.disentangle.objective.adversary.InformativeGenerator;
import dev.disentangle.objective.adversary.UniformCodes;
import dev.disentangle.tensor.GradientMode;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** InfoGAN's codes and the loss of the network that recognises them, in plain sums. */
class InformativeGeneratorTest {

  private static final int BATCH = 600;

  private final NDManager manager = NDManager.newBaseManager("PyTorch");

  @AfterEach
  void close() {
    manager.close();
  }

  private InformativeGenerator generator(int continuous, int categories) {
    int latents = continuous + categories;
    return new InformativeGenerator(
        TinyNetworks.assembly(new InfoGan(categories, 2), manager, latents, BATCH), categories, 2);
  }

  private double[] draw(InformativeGenerator generator) {
    NDArray images = manager.zeros(new Shape(1, 1, 4, 4));
    return generator
        .drawCodes(new Step(0, manager, List.of(images), 6), BATCH)
        .toType(DataType.FLOAT64, false)
        .toDoubleArray();
  }

  @ParameterizedTest
  @CsvSource({"2, 3", "4, 0", "0, 3"})
  void codesFollowTheirPrior(int continuous, int categories) {
    int latents = continuous + categories;
    double[] codes = draw(generator(continuous, categories));
    for (int j = 0; j < latents; j++) {
      double sum = 0;
      double squares = 0;
      for (int i = 0; i < BATCH; i++) {
        double code = codes[i * latents + j];
        assertTrue(j < continuous ? code >= -1 && code < 1 : code == 0 || code == 1, "" + code);
        sum += code / BATCH;
        squares += code * code / BATCH;
      }
      // A uniform code has mean 0 and second moment 1/3, a category of K both 1/K; 600 draws give
      // each to 0.024 at most, here four times that.
      assertEquals(j < continuous ? 0 : 1.0 / categories, sum, 0.1);
      assertEquals(j < continuous ? 1.0 / 3 : 1.0 / categories, squares, 0.1);
    }
    for (int i = 0; i < BATCH && categories > 0; i++) {
      double chosen = 0;
      for (int j = continuous; j < latents; j++) {
        chosen += codes[i * latents + j];
      }
      assertEquals(1, chosen, "one category");
    }
  }

  @ParameterizedTest
  @CsvSource({"2, 3", "4, 0", "0, 3"})
  void theRecognitionLossIsTheNegativeLogarithmOfQ(int continuous, int categories) {
    int latents = continuous + categories;
    InformativeGenerator generator = generator(continuous, categories);
    double[] codes = draw(generator);
    double[] outputs =
        new SplittableRandom(3).doubles((long) BATCH * (1 + latents), -2, 2).toArray();
    double expected = 0;
    for (int i = 0; i < BATCH; i++) {
      double normaliser = 0;
      for (int j = 0; j < latents; j++) {
        double output = outputs[i * (1 + latents) + 1 + j];
        double code = codes[i * latents + j];
        if (j < continuous) {
          expected += 0.5 * Math.pow(code - output, 2) + 0.5 * Math.log(2 * Math.PI);
        } else {
          normaliser += Math.exp(output);
          expected -= code * output;
        }
      }
      expected += categories > 0 ? Math.log(normaliser) : 0;
    }
    double loss =
        generator
            .recognitionLoss(
                manager.create(outputs, new Shape(BATCH, 1 + latents)),
                manager.create(codes, new Shape(BATCH, latents)))
            .getDouble();
    // The constant is rounded to single precision.
    assertEquals(expected / BATCH, loss, 1e-6 * expected / BATCH);
    double entropy = continuous * Math.log(2) + (categories > 0 ? Math.log(categories) : 0);
    assertEquals(entropy, generator.entropy(), 1e-12);
  }

  @ParameterizedTest
  @CsvSource({"2, 3", "4, 0", "0, 3"})
  void asAnEncoderItGivesMeansAndProbabilities(int continuous, int categories) {
    int latents = continuous + categories;
    InformativeGenerator generator = generator(continuous, categories);
    double[] pixels = new SplittableRandom(4).doubles(3 * 16).toArray();
    NDArray images = manager.create(pixels, new Shape(3, 1, 4, 4));
    NDArray codes = GradientMode.paused(() -> generator.encode(images).mean());
    assertEquals(new Shape(3, latents), codes.getShape());
    for (int i = 0; i < 3 && categories > 0; i++) {
      double sum = 0;
      for (int j = continuous; j < latents; j++) {
        double probability = codes.getDouble(i, j);
        assertTrue(probability > 0, "" + probability);
        sum += probability;
      }
      assertEquals(1, sum, 1e-12);
    }
  }

  /** Two noise dimensions, which the picture of a code has at 0; a fresh image has them drawn. */
  @ParameterizedTest
  @CsvSource({"2, 3", "4, 0", "0, 3"})
  void asADecoderItPutsTheNoiseAtZero(int continuous, int categories) {
    int latents = continuous + categories;
    InformativeGenerator generator = generator(continuous, categories);
    double[] codes = new SplittableRandom(4).doubles(3L * latents).toArray();
    double[] inputs = new double[3 * (latents + 2)];
    for (int i = 0; i < codes.length; i++) {
      inputs[i / latents * (latents + 2) + i % latents] = codes[i];
    }
    NDArray z = manager.create(codes, new Shape(3, latents));
    NDArray padded = manager.create(inputs, new Shape(3, latents + 2));
    GradientMode.paused(
        () -> {
          double[] expected = generator.generator().forward(padded).toDoubleArray();
          Arrays.setAll(expected, i -> 1 / (1 + Math.exp(-expected[i])));
          assertArrayEquals(expected, generator.decode(z).toDoubleArray(), 1e-12);
          Step step = new Step(0, manager, List.of(z), 6);
          double[] drawn = generator.generate(step, z).toDoubleArray();
          assertFalse(Arrays.equals(expected, drawn));
          return null;
        });
  }

  @Test
  void itsPriorIsThatOfTheCodesAndComparesNothing() {
    InformativeGenerator generator = generator(1, 3);
    Prior built =
        TinyNetworks.assembly(new InfoGan(3, 2), manager, 4, BATCH)
            .prior(generator.discriminator(), generator::encode);
    assertEquals(built, generator.prior());
    assertFalse(new UniformCodes(3).isLearned());
    NDArray codes = manager.zeros(new Shape(1, 4), DataType.FLOAT64);
    NDArray drawn = generator.prior().sample(5, new Step(0, manager, List.of(codes), 6).noise());
    assertEquals(new Shape(5, 4), drawn.getShape());
    assertThrows(UnsupportedOperationException.class, () -> generator.prior().logDensity(codes));
  }
}
