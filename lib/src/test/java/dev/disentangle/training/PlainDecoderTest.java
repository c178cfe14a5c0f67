package dev.disentangle.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.data.DSprites;
import dev.disentangle.data.Image;
import dev.disentangle.model.Likelihood;
import dev.disentangle.objective.Vae;
import dev.disentangle.plot.Explorer;
import dev.disentangle.representation.DecoderLayer;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlainDecoderTest {

  private static void assertSameImages(TrainedModel model) {
    List<DecoderLayer> layers = model.decoderLayers().orElseThrow();
    float[][] codes = {{0, 0, 0, 0}, {1, -2, .5f, 3}, {-3, 3, -3, 3}};
    List<Image> images = model.decode(codes);
    for (int i = 0; i < codes.length; i++) {
      float[] plain = codes[i];
      for (DecoderLayer layer : layers) {
        plain = layer.apply(plain);
      }
      // Sums of at most 1,024 products in single precision, in another order than the engine's.
      assertArrayEquals(images.get(i).pixels(), plain, 1e-5f);
    }
  }

  @Test
  void layersDecodeAsTheModelDoes() {
    DSprites data = DSprites.small();
    try (Training training =
        Training.of(new Vae(), data).latents(4).measureEvery(0).seed(3).build()) {
      training.run(3);
      assertSameImages(training.model());
      String html = Explorer.of(training.model(), data.image(1_000)).toHtml();
      assertTrue(html.contains("kind: 'sigmoid'"), "the page carries the decoder");
      assertTrue(html.length() < 1_000_000, "was " + html.length());
    }
  }

  @Test
  void gaussianLikelihoodsHaveNoSigmoid() {
    DSprites data = DSprites.small();
    var settings = Training.of(new Vae(), data).latents(4).likelihood(new Likelihood.Gaussian(.1));
    try (Training training = settings.measureEvery(0).seed(4).build()) {
      assertSameImages(training.model());
    }
  }
}
