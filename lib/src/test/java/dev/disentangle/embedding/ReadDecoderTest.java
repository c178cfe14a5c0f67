package dev.disentangle.embedding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import dev.disentangle.data.Image;
import dev.disentangle.data.ImageData;
import dev.disentangle.data.ImageShape;
import dev.disentangle.metric.KlPerLatent;
import dev.disentangle.metric.ScoreOptions;
import dev.disentangle.metric.Scores;
import dev.disentangle.metric.TrueTotalCorrelation;
import dev.disentangle.plot.Explorer;
import dev.disentangle.plot.Traversals;
import dev.disentangle.representation.Codes;
import dev.disentangle.representation.DecoderLayer;
import dev.disentangle.tensor.TorchScriptModule;
import dev.disentangle.training.Blobs;
import java.awt.image.BufferedImage;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Decoders that PyTorch 2.13 wrote by {@code decoders.py}, which lies beside them. */
class ReadDecoderTest {

  private static final ModelFormat SQUARE = format(8, 8);

  private static ModelFormat format(int height, int width) {
    return ModelFormat.of(new ImageShape(1, height, width)).outputs(0, 1);
  }

  private static Path file(String name) throws URISyntaxException {
    return Path.of(ReadDecoderTest.class.getResource("/embedding/" + name).toURI());
  }

  private static TorchScriptModel open(String decoder, ModelFormat format) throws Exception {
    return TorchScriptModel.open(file("encoder-of-8x8.pt"), file(decoder), format);
  }

  private static float[] run(List<DecoderLayer> layers, float[] code) {
    float[] values = code;
    for (DecoderLayer layer : layers) {
      values = layer.apply(values);
    }
    return values;
  }

  /** Written by hand, in a Sequential, traced, and within another module with a tanh at its end. */
  @ParameterizedTest
  @CsvSource({
    "decoder-sequential.pt, 0, 9",
    "decoder-traced.pt, 0, 9",
    "decoder-tanh.pt, -1, 8",
  })
  void theLayersGiveTheModelsPictures(String name, float low, int count) throws Exception {
    try (TorchScriptModel model = open(name, SQUARE.range(low, 1))) {
      List<DecoderLayer> layers = model.decoderLayers().orElseThrow();
      assertEquals("", model.whatIsNotPortable());
      // Two dense layers and two transposed convolutions, three rectifiers, one sigmoid.
      assertEquals(8, layers.size());
      SplittableRandom random = new SplittableRandom(1);
      for (int i = 0; i < count; i++) {
        float[] code = {random.nextInt(-3, 4), (float) random.nextGaussian(), 1.5f * i - 3};
        float[] expected = model.decode(new float[][] {code}).get(0).pixels();
        // Sums of at most 32 products in single precision.
        assertArrayEquals(expected, run(layers, code), 2e-6f);
      }
    }
  }

  /** Functions instead of modules, no bias, and pictures that are not square. */
  @Test
  void functionsAreFollowedInto() throws Exception {
    try (TorchScriptModel square = open("decoder-sequential.pt", SQUARE)) {
      assertEquals(3, square.latents());
    }
    ReadDecoder read = read("decoder-functional.pt", format(16, 8));
    List<DecoderLayer> layers = read.layers().orElseThrow();
    assertEquals(0.2f, ((DecoderLayer.Rectifier) layers.get(3)).slope());
    var last = (DecoderLayer.TransposedConvolution) layers.get(6);
    assertEquals(List.of(8, 4), List.of(last.height(), last.width()));
    assertArrayEquals(new float[1], last.biases());
    float[] code = {1, -2, 0.5f};
    try (var network = TorchScriptModule.load(file("decoder-functional.pt"));
        var scope = network.newManager()) {
      float[] expected = network.forward(scope.create(code, new Shape(1, 3))).toFloatArray();
      assertArrayEquals(expected, run(layers, code), 2e-6f);
    }
  }

  private static ReadDecoder read(String name, ModelFormat format) throws Exception {
    try (var network = TorchScriptModule.load(file(name))) {
      return ReadDecoder.of(network, "forward", format, 3);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "decoder-norm.pt | 0 | has a BatchNorm1d, which a page cannot run",
        "decoder-branch.pt | 0 | has a branch that depends on",
        "decoder-frozen.pt | -1 | has weights that are no parameters, as after torch.jit.freeze",
        "decoder-tanh.pt | 0 | ends in a hyperbolic tangent but not in the range -1 to 1",
        "decoder-sequential.pt | -1 | gives values from -1.0 to 1.0",
      })
  void whatIsNoSequenceOfLayersSaysWhy(String name, float low, String reason) throws Exception {
    ReadDecoder read = read(name, SQUARE.range(low, 1));
    assertTrue(read.layers().isEmpty());
    assertTrue(read.reason().contains(reason), read.reason());
  }

  @Test
  void explorersAreLiveWhereTheyCanBe() throws Exception {
    Image image = new Image(new ImageShape(1, 8, 8), new float[64]);
    try (TorchScriptModel live = open("decoder-tanh.pt", SQUARE.range(-1, 1));
        TorchScriptModel still = open("decoder-norm.pt", SQUARE)) {
      String page = Explorer.of(live, image).toHtml();
      assertTrue(page.contains("This page carries the decoder itself"), "live");
      String other = Explorer.of(still, image).toHtml();
      assertTrue(other.contains("the decoder of encoder-of-8x8.pt has a BatchNorm1d"), "says why");
      BufferedImage rows = Traversals.of(live, image);
      assertTrue(
          IntStream.range(0, rows.getWidth())
                  .map(x -> rows.getRGB(x, rows.getHeight() / 2))
                  .distinct()
                  .count()
              > 2);
    }
  }

  /** Scores, the true total correlation and the rest take an imported model as one of ours. */
  @Test
  void importedModelsAreScored() throws Exception {
    ImageData data = new Blobs();
    try (TorchScriptModel model = open("decoder-sequential.pt", SQUARE)) {
      Codes codes = model.encode(data, IntStream.range(0, data.size()).toArray());
      Scores scores = Scores.of(model, data, ScoreOptions.defaults().only("tc.true", "kl", "mig"));
      double tc = TrueTotalCorrelation.of(codes, 1_000, 0).nats();
      assertEquals(tc, scores.value("tc.true"), 1e-9);
      assertTrue(tc > 0, "random latents share what little they see: " + tc);
      assertEquals(KlPerLatent.of(codes).total(), scores.value("kl"), 1e-9);
      assertTrue(scores.value("mig") > 0);
    }
  }

  @Test
  void formatsThatDoNotFitSayWhy() throws Exception {
    ModelFormat large = ModelFormat.of(new ImageShape(1, 16, 16));
    assertEquals(
        "gives 64 numbers, no " + large.images(), read("decoder-sequential.pt", large).reason());
    ModelFormat last = ModelFormat.of(new ImageShape(4, 4, 4)).withChannelsLast();
    assertEquals("gives channels last", read("decoder-sequential.pt", last).reason());
    assertTrue(read("decoder-sequential.pt", SQUARE.withChannelsLast()).layers().isPresent());
  }

  @Test
  void logitsGetTheirSigmoid() throws Exception {
    List<DecoderLayer> layers =
        read("decoder-sequential.pt", SQUARE.withLogits()).layers().orElseThrow();
    assertEquals(9, layers.size());
    assertTrue(layers.get(8) instanceof DecoderLayer.Sigmoid);
  }
}
