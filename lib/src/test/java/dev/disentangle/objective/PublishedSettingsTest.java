package dev.disentangle.objective;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.disentangle.model.Deterministic;
import dev.disentangle.model.DiagonalGaussian;
import dev.disentangle.model.StandardNormal;
import dev.disentangle.objective.adversary.UniformCodes;
import dev.disentangle.tensor.Adam;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The constructors that promise a paper's settings, against the papers and their code. */
class PublishedSettingsTest {

  private static final Adam USUAL = new Adam(1e-4, 0.9, 0.999, 1e-8);
  private static final Adam ADVERSARY = new Adam(1e-4, 0.5, 0.9, 1e-8);
  private static final Adam WASSERSTEIN = new Adam(1e-3, 0.5, 0.999, 1e-8);

  static Stream<Arguments> methods() {
    Adam critic = new Adam(1e-4, 0, 0.9, 1e-8);
    return Stream.of(
        Arguments.of(new Vae(), new Vae(USUAL), "VAE"),
        Arguments.of(new BetaVae(4), new BetaVae(4, USUAL), "beta-VAE"),
        // Burgess et al. 2018, section 5 and Appendix A.
        Arguments.of(
            new CapacityVae(),
            new CapacityVae(1000, 25, 100_000, new Adam(5e-4, 0.9, 0.999, 1e-8)),
            "VAE with controlled capacity"),
        // Kim & Mnih 2018, Appendix A.
        Arguments.of(
            new FactorVae(35),
            new FactorVae(35, SecondBatch.INDEPENDENT, 1, USUAL, ADVERSARY),
            "FactorVAE"),
        // Chen et al. 2018, section 4.2 and the authors' code.
        Arguments.of(
            new BetaTcVae(6),
            new BetaTcVae(1, 6, 1, BetaTcVae.Sampling.WEIGHTED, new Adam(1e-3, 0.9, 0.999, 1e-8)),
            "beta-TCVAE"),
        // Kumar et al. 2018, section 5.
        Arguments.of(
            new DipVae(DipVae.Version.I),
            new DipVae(DipVae.Version.I, 10, 100, USUAL),
            "DIP-VAE-I"),
        Arguments.of(
            new DipVae(DipVae.Version.II),
            new DipVae(DipVae.Version.II, 10, 10, USUAL),
            "DIP-VAE-II"),
        Arguments.of(new Aae(), new Aae(USUAL, ADVERSARY, ADVERSARY), "AAE"),
        // The published code of Tolstikhin et al. 2018 for MNIST.
        Arguments.of(
            new WaeMmd(10),
            new WaeMmd(10, WaeMmd.Kernel.INVERSE_MULTIQUADRATIC, 200, WASSERSTEIN),
            "WAE-MMD"),
        Arguments.of(
            new WaeGan(10),
            new WaeGan(10, 200, WASSERSTEIN, new Adam(5e-4, 0.5, 0.999, 1e-8)),
            "WAE-GAN"),
        // Chen et al. 2016, Appendix C.
        Arguments.of(
            new InfoGan(10, 62),
            new InfoGan(1, 10, 62, WASSERSTEIN, new Adam(2e-4, 0.5, 0.999, 1e-8)),
            "InfoGAN"),
        // Gulrajani et al. 2017, Algorithm 1.
        Arguments.of(
            new InfoWganGp(10, 62),
            new InfoWganGp(1, 10, 5, 10, 62, critic, critic),
            "InfoWGAN-GP"),
        // Kulkarni et al. 2015, section 3.2 and 4; the optimiser is ours.
        Arguments.of(new DcIgn(), new DcIgn(0.01, new Adam(5e-4, 0.9, 0.999, 1e-8)), "DC-IGN"));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void theShortConstructorIsThePapersChoice(Objective given, Objective paper, String name) {
    assertEquals(paper, given);
    assertEquals(name, given.name());
  }

  static Stream<Arguments> variants() {
    Adam fast = new Adam(2e-3, 0.9, 0.999, 1e-8);
    Adam fastAdversary = new Adam(2e-3, 0.5, 0.9, 1e-8);
    return Stream.of(
        Arguments.of(
            new FactorVae(35).withLearningRate(2e-3),
            new FactorVae(35, SecondBatch.INDEPENDENT, 1, fast, fastAdversary)),
        Arguments.of(
            new FactorVae(35).withDiscriminatorSteps(3),
            new FactorVae(35, SecondBatch.INDEPENDENT, 3, USUAL, ADVERSARY)),
        Arguments.of(
            new Aae().withLearningRate(2e-3), new Aae(fast, fastAdversary, fastAdversary)));
  }

  /** What an encoder says unless a user chooses another posterior. */
  @ParameterizedTest
  @MethodSource("methods")
  void codesAreCertainWhereThePaperHasThemSo(Objective given, Objective paper, String name) {
    boolean certain =
        given instanceof Aae
            || given instanceof WaeMmd
            || given instanceof WaeGan
            || given instanceof InfoGan
            || given instanceof InfoWganGp;
    assertEquals(
        certain ? new Deterministic() : new DiagonalGaussian(), given.defaultPosterior(), name);
    boolean generator = given instanceof InfoGan || given instanceof InfoWganGp;
    assertEquals(
        generator ? new UniformCodes(10) : new StandardNormal(), given.defaultPrior(), name);
  }

  @ParameterizedTest
  @MethodSource("variants")
  void aVariantKeepsAllElse(Objective given, Objective expected) {
    assertEquals(expected, given);
  }
}
