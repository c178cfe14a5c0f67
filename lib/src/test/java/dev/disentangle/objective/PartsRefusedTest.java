package dev.disentangle.objective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDManager;
import dev.disentangle.data.Attributes;
import dev.disentangle.learner.Assembly;
import dev.disentangle.model.Deterministic;
import dev.disentangle.model.DiagonalGaussian;
import dev.disentangle.model.FullCovariance;
import dev.disentangle.model.GaussianMixture;
import dev.disentangle.model.PosteriorFamily;
import dev.disentangle.model.PriorFamily;
import dev.disentangle.model.StandardNormal;
import dev.disentangle.objective.adversary.UniformCodes;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Posteriors and priors that a method cannot work with; its message names what it needs. */
class PartsRefusedTest {

  static Stream<Arguments> methods() {
    PosteriorFamily gaussian = new DiagonalGaussian();
    PosteriorFamily certain = new Deterministic();
    PriorFamily normal = new StandardNormal();
    PriorFamily mixture = new GaussianMixture(2);
    PriorFamily codes = new UniformCodes(2);
    ZeroVaeGan zero = new ZeroVaeGan(Attributes.of("row", "column"));
    String density = "a posterior with a density";
    String fixed = "a prior that is not learned";
    return Stream.of(
        Arguments.of(new Vae(), certain, normal, density),
        Arguments.of(new BetaVae(4), certain, normal, density),
        Arguments.of(new CapacityVae(), certain, normal, density),
        Arguments.of(new FactorVae(4), certain, normal, density),
        Arguments.of(new BetaTcVae(4), certain, normal, density),
        Arguments.of(new BetaTcVae(4), gaussian, mixture, "a prior of independent latents"),
        Arguments.of(new DipVae(DipVae.Version.I), certain, normal, density),
        Arguments.of(new DipVae(DipVae.Version.II), gaussian, mixture, "the prior " + normal),
        Arguments.of(new Aae(), certain, mixture, fixed),
        Arguments.of(new WaeMmd(1), certain, mixture, fixed),
        Arguments.of(new WaeGan(1), certain, mixture, fixed),
        Arguments.of(new InfoGan(2, 1), gaussian, codes, "the posterior " + certain),
        Arguments.of(new InfoGan(2, 1), certain, normal, "the prior " + codes),
        Arguments.of(new InfoWganGp(2, 1), gaussian, codes, "the posterior " + certain),
        Arguments.of(new InfoWganGp(2, 1), certain, normal, "the prior " + codes),
        Arguments.of(new VaeGan(0.1), certain, normal, density),
        Arguments.of(new VaeGan(0.1), gaussian, mixture, fixed),
        Arguments.of(zero, certain, zero.defaultPrior(), "the posterior " + gaussian),
        Arguments.of(zero, gaussian, normal, "the prior " + zero.defaultPrior()),
        Arguments.of(new DcIgn(), new FullCovariance(), normal, "the posterior " + gaussian),
        Arguments.of(new DcIgn(), gaussian, mixture, "the prior " + normal));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void theMessageNamesWhatIsNeeded(
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
