package dev.disentangle.objective;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.disentangle.data.Attributes;
import dev.disentangle.data.Labels;
import dev.disentangle.model.Deterministic;
import dev.disentangle.model.DiagonalGaussian;
import dev.disentangle.model.StandardNormal;
import dev.disentangle.objective.adversary.UniformCodes;
import dev.disentangle.tensor.Adam;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The constructors that promise a paper's settings, against the papers and their code. */
class PublishedSettingsTest {

  /** Built within the test, so that tools see which test a constructor belongs to. */
  private interface Given extends Supplier<Objective> {}

  private static Arguments method(Given given, Objective paper, String name) {
    return Arguments.of(given, paper, name);
  }

  private static Arguments variant(Given given, Objective expected) {
    return Arguments.of(given, expected);
  }

  private static final Adam USUAL = new Adam(1e-4, 0.9, 0.999, 1e-8);
  private static final Adam ADVERSARY = new Adam(1e-4, 0.5, 0.9, 1e-8);
  private static final Adam WASSERSTEIN = new Adam(1e-3, 0.5, 0.999, 1e-8);

  static Stream<Arguments> methods() {
    Adam critic = new Adam(1e-4, 0, 0.9, 1e-8);
    return Stream.of(
        method(() -> new Vae(), new Vae(USUAL), "VAE"),
        method(() -> new BetaVae(4), new BetaVae(4, USUAL), "beta-VAE"),
        // Burgess et al. 2018, section 5 and Appendix A.
        method(
            () -> new CapacityVae(),
            new CapacityVae(1000, 25, 100_000, new Adam(5e-4, 0.9, 0.999, 1e-8)),
            "VAE with controlled capacity"),
        // Kim & Mnih 2018, Appendix A.
        method(
            () -> new FactorVae(35),
            new FactorVae(35, SecondBatch.INDEPENDENT, 1, USUAL, ADVERSARY),
            "FactorVAE"),
        // Chen et al. 2018, section 4.2 and the authors' code.
        method(
            () -> new BetaTcVae(6),
            new BetaTcVae(1, 6, 1, BetaTcVae.Sampling.WEIGHTED, new Adam(1e-3, 0.9, 0.999, 1e-8)),
            "beta-TCVAE"),
        // Kumar et al. 2018, section 5.
        method(
            () -> new DipVae(DipVae.Version.I),
            new DipVae(DipVae.Version.I, 10, 100, USUAL),
            "DIP-VAE-I"),
        method(
            () -> new DipVae(DipVae.Version.II),
            new DipVae(DipVae.Version.II, 10, 10, USUAL),
            "DIP-VAE-II"),
        method(() -> new Aae(), new Aae(USUAL, ADVERSARY, ADVERSARY), "AAE"),
        // The published code of Tolstikhin et al. 2018 for MNIST.
        method(
            () -> new WaeMmd(10),
            new WaeMmd(10, WaeMmd.Kernel.INVERSE_MULTIQUADRATIC, 200, WASSERSTEIN),
            "WAE-MMD"),
        method(
            () -> new WaeGan(10),
            new WaeGan(10, 200, WASSERSTEIN, new Adam(5e-4, 0.5, 0.999, 1e-8)),
            "WAE-GAN"),
        // Chen et al. 2016, Appendix C.
        method(
            () -> new InfoGan(10, 62),
            new InfoGan(1, 10, 62, WASSERSTEIN, new Adam(2e-4, 0.5, 0.999, 1e-8)),
            "InfoGAN"),
        // Gulrajani et al. 2017, Algorithm 1.
        method(
            () -> new InfoWganGp(10, 62),
            new InfoWganGp(1, 10, 5, 10, 62, critic, critic),
            "InfoWGAN-GP"),
        // Larsen et al. 2016 leave gamma to the user; the optimisers are ours.
        method(
            () -> new VaeGan(0.01),
            new VaeGan(0.01, WASSERSTEIN, new Adam(2e-4, 0.5, 0.999, 1e-8)),
            "VAE-GAN"),
        // Kulkarni et al. 2015, section 3.2 and 4; the optimiser is ours.
        method(() -> new DcIgn(), new DcIgn(0.01, new Adam(5e-4, 0.9, 0.999, 1e-8)), "DC-IGN"));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void theShortConstructorIsThePapersChoice(Given method, Objective paper, String name) {
    Objective given = method.get();
    assertEquals(paper, given);
    assertEquals(name, given.name());
  }

  /** Methods that are told labels, whose priors are asked for these; see their own tests. */
  static Stream<Arguments> labelled() {
    Labels shape = Labels.of("shape");
    Attributes attributes = Attributes.of("shape", "scale");
    Adam fast = new Adam(2e-4, 0.5, 0.999, 1e-8);
    return Stream.of(
        // Bao et al. 2017, section 4; the optimisers are ours.
        method(
            () -> new CvaeGan(shape),
            new CvaeGan(shape, new CvaeGanWeights(3, 1, 1e-3, 1e-3), WASSERSTEIN, fast),
            "CVAE-GAN"),
        method(
            () -> new ZeroVaeGan(attributes),
            new ZeroVaeGan(attributes, 1, 1, WASSERSTEIN, fast),
            "Zero-VAE-GAN"),
        // Kingma et al. 2014, section 4.
        method(
            () -> new StackedVae(shape, 7),
            new StackedVae(shape, 7, 0.1, new Adam(3e-4, 0.9, 0.999, 1e-8)),
            "M1+M2"));
  }

  @ParameterizedTest
  @MethodSource("labelled")
  void theShortConstructorOfLabelsIsTheDocumentedChoice(Given method, Objective all, String name) {
    theShortConstructorIsThePapersChoice(method, all, name);
  }

  static Stream<Arguments> variants() {
    Adam fast = new Adam(2e-3, 0.9, 0.999, 1e-8);
    Adam fastAdversary = new Adam(2e-3, 0.5, 0.9, 1e-8);
    return Stream.of(
        variant(
            () -> new FactorVae(35).withLearningRate(2e-3),
            new FactorVae(35, SecondBatch.INDEPENDENT, 1, fast, fastAdversary)),
        variant(
            () -> new FactorVae(35).withDiscriminatorSteps(3),
            new FactorVae(35, SecondBatch.INDEPENDENT, 3, USUAL, ADVERSARY)),
        variant(
            () -> new Aae().withLearningRate(2e-3), new Aae(fast, fastAdversary, fastAdversary)));
  }

  /** What an encoder says unless a user chooses another posterior. */
  @ParameterizedTest
  @MethodSource("methods")
  void codesAreCertainWhereThePaperHasThemSo(Given method, Objective paper, String name) {
    Objective given = method.get();
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
  void aVariantKeepsAllElse(Given given, Objective expected) {
    assertEquals(expected, given.get());
  }
}
