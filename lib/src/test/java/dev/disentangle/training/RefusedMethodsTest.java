package dev.disentangle.training;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.nn.Block;
import dev.disentangle.data.ImageData;
import dev.disentangle.data.ImageShape;
import dev.disentangle.model.Architecture;
import dev.disentangle.model.Likelihood;
import dev.disentangle.model.StructuredGaussian;
import dev.disentangle.objective.Aae;
import dev.disentangle.objective.BetaTcVae;
import dev.disentangle.objective.BetaVae;
import dev.disentangle.objective.CapacityVae;
import dev.disentangle.objective.DcIgn;
import dev.disentangle.objective.DipVae;
import dev.disentangle.objective.FactorVae;
import dev.disentangle.objective.GaussianMixtureVae;
import dev.disentangle.objective.InfiniteMixtureVae;
import dev.disentangle.objective.InfoGan;
import dev.disentangle.objective.InfoWganGp;
import dev.disentangle.objective.Objective;
import dev.disentangle.objective.TwoStageVae;
import dev.disentangle.objective.Vae;
import dev.disentangle.objective.VqVae;
import dev.disentangle.objective.VqVae2;
import dev.disentangle.objective.WaeGan;
import dev.disentangle.objective.WaeMmd;
import dev.disentangle.tensor.Adam;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What methods refuse: settings out of range, networks that do not fit, data that lack something.
 */
class RefusedMethodsTest {

  private static final int LATENTS = 2;

  private final Blobs blobs = new Blobs();

  private Settings.Builder builder(Objective objective) {
    return Training.of(objective, blobs)
        .latents(LATENTS)
        .batchSize(8)
        .architecture(Blobs.architecture());
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
