package dev.disentangle.objective.oracle;

import static dev.disentangle.objective.oracle.TinyStep.LATENTS;
import static dev.disentangle.objective.oracle.TinyStep.PIXELS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.learner.Assembly;
import dev.disentangle.learner.Learner;
import dev.disentangle.learner.Player;
import dev.disentangle.learner.Step;
import dev.disentangle.model.Architectures;
import dev.disentangle.model.Decoding;
import dev.disentangle.model.EncoderDecoder;
import dev.disentangle.model.Likelihood;
import dev.disentangle.model.Network;
import dev.disentangle.model.Precision;
import dev.disentangle.objective.Objective;
import dev.disentangle.objective.TinyNetworks;
import dev.disentangle.tensor.GradientMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What codes are to scores and pictures, and what they are decoded to: {@link PlainModel}. */
class CodesOracleTest {

  /** Unlike every other number of these models, so that no axis is taken for another. */
  private static final int BATCH = 4;

  static Stream<PlainModel> models() {
    return Stream.concat(PlainLabelledModels.all(), PlainStructuredModels.all());
  }

  private static double[] rows(long seed, double limit, int columns) {
    return new SplittableRandom(seed).doubles((long) BATCH * columns, -limit, limit).toArray();
  }

  private static double[] row(double[] rows, int i) {
    int columns = rows.length / BATCH;
    return Arrays.copyOfRange(rows, i * columns, (i + 1) * columns);
  }

  /** Some tables and constants are in single precision, and rounded to 1e-7. */
  private static void requireRows(
      double[] inputs, Function<double[], double[]> expected, NDArray given, long... shape) {
    assertEquals(new Shape(BATCH).addAll(new Shape(shape)), given.getShape());
    double[] values = given.toType(DataType.FLOAT64, false).toDoubleArray();
    for (int i = 0; i < BATCH; i++) {
      assertArrayEquals(expected.apply(row(inputs, i)), row(values, i), 1e-6, "row " + i);
    }
  }

  /**
   * With such small pixels an image's component depends on the components' weights, with such large
   * ones on the image.
   */
  @ParameterizedTest
  @MethodSource("models")
  void codesAndImages(PlainModel plain) {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      Learner learner = TinyNetworks.learner(plain.method().get(), manager, LATENTS, BATCH);
      EncoderDecoder model = learner.autoencoder();
      PlainModel.Weights weights = PlainModel.Weights.of(model);
      for (double limit : new double[] {1, 4}) {
        double[] pixels = rows(5, limit, PIXELS);
        NDArray images = manager.create(pixels, new Shape(BATCH, 1, 4, 4));
        NDArray codes = GradientMode.paused(() -> model.encode(images).mean());
        requireRows(pixels, x -> plain.codes().apply(weights, x), codes, plain.length());
      }
      double[] numbers = rows(6, 4, plain.length());
      NDArray z = manager.create(numbers, new Shape(BATCH, plain.length()));
      NDArray decoded = GradientMode.paused(() -> model.decode(z));
      requireRows(numbers, c -> plain.pixels().apply(weights, c), decoded, 1, 4, 4);
      learner.players().forEach(Player::close);
    }
  }

  /** Networks that are not listed are neither saved nor counted. */
  @ParameterizedTest
  @MethodSource("models")
  void whatTheModelIsMadeOf(PlainModel plain) {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      Learner learner = TinyNetworks.learner(plain.method().get(), manager, LATENTS, BATCH);
      EncoderDecoder model = learner.autoencoder();
      List<String> names = model.networks().stream().map(Network::name).toList();
      assertEquals(plain.networks(), names);
      assertEquals(plain.length(), model.latents());
      assertInstanceOf(plain.prior(), model.prior());
      NDArray like = manager.zeros(new Shape(1), DataType.FLOAT64);
      NDArray drawn = model.prior().sample(2, new Step(0, manager, List.of(like), 7).noise());
      assertEquals(new Shape(2, plain.length()), drawn.getShape());
      var network = model.networks().stream().collect(Collectors.toMap(Network::name, n -> n));
      assertEquals(
          plain.traced().map(name -> new Decoding(network.get(name), new Likelihood.Bernoulli())),
          model.decoding());
      learner.players().forEach(Player::close);
    }
  }

  /** DJL's own layers have no seed, so that these are the kit's. */
  private static Learner seeded(Objective method, NDManager manager, long seed) {
    Assembly tiny = TinyNetworks.assembly(method, manager, LATENTS, BATCH);
    return method.learner(
        new Assembly(
            tiny.method(),
            tiny.data(),
            tiny.latents(),
            tiny.batchSize(),
            new Architectures.Convolutional("one-halving", List.of(2), 4, 2, 5, Precision.FLOAT32),
            tiny.posterior(),
            tiny.prior(),
            tiny.likelihood(),
            manager,
            new SplittableRandom(seed)));
  }

  @ParameterizedTest
  @MethodSource("models")
  void weightsComeFromTheSeed(PlainModel plain) {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      List<PlainModel.Weights> weights = new ArrayList<>();
      for (long seed : new long[] {1, 1, 2}) {
        Learner learner = seeded(plain.method().get(), manager, seed);
        weights.add(PlainModel.Weights.of(learner.autoencoder()));
        learner.players().forEach(Player::close);
      }
      for (String network : plain.networks()) {
        double[] first = weights.get(0).table(network);
        assertArrayEquals(first, weights.get(1).table(network), network);
        // Tables of counts and of priors start with constants.
        if (Arrays.stream(first).distinct().count() > 2) {
          assertFalse(Arrays.equals(first, weights.get(2).table(network)), network);
        }
      }
    }
  }
}
