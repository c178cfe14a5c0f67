package dev.disentangle.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.nn.Block;
import dev.disentangle.data.Attributes;
import dev.disentangle.data.ImageData;
import dev.disentangle.data.ImageShape;
import dev.disentangle.data.Labels;
import dev.disentangle.history.History;
import dev.disentangle.history.Terms;
import dev.disentangle.model.Architecture;
import dev.disentangle.model.Likelihood;
import dev.disentangle.model.StructuredGaussian;
import dev.disentangle.objective.Aae;
import dev.disentangle.objective.BetaTcVae;
import dev.disentangle.objective.BetaVae;
import dev.disentangle.objective.CapacityVae;
import dev.disentangle.objective.ConditionalVae;
import dev.disentangle.objective.CvaeGan;
import dev.disentangle.objective.DcIgn;
import dev.disentangle.objective.DipVae;
import dev.disentangle.objective.Drawn;
import dev.disentangle.objective.FactorVae;
import dev.disentangle.objective.GaussianMixtureVae;
import dev.disentangle.objective.InfiniteMixtureVae;
import dev.disentangle.objective.InfoGan;
import dev.disentangle.objective.InfoWganGp;
import dev.disentangle.objective.Objective;
import dev.disentangle.objective.SecondBatch;
import dev.disentangle.objective.SemiSupervisedVae;
import dev.disentangle.objective.StackedVae;
import dev.disentangle.objective.TwoStageVae;
import dev.disentangle.objective.Vae;
import dev.disentangle.objective.VaeGan;
import dev.disentangle.objective.VqVae;
import dev.disentangle.objective.VqVae2;
import dev.disentangle.objective.WaeGan;
import dev.disentangle.objective.WaeMmd;
import dev.disentangle.objective.ZeroVaeGan;
import dev.disentangle.representation.Codes;
import dev.disentangle.tensor.Adam;
import dev.disentangle.tensor.Operations;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every method must do: learn in finite steps, repeat itself, and go on from a checkpoint. */
class MethodsTest {

  private static final int LATENTS = 2;
  private static final Adam ADAM = Adam.of(1e-2);

  private final Blobs blobs = new Blobs();

  static Stream<Objective> methods() {
    Adam adam = Adam.of(1e-3);
    return Stream.of(
        new Vae(),
        new BetaVae(4),
        new CapacityVae(100, 5, 10, adam),
        new FactorVae(5),
        new FactorVae(5, SecondBatch.SPLIT, 1, adam, adam),
        new FactorVae(5, SecondBatch.SAME, 3, adam, adam),
        new BetaTcVae(6),
        new BetaTcVae(1, 6, 1, BetaTcVae.Sampling.STRATIFIED, adam),
        new DipVae(DipVae.Version.I),
        new DipVae(DipVae.Version.II),
        new Aae(),
        new Drawn(new Aae(adam, adam, adam)),
        new WaeMmd(10, WaeMmd.Kernel.INVERSE_MULTIQUADRATIC, 4, adam),
        new Drawn(new WaeMmd(10, WaeMmd.Kernel.GAUSSIAN, 0, adam)),
        new WaeGan(10, 4, adam, adam),
        new Drawn(new WaeGan(10, 0, adam, adam)),
        new InfoGan(0, 3),
        new InfoGan(2, 0),
        new InfoWganGp(0, 3),
        new InfoWganGp(2, 1),
        new ConditionalVae(Labels.of("y"), adam),
        new SemiSupervisedVae(Labels.of("x").known(20), 1, adam),
        new TwoStageVae(6, 8, adam, adam),
        new GaussianMixtureVae(3, 2, 8, 0, adam),
        new InfiniteMixtureVae(3, 1, 5, 0.1, adam),
        new VqVae(5, 3, 0.25, adam, adam),
        new VqVae(5, 3, 0.25, 0.9, adam, adam),
        new VqVae2(2, 5, 3, 0.9, 0.25, 8, adam, adam),
        new VaeGan(0.1, adam, adam),
        new CvaeGan(Labels.of("x").known(30)),
        new ZeroVaeGan(Attributes.of("y", "x")),
        new StackedVae(Labels.of("y").known(20), 6),
        new DcIgn());
  }

