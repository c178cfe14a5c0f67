package dev.disentangle.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.data.Image;
import dev.disentangle.data.ImageShape;
import dev.disentangle.model.Likelihood;
import dev.disentangle.model.StructuredGaussian;
import dev.disentangle.objective.InfoGan;
import dev.disentangle.objective.Vae;
import dev.disentangle.plot.Explorer;
import dev.disentangle.plot.PageRunner;
import dev.disentangle.representation.DecoderLayer;
import dev.disentangle.tensor.Adam;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A decoder as plain layers, and as the explorer's page runs them, is the model's. */
class PlainDecoderTest {

  private static final float[][] CODES = {{0, 0, 0, 0}, {1, -2, .5f, 2}, {-2, 2, -2, 2}};

  /** Some steps at a high rate, so that logits are as large as a trained model's. */
  private static Training trained(ImageShape shape, Likelihood likelihood) {
    Training training =
        Training.of(new Vae(Adam.of(1e-2)), new Stripes(shape))
            .latents(4)
            .likelihood(likelihood)
            .batchSize(4)
            .measureEvery(0)
            .seed(3)
            .build();
    training.run(15);
    return training;
  }

  private static void assertSameImages(TrainedModel model, float tolerance) {
    List<DecoderLayer> layers = model.decoderLayers().orElseThrow();
    List<Image> images = model.decode(CODES);
    for (int i = 0; i < CODES.length; i++) {
      float[] plain = CODES[i];
      for (DecoderLayer layer : layers) {
        plain = layer.apply(plain);
      }
      assertArrayEquals(images.get(i).pixels(), plain, tolerance);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 64, 64",
    "3, 64, 64",
    "3, 32, 32",
    "1, 28, 28",
    "3, 28, 28",
    "3, 96, 96",
    "1, 48, 80"
  })
  void layersDecodeAsTheModelDoesForEveryPreset(int channels, int height, int width) {
    ImageShape shape = new ImageShape(channels, height, width);
    try (Training training = trained(shape, new Likelihood.Bernoulli())) {
      // Sums of at most 1,024 products in single precision, in another order than the engine's.
      assertSameImages(training.model(), 1e-5f);
      Explorer explorer = Explorer.of(training.model(), training.data().image(0));
      assertTrue(explorer.toHtml().contains("kind: 'sigmoid'"), "the page carries the decoder");
      assertTrue(explorer.toHtml().length() < Explorer.NOTEBOOK_LIMIT);
    }
  }

  static Stream<Likelihood> gaussians() {
    return Stream.of(
        new Likelihood.Gaussian(.1),
        new Likelihood.GaussianLearned(),
        new Likelihood.GaussianPerPixel(),
        new StructuredGaussian());
  }

  @ParameterizedTest
  @MethodSource("gaussians")
  void gaussianMeansHaveNoSigmoidAndNoDeviations(Likelihood likelihood) {
    try (Training training = trained(new ImageShape(3, 16, 16), likelihood)) {
      // Means are not squeezed into [0, 1] and may reach some units.
      assertSameImages(training.model(), 1e-4f);
      String html = Explorer.of(training.model(), training.data().image(0)).toHtml();
      assertTrue(html.contains("kind: 'transposed'") && !html.contains("kind: 'sigmoid'"));
    }
  }

  /** Its generator takes noise beside the codes, which is at 0 for pictures. */
  @Test
  void generatorsOfOtherMethodsAreWrittenDownToo() {
    ImageShape shape = new ImageShape(1, 32, 32);
    try (Training training =
        Training.of(new InfoGan(0, 3), new Stripes(shape)).latents(4).batchSize(4).build()) {
      training.run(3);
      assertSameImages(training.model(), 1e-5f);
    }
  }

  /** Runs only where Node is found. */
  @ParameterizedTest
  @CsvSource({"1, 64", "3, 64", "1, 28"})
  void thePageDecodesAsTheModelDoes(int channels, int side, @TempDir Path folder)
      throws IOException, InterruptedException {
    Optional<Path> node = PageRunner.find("node", "nodejs");
    Assumptions.assumeTrue(node.isPresent(), "no Node on the path");
    ImageShape shape = new ImageShape(channels, side, side);
    try (Training training = trained(shape, new Likelihood.Bernoulli())) {
      TrainedModel model = training.model();
      String html = Explorer.of(model, training.data().image(0)).toHtml();
      for (float[] code : CODES) {
        float[] pixels = PageRunner.decodeInNode(node.orElseThrow(), html, code, folder);
        // What the explorer promises.
        assertArrayEquals(model.decode(new float[][] {code}).get(0).pixels(), pixels, 1e-4f);
      }
    }
  }

  /** Runs only where Chromium is found. */
  @Test
  @Tag("slow")
  void aBrowserDrawsWhatTheModelDecodes(@TempDir Path folder)
      throws IOException, InterruptedException {
    Optional<Path> chromium = PageRunner.find("chromium", "chromium-browser", "google-chrome");
    Assumptions.assumeTrue(chromium.isPresent(), "no Chromium on the path");
    try (Training training = trained(new ImageShape(3, 64, 64), new Likelihood.Bernoulli())) {
      Image image = training.data().image(1);
      Path page = folder.resolve("page.html");
      Explorer.of(training.model(), image).save(page);
      Files.writeString(page, Files.readString(page) + READ_CANVAS);
      String elements = PageRunner.open(chromium.orElseThrow(), page, folder, "--dump-dom");
      Matcher levels = Pattern.compile("<pre id=\"levels\">([0-9,]+)</pre>").matcher(elements);
      assertTrue(levels.find(), "the page drew nothing");
      String[] drawn = levels.group(1).split(",");
      float[] code = training.model().encode(List.of(image)).means()[0];
      code[0] = 1.5f;
      float[] expected = training.model().decode(new float[][] {code}).get(0).pixels();
      for (int i = 0; i < 64 * 64; i++) {
        for (int c = 0; c < 3; c++) {
          // Half a grey level of rounding, and 1e-4 of what the page promises.
          float level = Integer.parseInt(drawn[3 * i + c]) / 255f;
          org.junit.jupiter.api.Assertions.assertEquals(
              expected[c * 64 * 64 + i], level, .5f / 255 + 1e-4f);
        }
      }
    }
  }

  /** Moves the slider of latent 0 and writes the canvas' levels, one per pixel of the image. */
  private static final String READ_CANVAS =
      """
      <script>
      setTimeout(function () {
        document.querySelectorAll('.latent').forEach(function (row) {
          if (row.textContent.indexOf('z0') !== 0) { return; }
          var input = row.querySelector('input');
          input.step = 'any'; input.value = 1.5; input.dispatchEvent(new Event('input'));
        });
        setTimeout(function () {
          var canvas = document.querySelector('.now'), pen = canvas.getContext('2d');
          var scale = canvas.width / 64, levels = [];
          for (var i = 0; i < 64 * 64; i++) {
            var data = pen.getImageData(scale * (i % 64), scale * Math.floor(i / 64), 1, 1).data;
            levels.push(data[0], data[1], data[2]);
          }
          var pre = document.createElement('pre');
          pre.id = 'levels'; pre.textContent = levels.join(',');
          document.body.append(pre);
        }, 1000);
      }, 1000);
      </script>
      """;
}
