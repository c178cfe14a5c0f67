package dev.disentangle.objective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.data.Labels;
import dev.disentangle.learner.Assembly;
import dev.disentangle.learner.Learner;
import dev.disentangle.learner.Player;
import dev.disentangle.model.ClusteredPrior;
import dev.disentangle.model.CodebookPrior;
import dev.disentangle.model.Deterministic;
import dev.disentangle.model.DiagonalGaussian;
import dev.disentangle.model.FullCovariance;
import dev.disentangle.model.LabelledPrior;
import dev.disentangle.model.PosteriorFamily;
import dev.disentangle.model.PriorFamily;
import dev.disentangle.model.SecondStage;
import dev.disentangle.model.StandardNormal;
import dev.disentangle.model.StickBreaking;
import dev.disentangle.model.TwoLevelPrior;
import dev.disentangle.tensor.Adam;
import dev.disentangle.tensor.GradientMode;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Methods that bring a prior of their own: what their short constructors choose, and refuse. */
class StructuredMethodsTest {

  private static Adam adam(double rate) {
    return new Adam(rate, 0.9, 0.999, 1e-8);
  }

  /** Built within the test, so that tools see which test a constructor belongs to. */
  private interface Given extends Supplier<Objective> {}

  private static Arguments method(
      Given given,
      Objective expected,
      String name,
      PosteriorFamily posterior,
      PriorFamily prior,
      int length) {
    return Arguments.of(given, expected, name, posterior, prior, length);
  }

  static Stream<Arguments> methods() {
    Labels labels = Labels.of("row");
    PosteriorFamily gaussian = new DiagonalGaussian();
    PosteriorFamily certain = new Deterministic();
    return Stream.of(
        // Razavi et al. 2019, appendix A: rate, decay and commitment; the rest is ours.
        method(
            () -> new VqVae2(2, 7),
            new VqVae2(2, 7, 4, 0.99, 0.25, 128, adam(3e-4), adam(1e-3)),
            "VQ-VAE-2",
            certain,
            new TwoLevelPrior(2, 7, 4),
            20),
        // van den Oord et al. 2017, section 4.
        method(
            () -> new VqVae(7),
            new VqVae(7, 4, 0.25, 0, adam(2e-4), adam(1e-3)),
            "VQ-VAE",
            certain,
            new CodebookPrior(7, 4, false),
            12),
        method(
            () -> new VqVae(7, 4, 0.25, 0.9, adam(2e-4), adam(1e-3)),
            new VqVae(7, 4, 0.25, 0.9, adam(2e-4), adam(1e-3)),
            "VQ-VAE",
            certain,
            new CodebookPrior(7, 4, true),
            12),
        method(
            () -> new InfiniteMixtureVae(3),
            new InfiniteMixtureVae(3, 1, 500, 0.05, adam(1e-3)),
            "infinite mixture",
            gaussian,
            new StickBreaking(3, 1),
            6),
        method(
            () -> new GaussianMixtureVae(3),
            new GaussianMixtureVae(3, 2, 64, 0, adam(1e-4)),
            "GMVAE",
            gaussian,
            new ClusteredPrior(3, 2, 64),
            6),
        // Dai & Wipf 2019, section 5.
        method(
            () -> new TwoStageVae(9),
            new TwoStageVae(9, 1_024, adam(1e-4), adam(1e-4)),
            "two-stage VAE",
            gaussian,
            new SecondStage(1_024),
            3),
        method(
            () -> new ConditionalVae(labels),
            new ConditionalVae(labels, adam(1e-3)),
            "CVAE",
            gaussian,
            new LabelledPrior(labels, true),
            8),
        // Kingma et al. 2014, section 4.4.
        method(
            () -> new SemiSupervisedVae(labels),
            new SemiSupervisedVae(labels, 0.1, adam(3e-4)),
            "M2",
            gaussian,
            new LabelledPrior(labels, false),
            8));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void theShortConstructorChooses(
      Given method, Objective expected, String name, PosteriorFamily posterior, PriorFamily prior) {
    Objective given = method.get();
    assertEquals(expected, given);
    assertEquals(name, given.name());
    assertEquals(posterior, given.defaultPosterior());
    assertEquals(prior, given.defaultPrior());
  }

  /** The learner's own model, whose codes have the length that it says. */
  @ParameterizedTest
  @MethodSource("methods")
  void codesAreAsLongAsTheModelSays(
      Given method,
      Objective expected,
      String name,
      PosteriorFamily posterior,
      PriorFamily prior,
      int length) {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      Learner learner = TinyNetworks.learner(method.get(), manager, 3, 5);
      assertEquals(length, learner.autoencoder().latents());
      double[] pixels = new double[5 * 16];
      Arrays.setAll(pixels, i -> i % 7 / 7.0);
      NDArray images = manager.create(pixels, new Shape(5, 1, 4, 4));
      NDArray codes = GradientMode.paused(() -> learner.autoencoder().encode(images).mean());
      assertEquals(new Shape(5, length), codes.getShape());
      NDArray decoded = GradientMode.paused(() -> learner.autoencoder().decode(codes));
      assertEquals(images.getShape(), decoded.getShape());
      List<String> trained =
          learner.players().stream()
              .flatMap(p -> p.networks().stream())
              .map(n -> n.name())
              .toList();
      for (var network : learner.autoencoder().networks()) {
        assertTrue(trained.contains(network.name()), network.name());
      }
      learner.players().forEach(Player::close);
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void otherPartsAreRefused(
      Given method, Objective expected, String name, PosteriorFamily posterior, PriorFamily prior) {
    Objective given = method.get();
    requireRefused(given, posterior, new StandardNormal(), "the prior " + prior);
    if (posterior instanceof Deterministic) {
      requireRefused(given, new DiagonalGaussian(), prior, "the posterior " + posterior);
    } else if (given instanceof TwoStageVae) {
      requireRefused(given, new Deterministic(), prior, "a posterior with a density");
    } else {
      requireRefused(given, new FullCovariance(), prior, "the posterior " + posterior);
    }
  }

  private static void requireRefused(
      Objective method, PosteriorFamily posterior, PriorFamily prior, String needed) {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      Assembly assembly =
          TinyNetworks.assembly(method, posterior, prior, TinyNetworks.data(), manager, 3, 5);
      String message =
          assertThrows(IllegalArgumentException.class, () -> method.learner(assembly)).getMessage();
      String start = method.name() + " needs " + needed + ", was given ";
      assertEquals(start, message.substring(0, Math.min(message.length(), start.length())));
    }
  }
}
