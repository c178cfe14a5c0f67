package dev.disentangle.plot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.data.Image;
import dev.disentangle.data.ImageData;
import dev.disentangle.data.ImageShape;
import dev.disentangle.representation.Codes;
import dev.disentangle.representation.DecoderLayer;
import dev.disentangle.representation.ImageAutoencoder;
import dev.disentangle.representation.PortableDecoder;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplorerTest {

  private static final Pattern DATA = Pattern.compile("data:image/png;base64,([^\"]*)\"");

  private final LinearAutoencoder model = new LinearAutoencoder(0, 0, -5, -1.2f);
  private final Image image = LinearAutoencoder.image(0, 1, 0, 0);

  private static List<BufferedImage> pictures(String html) throws IOException {
    List<BufferedImage> pictures = new ArrayList<>();
    Matcher matcher = DATA.matcher(html);
    while (matcher.find()) {
      byte[] png = Base64.getDecoder().decode(matcher.group(1));
      pictures.add(ImageIO.read(new ByteArrayInputStream(png)));
    }
    return pictures;
  }

  private static void assertTile(Image expected, BufferedImage tiles, int column, int row) {
    for (int i = 0; i < 16; i++) {
      int level = tiles.getRaster().getSample(4 * column + i % 4, 4 * row + i / 4, 0);
      assertEquals(Math.round(255 * expected.pixels()[i]), level);
    }
  }

  @Test
  void pageCarriesWhatTheModelDecodes() throws IOException {
    List<BufferedImage> pictures = pictures(Explorer.of(model, image).toHtml());
    assertEquals(4, pictures.size(), "one picture of single latents, three of pairs");
    BufferedImage single = pictures.get(0);
    assertEquals(21 * 4, single.getWidth());
    assertEquals(5 * 4, single.getHeight());
    // Rows by divergence: latents 2, 1, 3, 0; columns from -2 to 2 in steps of 0.2.
    assertTile(LinearAutoencoder.image(0, 1, -2, 0), single, 0, 0);
    assertTile(LinearAutoencoder.image(2, 1, 0, 0), single, 20, 3);
    assertTile(image, single, 0, 4);
    assertTile(image, single, 1, 4);
    // The first pair is latents 2, across, and 1, upwards, in nine values.
    BufferedImage pair = pictures.get(1);
    assertTile(LinearAutoencoder.image(0, 2, -2, 0), pair, 0, 0);
    assertTile(LinearAutoencoder.image(0, -2, 2, 0), pair, 8, 8);
    assertTile(LinearAutoencoder.image(0, 0, 0, 0), pair, 4, 4);
  }

  @Test
  void pageNeedsNothingBesideItself() {
    String html = Explorer.of(model, image).toHtml();
    assertFalse(html.matches("(?s).*(https?:|url\\(|@import|<link|src=\"(?!data:)).*"), html);
    assertFalse(html.contains("@CONFIG@") || html.contains("@CLASS@"));
    String first = "latents: [{latent: 2, label: 'z2  KL 2.0', low: -2.0, high: 2.0, nearest: 10";
    assertTrue(html.contains(first), "latents' order");
    assertTrue(html.contains("linear has layers that a page cannot run"), "says why it falls back");
    assertTrue(html.contains("the square moves two latents") && html.contains("KL, in nats"));
    assertEquals(html, Explorer.of(model, image).toHtml(), "the same input gives the same page");
  }

  @Test
  void whatDoesNotFitIsLeftOutAndNotSpokenOf() throws IOException {
    // Noise does not compress: 4 x 21 images of 1 kB in Base64 fit below 120 kB, 81 more do not.
    ImageAutoencoder noise = new NoiseModel(new ImageShape(3, 16, 16), "noise");
    Image start = noise.decode(new float[1][4]).get(0);
    var usual = TraversalOptions.defaults().withSteps(21);
    String html = PrecomputedPage.of(noise, start, usual, "why", 120_000);
    assertTrue(html.getBytes(StandardCharsets.UTF_8).length <= 120_000);
    assertEquals(1, pictures(html).size());
    assertTrue(html.contains("pairs: []") && html.contains("noise: one latent at a time<"));
    assertFalse(html.contains("the square moves"), "there is no square");
    // 4 x 41 images do not fit either.
    var many = usual.withSteps(41);
    String fewer = PrecomputedPage.of(noise, start, many, "why", 120_000);
    assertTrue(fewer.contains("steps: 21, "));
    assertTrue(fewer.contains("why; each latent has 21 values here, because 41 do not fit"));
    String all = PrecomputedPage.of(noise, start, many, "why", Integer.MAX_VALUE);
    assertTrue(all.contains("steps: 41, ") && all.contains("pairs: [[0, 1]"));
    assertFalse(all.contains("do not fit"));
    String none = PrecomputedPage.of(noise, start, many, "why", 10_000);
    assertTrue(none.startsWith("<p>The explorer of noise is not shown: why. Even 3 images"), none);
    assertTrue(none.contains("Explorer.save(file)"));
  }

  @Test
  void decodersThatCanBeWrittenDownAreCarried() {
    // weights 0.5 and -0.25 of each latent make one pixel each; 16 bits keep them to 1e-5.
    var layers =
        List.<DecoderLayer>of(
            new DecoderLayer.Dense(new float[] {.5f, 0, 0, -.25f}, new float[] {.25f, .5f}));
    var exact = new WrittenDown(layers, 0);
    String html = Explorer.of(exact, exact.decode(new float[1][2]).get(0)).toHtml();
    assertTrue(html.contains("layers: [{kind: 'dense'") && html.contains("bytes: 2"));
    assertFalse(html.contains("padSteps"));
    assertFalse(html.matches("(?s).*(https?:|url\\(|@import|<link|src=\"(?!data:)).*"), html);
    // A model whose own pictures differ from its layers is shown by its own pictures.
    var wrong = new WrittenDown(layers, .02f);
    String safe = Explorer.of(wrong, wrong.decode(new float[1][2]).get(0)).toHtml();
    assertTrue(safe.contains("padSteps") && !safe.contains("layers: ["));
    assertTrue(safe.contains("differ from the model&#39;s by 0.020 per pixel"), safe);
  }

  @Test
  void slidersReachTheImagesOwnCode() {
    var layers =
        List.<DecoderLayer>of(
            new DecoderLayer.Dense(new float[] {.1f, 0, 0, .1f}, new float[] {.5f, .5f}));
    var model = new WrittenDown(layers, 0, 3.5f);
    String html = Explorer.of(model, model.decode(new float[1][2]).get(0)).toHtml();
    String latents = "latents: [{latent: 0, label: 'z0  KL 6.1', low: -2.0, high: 3.5}, {latent: 1";
    assertTrue(html.contains(latents), "the image lies beyond the prior's range");
    float[][] spread = {{0, (float) (2 * Math.log(.5))}};
    var ranges = TraversalOptions.defaults().over(new Codes(new float[1][2], spread));
    // Half the deviation, half the range; the own code is at 3.5 all the same.
    String own = Explorer.of(model, model.decode(new float[1][2]).get(0), ranges).toHtml();
    assertTrue(own.matches("(?s).*latent: 1, label: [^}]*, low: -(1.0|0.99)[0-9]*, high: 3.5}.*"));
    assertTrue(own.matches("(?s).*latent: 0, label: [^}]*, low: -(2.0|1.99)[0-9]*, high: 3.5}.*"));
  }

  @Test
  void weightsOfTwoBytesAreOnlyTakenWhereTheyAreExact() {
    // One weight of 100 makes steps of 0.003 in two bytes, which moves the other pixel by 6e-4.
    var layers =
        List.<DecoderLayer>of(
            new DecoderLayer.Dense(new float[] {.51f, 0, 0, 100}, new float[] {0, 0}));
    var model = new WrittenDown(layers, 0);
    String html = Explorer.of(model, model.decode(new float[1][2]).get(0)).toHtml();
    assertTrue(html.contains("layers: [{kind: 'dense'") && html.contains("bytes: 3"));
  }

  @Test
  void decodersTooLargeForANotebookAreCarriedByAPageOfTheirOwn(@TempDir Path folder)
      throws IOException {
    float[] weights = new float[1_000_000];
    Arrays.fill(weights, .001f);
    var layers =
        List.<DecoderLayer>of(
            new DecoderLayer.Dense(weights, new float[500_000]),
            new DecoderLayer.Dense(new float[1_000_000], new float[] {.25f, .5f}));
    var model = new WrittenDown(layers, 0);
    Explorer explorer = Explorer.of(model, model.decode(new float[1][2]).get(0));
    assertTrue(explorer.toHtml().contains("padSteps"));
    assertTrue(
        explorer.toHtml().contains("a notebook&#39;s output may hold 2.5 MB; Explorer.save(file)"),
        explorer.toHtml());
    Path file = folder.resolve("page.html");
    explorer.save(file);
    assertTrue(Files.readString(file).contains("layers: [{kind: 'dense'"));
  }

  @Test
  void slidersCoverTheValuesThatTheDataHave() {
    float[][] means = {{1, 0, 3, 0}, {1, 0, 5, 0}};
    float zero = Float.NEGATIVE_INFINITY;
    float[][] logVariances = {{zero, 0, -40, zero}, {zero, 0, -40, zero}};
    var options = TraversalOptions.defaults().over(new Codes(means, logVariances));
    // A single point gets a range of 1 around it; the prior's own quantiles are -2 and 2.
    assertEquals(.5, options.range(0).low(), 1e-9);
    assertEquals(2, options.range(1).high(), 1e-3);
    assertEquals(3, options.range(2).low(), 1e-6);
    assertEquals(5, options.range(2).high(), 1e-6);
    String html = Explorer.of(model, image, options).toHtml();
    assertTrue(
        html.matches("(?s).*label: .z1  KL 0.0., low: -(2.0|1.9999).*"), "range of the prior");
    assertTrue(html.contains("Each slider covers the values"));
    var strips = Strips.of(model, image, options.withSteps(3));
    int row = strips.latents().indexOf(2);
    assertEquals(0.5 + 4 / 8.0, strips.rows().get(row).get(1).pixels()[8], 1e-6);
  }

  @Test
  void weightsAreRounded() {
    float[] weights = {1, -1, .3333f, 1e-9f, 0};
    // Half of one 32,767th of the largest weight, and a little for single precision.
    assertArrayEquals(weights, PackedWeights.of(weights, 2).unpack(), 1.6e-5f);
    // Half of one 8,388,607th, and half a step of single precision.
    assertArrayEquals(weights, PackedWeights.of(weights, 3).unpack(), 1.2e-7f);
    assertArrayEquals(new float[2], PackedWeights.of(new float[2], 3).unpack());
    String two = PackedWeights.of(new float[] {1, -1}, 2).script();
    assertTrue(two.endsWith("bytes: 2, data: '/38BgA=='}"), two);
    // 7FFFFF and 800001, lowest byte first.
    String three = PackedWeights.of(new float[] {1, -1}, 3).script();
    assertTrue(three.endsWith("bytes: 3, data: '//9/AQCA'}"), three);
  }

  @Test
  void hostileNamesStayText(@TempDir Path folder) throws IOException {
    ImageAutoencoder named =
        new NoiseModel(
            new ImageShape(1, 2, 2), "</title></p><script>alert('$1 @CONFIG@')</script>");
    Explorer explorer = Explorer.of(named, named.decode(new float[1][4]).get(0));
    assertFalse(explorer.toHtml().contains("<script>alert"));
    assertTrue(explorer.toHtml().contains("&lt;script&gt;alert(&#39;$1 @CONFIG@&#39;)"));
    Path file = folder.resolve("page.html");
    explorer.save(file);
    String page = Files.readString(file);
    assertTrue(page.startsWith("<!DOCTYPE html>") && !page.contains("<script>alert"));
    assertThrows(IOException.class, () -> explorer.save(folder.resolve("no/such/page.html")));
  }

  @Test
  void badImagesAreRefused() {
    ImageAutoencoder two = new NoiseModel(new ImageShape(2, 4, 4), "two channels");
    Image start = two.decode(new float[1][4]).get(0);
    assertThrows(IllegalArgumentException.class, () -> Explorer.of(two, start));
  }

  /** A decoder of two latents into two pixels that gives its layers, and errs by an offset. */
  private record WrittenDown(List<DecoderLayer> layers, float error, float mean)
      implements ImageAutoencoder, PortableDecoder {

    WrittenDown(List<DecoderLayer> layers, float error) {
      this(layers, error, 0);
    }

    @Override
    public String name() {
      return "written down";
    }

    @Override
    public int latents() {
      return 2;
    }

    @Override
    public Optional<List<DecoderLayer>> decoderLayers() {
      return Optional.of(layers);
    }

    @Override
    public List<Image> decode(float[][] codes) {
      return Arrays.stream(codes).map(this::image).toList();
    }

    private Image image(float[] code) {
      float[] pixels = code;
      for (DecoderLayer layer : layers) {
        pixels = layer.apply(pixels);
      }
      pixels[0] += error;
      return new Image(new ImageShape(1, 1, 2), pixels);
    }

    @Override
    public Codes encode(List<Image> images) {
      float[][] means = new float[images.size()][2];
      Arrays.stream(means).forEach(row -> Arrays.fill(row, mean));
      return new Codes(means, new float[images.size()][2]);
    }

    @Override
    public Codes encode(ImageData data, int[] indices) {
      return new Codes(new float[indices.length][2], new float[indices.length][2]);
    }
  }

  /** Decodes every code into noise of its own. */
  private record NoiseModel(ImageShape shape, String name) implements ImageAutoencoder {

    @Override
    public int latents() {
      return 4;
    }

    @Override
    public List<Image> decode(float[][] codes) {
      return Arrays.stream(codes).map(this::noise).toList();
    }

    private Image noise(float[] code) {
      SplittableRandom random = new SplittableRandom(Arrays.hashCode(code));
      float[] pixels = new float[shape.pixels()];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = (float) random.nextDouble();
      }
      return new Image(shape, pixels);
    }

    @Override
    public Codes encode(List<Image> images) {
      return new Codes(new float[images.size()][4], new float[images.size()][4]);
    }

    @Override
    public Codes encode(ImageData data, int[] indices) {
      return new Codes(new float[indices.length][4], new float[indices.length][4]);
    }
  }
}