  private Settings.Builder builder(Objective objective) {
    return Training.of(objective, blobs)
        .latents(LATENTS)
        .batchSize(8)
        .seed(3)
        .architecture(Blobs.architecture())
        .recordEvery(4);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void everyMethodTrainsRepeatablyAndGoesOnFromACheckpoint(Objective method, @TempDir Path folder)
      throws IOException {
    try (Training straight = builder(method).build();
        Training stopped = builder(method).build();
        Training later = builder(method).build()) {
      straight.run(12);
      stopped.run(5).save(folder.resolve("checkpoint"));
      later.load(folder.resolve("checkpoint")).run(7);
      assertSame(straight.history(), later.history());
      Codes codes = straight.model().encode(blobs, new int[] {0, 24, 48});
      Codes again = later.model().encode(blobs, new int[] {0, 24, 48});
      for (int i = 0; i < 3; i++) {
        assertArrayEquals(codes.means()[i], again.means()[i]);
      }
      for (float pixel : straight.model().decode(codes.means()).get(1).pixels()) {
        assertTrue(pixel >= 0 && pixel <= 1, "a pixel was " + pixel);
      }
    }
  }

  /**
   * In half precision a weight is off by at most 2^-11 of itself. Untrained networks add up some
   * hundred products of weights near 0.1, so means are off by some thousandths.
   */
  @ParameterizedTest
  @MethodSource("methods")
  void everyMethodsModelIsSavedAlone(Objective method, @TempDir Path folder) throws IOException {
    try (Training training = builder(method).build()) {
      training.run(2).saveModel(folder.resolve("model"));
      try (TrainedModel model = TrainedModel.open(folder.resolve("model"))) {
        float[][] codes = training.model().encode(blobs, new int[] {0, 24}).means();
        float[][] again = model.encode(blobs, new int[] {0, 24}).means();
        assertArrayEquals(codes[1], again[1], 0.02f);
        float[] image = training.model().decode(codes).get(1).pixels();
        assertArrayEquals(image, model.decode(codes).get(1).pixels(), 0.02f);
        float[] drawn = training.model().sample(2, 5).get(1).pixels();
        assertArrayEquals(drawn, model.sample(2, 5).get(1).pixels(), 0.05f);
      }
    }
  }

  /** In each stage only its own networks move. */
  @Test
  void theSecondStageWaitsForTheFirst() {
    try (Training training = builder(new TwoStageVae(6, 8, ADAM, ADAM)).build()) {
      List<float[]> start = weights(training);
      training.run(6);
      List<float[]> middle = weights(training);
      training.run(6);
      List<float[]> end = weights(training);
      int second =
          training.autoencoder().prior().networks().stream()
              .mapToInt(network -> network.parameters().size())
              .sum();
      for (int i = 0; i < start.size(); i++) {
        boolean first = i < start.size() - second;
        assertEquals(first, !Arrays.equals(start.get(i), middle.get(i)), "first stage, array " + i);
        assertEquals(first, Arrays.equals(middle.get(i), end.get(i)), "second stage, array " + i);
      }
    }
  }

  private static List<float[]> weights(Training training) {
    return training.autoencoder().networks().stream()
        .flatMap(network -> network.parameters().stream())
        .map(array -> Operations.contiguous(array).toFloatArray())
        .toList();
  }

  private static void assertSame(History one, History two) {
    assertTrue(one.contains(Terms.LOSS));
    assertEquals(one.names(), two.names());
    for (String term : one.names()) {
      assertArrayEquals(one.values(term), two.values(term), term);
      for (double value : one.values(term)) {
        assertTrue(Double.isFinite(value), term);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("likelihoods")
  void everyLikelihoodTrains(Likelihood likelihood) {
    try (Training training = builder(new Vae(Adam.of(3e-3))).likelihood(likelihood).build()) {
      training.run(60);
      double[] loss = training.history().values(Terms.LOSS);
      assertTrue(loss[loss.length - 1] < loss[0], likelihood + " from " + loss[0]);
    }
  }

  static Stream<Likelihood> likelihoods() {
    return Stream.of(
        new Likelihood.Bernoulli(),
        new Likelihood.Gaussian(0.3),
        new Likelihood.GaussianLearned(),
        new Likelihood.GaussianPerPixel(),
        new StructuredGaussian());
  }

  static Stream<Arguments> impossibleHyperparameters() {
    Adam adam = Adam.of(1e-3);
    WaeMmd.Kernel kernel = WaeMmd.Kernel.GAUSSIAN;
    BetaTcVae.Sampling sampling = BetaTcVae.Sampling.WEIGHTED;
    double infinite = Double.POSITIVE_INFINITY;
    return Stream.of(
        bad("learningRate", "0.0", () -> new Vae(Adam.of(0))),
        bad("learningRate", "-1.0", () -> new Aae().withLearningRate(-1)),
        bad("beta1", "1.0", () -> new Vae(Adam.of(1e-3, 1, 0.999))),
        bad("beta", "NaN", () -> new BetaVae(Double.NaN)),
        bad("gamma", "-1.0", () -> new CapacityVae(-1, 5, 10, adam)),
        bad("capacity", "NaN", () -> new CapacityVae(1, Double.NaN, 10, adam)),
        bad("steps", "0", () -> new CapacityVae(1, 5, 0, adam)),
        bad("gamma", "-35.0", () -> new FactorVae(-35)),
        bad("alpha", "-1.0", () -> new BetaTcVae(-1, 6, 1, sampling, adam)),
        bad("beta", "-6.0", () -> new BetaTcVae(-6)),
        bad("gamma", "Infinity", () -> new BetaTcVae(1, 6, infinite, sampling, adam)),
        bad("offDiagonal", "-1.0", () -> new DipVae(DipVae.Version.I, -1, 1, adam)),
        bad("diagonal", "NaN", () -> new DipVae(DipVae.Version.II, 1, Double.NaN, adam)),
        bad("lambda", "-1.0", () -> new WaeMmd(-1)),
        bad("pretraining", "-1", () -> new WaeMmd(1, kernel, -1, adam)),
        bad("lambda", "Infinity", () -> new WaeGan(infinite)),
        bad("pretraining", "-1", () -> new WaeGan(1, -1, adam, adam)),
        bad("lambda", "-1.0", () -> new InfoGan(-1, 3, 2, adam, adam)),
        bad("categories", "1", () -> new InfoGan(1, 5)),
        bad("noise", "-1", () -> new InfoGan(3, -1)),
        bad("lambda", "NaN", () -> new InfoWganGp(Double.NaN, 10, 5, 3, 2, adam, adam)),
        bad("penalty", "-10.0", () -> new InfoWganGp(1, -10, 5, 3, 2, adam, adam)),
        bad("criticSteps", "0", () -> new InfoWganGp(1, 10, 0, 3, 2, adam, adam)),
        bad("categories", "-3", () -> new InfoWganGp(-3, 2)),
        bad("noise", "-2", () -> new InfoWganGp(3, -2)),
        bad("firstSteps", "0", () -> new TwoStageVae(0)),
        bad("hidden", "0", () -> new TwoStageVae(1, 0, adam, adam)),
        bad("clusters", "1", () -> new GaussianMixtureVae(1)),
        bad("mixing", "0", () -> new GaussianMixtureVae(2, 0, 4, 0, adam)),
        bad("hidden", "0", () -> new GaussianMixtureVae(2, 1, 0, 0, adam)),
        bad("minimum", "-1.0", () -> new GaussianMixtureVae(2, 1, 4, -1, adam)),
        bad("vectors", "1", () -> new VqVae(1)),
        bad("width", "0", () -> new VqVae(2, 0, 1, adam, adam)),
        bad("commitment", "NaN", () -> new VqVae(2, 1, Double.NaN, adam, adam)),
        bad("decay", "1.0", () -> new VqVae(2, 1, 0.25, 1, adam, adam)),
        bad("top", "0", () -> new VqVae2(0, 2)),
        bad("vectors", "1", () -> new VqVae2(1, 1)),
        bad("width", "0", () -> new VqVae2(1, 2, 0, 0, 0, 1, adam, adam)),
        bad("decay", "-0.1", () -> new VqVae2(1, 2, 1, -0.1, 0, 1, adam, adam)),
        bad("commitment", "-1.0", () -> new VqVae2(1, 2, 1, 0, -1, 1, adam, adam)),
        bad("hidden", "0", () -> new VqVae2(1, 2, 1, 0, 0, 0, adam, adam)),
        bad("components", "1", () -> new InfiniteMixtureVae(1)),
        bad("concentration", "0.0", () -> new InfiniteMixtureVae(2, 0, 1, 0, adam)),
        bad("warmUp", "0", () -> new InfiniteMixtureVae(2, 1, 0, 0, adam)),
        bad("rate", "1.0", () -> new InfiniteMixtureVae(2, 1, 1, 1, adam)),
        bad("clamping", "-0.01", () -> new DcIgn(-0.01, adam)),
        bad("standardDeviation", "0.0", () -> new Likelihood.Gaussian(0)),
        bad("smallestDeviation", "-0.1", () -> new Likelihood.GaussianPerPixel(-0.1)),
        bad("smallestDeviation", "0.0", () -> new StructuredGaussian(1, 0)),
        bad("radius", "0", () -> new StructuredGaussian(0, 0.1)));
  }

  private static Arguments bad(String name, String value, Executable call) {
    return Arguments.of(name, value, call);
  }

  @ParameterizedTest
  @MethodSource("impossibleHyperparameters")
  void impossibleHyperparametersAreNamedWithTheirValue(String name, String value, Executable call) {
    String message = assertMessage(name + " must be ", call);
    assertTrue(message.endsWith("was " + value), message);
  }

  /** Small networks, one of which gives a wrong number of outputs. */
  private record Misfit(String network) implements Architecture {

    private int wrong(String name, int outputs) {
      return name.equals(network) ? outputs + 1 : outputs;
    }

    @Override
    public String name() {
      return "misfit";
    }

    @Override
    public Block encoder(ImageShape images, int outputs) {
      return Blobs.architecture().encoder(images, wrong("encoder", outputs));
    }

    @Override
    public Block decoder(int latents, ImageShape images) {
      int height = network.equals("decoder") ? 16 : images.height();
      return Blobs.architecture().decoder(latents, new ImageShape(1, height, images.width()));
    }

    @Override
    public Block discriminator(int latents, int outputs) {
      return Blobs.architecture().discriminator(latents, wrong("discriminator", outputs));
    }

    @Override
    public Block imageDiscriminator(ImageShape images, int outputs) {
      return Blobs.architecture().imageDiscriminator(images, wrong("discriminator", outputs));
    }
  }

  static Stream<Arguments> misfits() {
    return Stream.of(
        Arguments.of(new Vae(), "encoder", "encoder", "(1, 1, 8, 8)", "(1, 4)", "(1, 5)"),
        Arguments.of(new Vae(), "decoder", "decoder", "(1, 2)", "(1, 1, 8, 8)", "(1, 1, 16, 8)"),
        Arguments.of(new WaeMmd(1), "encoder", "encoder", "(1, 1, 8, 8)", "(1, 2)", "(1, 3)"),
        Arguments.of(
            new FactorVae(1), "discriminator", "discriminator", "(1, 2)", "(1, 2)", "(1, 3)"),
        Arguments.of(new Aae(), "discriminator", "discriminator", "(1, 2)", "(1, 2)", "(1, 3)"),
        Arguments.of(new WaeGan(1), "discriminator", "discriminator", "(1, 2)", "(1, 2)", "(1, 3)"),
        Arguments.of(
            new InfoGan(0, 3), "decoder", "generator", "(1, 5)", "(1, 1, 8, 8)", "(1, 1, 16, 8)"),
        Arguments.of(
            new InfoGan(0, 3),
            "discriminator",
            "discriminator",
            "(1, 1, 8, 8)",
            "(1, 3)",
            "(1, 4)"));
  }

  @ParameterizedTest
  @MethodSource("misfits")
  void aNetworkThatDoesNotFitIsNamedWhenTheTrainingIsBuilt(
      Objective method, String wrong, String network, String input, String wanted, String given) {
    Settings.Builder builder = builder(method).architecture(new Misfit(wrong));
    String message = assertMessage("the " + network + " must turn " + input, builder::build);
    assertTrue(message.contains("into " + wanted), message);
    assertTrue(message.endsWith("gives " + given), message);
  }

  @Test
  void whatAMethodNeedsOfTheDataIsAskedWhenTheTrainingIsBuilt() {
    assertMessage("batchSize", () -> builder(new BetaTcVae(6)).batchSize(50).build());
    assertMessage("latents must be 2", () -> builder(new DcIgn()).latents(3).build());
    assertMessage("known factors", () -> Training.of(new DcIgn(), unlabelled()).build());
    assertMessage("latents must be at least", () -> builder(new InfoGan(3, 4)).build());
  }

  /** The blobs as somebody who does not know their factors sees them. */
  private ImageData unlabelled() {
    return (ImageData)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {ImageData.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("shape")) {
                return new ImageShape(1, 32, 32);
              }
              return method.getName().equals("factors")
                  ? Optional.empty()
                  : method.invoke(blobs, arguments);
            });
  }

  private static String assertMessage(String part, Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(part), message);
    return message;
  }
}
