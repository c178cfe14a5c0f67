package dev.disentangle.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import dev.disentangle.data.ImageShape;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The presets layer by layer; a rectifier that is left out changes no shape. */
class PresetLayersTest {

  private static final Layer RELU = Layer.rectifier();

  private static List<Layer> layers(ai.djl.nn.Block block) {
    return ((LayeredBlock) block).layers();
  }

  private static Layer down(int filters) {
    return new Layer.Convolution(filters, 4, 2, 1);
  }

  private static Layer up(int filters) {
    return new Layer.TransposedConvolution(filters, 4, 2, 1);
  }

  /** Kim & Mnih 2018, Table 1 of Appendix A, and the discriminator of its text. */
  @Test
  void thePapersNetworks() {
    ImageShape images = new ImageShape(1, 64, 64);
    Architecture paper = Architectures.paper();
    assertEquals(
        List.of(
            down(32),
            RELU,
            down(32),
            RELU,
            down(64),
            RELU,
            down(64),
            RELU,
            Layer.reshape(1024),
            new Layer.Dense(128),
            RELU,
            new Layer.Dense(20)),
        layers(paper.encoder(images, 20)));
    assertEquals(
        List.of(
            new Layer.Dense(128),
            RELU,
            new Layer.Dense(1024),
            RELU,
            Layer.reshape(64, 4, 4),
            up(64),
            RELU,
            up(32),
            RELU,
            up(32),
            RELU,
            up(1)),
        layers(paper.decoder(10, images)));
    Layer leaky = new Layer.Rectifier(0.2);
    Layer wide = new Layer.Dense(1000);
    assertEquals(
        List.of(
            wide,
            leaky,
            wide,
            leaky,
            wide,
            leaky,
            wide,
            leaky,
            wide,
            leaky,
            wide,
            leaky,
            new Layer.Dense(2)),
        layers(paper.discriminator(10, 2)));
  }

  /** The same shapes as the encoder, with the leaky rectifiers of Chen et al. 2016. */
  @Test
  void discriminatorsOfImagesLeak() {
    Layer leaky = new Layer.Rectifier(0.1);
    assertEquals(
        List.of(
            down(32),
            leaky,
            down(64),
            leaky,
            Layer.reshape(64 * 7 * 7),
            new Layer.Dense(128),
            leaky,
            new Layer.Dense(3)),
        layers(Architectures.mnist().imageDiscriminator(new ImageShape(1, 28, 28), 3)));
  }

  /** Height and width are told apart, and several channels are given. */
  @Test
  void aDecoderOfWideColourImages() {
    assertEquals(
        List.of(
            new Layer.Dense(128),
            RELU,
            new Layer.Dense(64 * 2 * 4),
            RELU,
            Layer.reshape(64, 2, 4),
            up(32),
            RELU,
            up(32),
            RELU,
            up(3)),
        layers(Architectures.small().decoder(6, new ImageShape(3, 16, 32))));
    assertEquals(
        List.of(
            new Layer.Dense(256),
            new Layer.Rectifier(0.2),
            new Layer.Dense(256),
            new Layer.Rectifier(0.2),
            new Layer.Dense(256),
            new Layer.Rectifier(0.2),
            new Layer.Dense(2)),
        layers(Architectures.small().discriminator(6, 2)));
  }

  @Test
  void theSmallEncoderAndTheDiscriminatorForDigits() {
    assertEquals(
        List.of(
            down(32),
            RELU,
            down(32),
            RELU,
            down(64),
            RELU,
            Layer.reshape(64 * 4 * 4),
            new Layer.Dense(128),
            RELU,
            new Layer.Dense(12)),
        layers(Architectures.small().encoder(new ImageShape(1, 32, 32), 12)));
    Layer leaky = new Layer.Rectifier(0.2);
    Layer wide = new Layer.Dense(512);
    assertEquals(
        List.of(wide, leaky, wide, leaky, wide, leaky, new Layer.Dense(2)),
        layers(Architectures.mnist().discriminator(10, 2)));
  }

  @Test
  void sidesThatDoNotHalveAreRefusedByBothNetworks() {
    Architecture small = Architectures.small();
    for (ImageShape odd : List.of(new ImageShape(1, 32, 36), new ImageShape(1, 36, 32))) {
      String message =
          "small-32 halves images 3 times, so height and width must be multiples of 8, were " + odd;
      requireMessage(message, () -> small.encoder(odd, 4));
      requireMessage(message, () -> small.decoder(4, odd));
    }
  }

  private static void requireMessage(String message, Runnable call) {
    String given = assertThrows(IllegalArgumentException.class, call::run).getMessage();
    assertTrue(given.contains(message), given);
  }

  /** The discriminator that VAE-GAN compares images by, and what judges its features. */
  @Test
  void learnedFeaturesAreNormalisedFromTheSecondConvolutionOn() {
    ImageShape images = new ImageShape(3, 64, 32);
    Architecture paper = Architectures.paper();
    Layer leaky = new Layer.Rectifier(0.2);
    Layer normal = new Layer.Normalisation();
    LayeredBlock features = (LayeredBlock) paper.imageFeatures(images);
    assertEquals(
        List.of(
            down(32),
            leaky,
            down(32),
            normal,
            leaky,
            down(64),
            normal,
            leaky,
            down(64),
            normal,
            leaky,
            Layer.reshape(64 * 4 * 2)),
        features.layers());
    Shape[] given = features.getOutputShapes(new Shape[] {new Shape(5, 3, 64, 32)});
    assertEquals(new Shape(5, 512), given[0]);
    assertEquals(
        List.of(new Layer.Dense(128), leaky, new Layer.Dense(1)),
        layers(paper.featureJudge(512, 1)));
    String small =
        assertThrows(
                IllegalArgumentException.class,
                () -> paper.imageFeatures(new ImageShape(1, 28, 28)))
            .getMessage();
    assertTrue(small.contains("28"), small);
  }
}
