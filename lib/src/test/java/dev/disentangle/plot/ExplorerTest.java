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
    assertTrue(html.contains("label: 'z2  KL 2.0', nearest: 10, own: 0.0"), "latents' order");
    assertEquals(html, Explorer.of(model, image).toHtml(), "the same input gives the same page");
  }

  @Test
  void pairsThatDoNotFitAreLeftOut() throws IOException {
    // Noise does not compress: 4 x 9 images of 12 kB fit below 1 MB, 81 more do not.
    ImageAutoencoder noise = new NoiseModel(new ImageShape(3, 64, 64), "noise");
    Image start = noise.decode(new float[1][4]).get(0);
    String html = Explorer.of(noise, start, TraversalOptions.defaults()).toHtml();
    assertTrue(html.getBytes(StandardCharsets.UTF_8).length < 1_000_000);
    assertEquals(1, pictures(html).size());
    assertTrue(html.contains("pairs: []"));
    var many = TraversalOptions.defaults().withSteps(41);
    var error = assertThrows(IllegalArgumentException.class, () -> Explorer.of(noise, start, many));
    assertTrue(error.getMessage().contains("41 values"), error.getMessage());
  }

  @Test
  void decodersThatCanBeWrittenDownAreCarried() {
    // weights 0.5 and -0.25 of each latent make one pixel each; 16 bits keep them to 1e-5.
    var layers =
        List.<DecoderLayer>of(
            new DecoderLayer.Dense(new float[] {.5f, 0, 0, -.25f}, new float[] {.25f, .5f}));
    var exact = new WrittenDown(layers, 0);
    String html = Explorer.of(exact, exact.decode(new float[1][2]).get(0)).toHtml();
    assertTrue(html.contains("layers: [{kind: 'dense'"));
    assertFalse(html.contains("padValues"));
    assertFalse(html.matches("(?s).*(https?:|url\\(|@import|<link|src=\"(?!data:)).*"), html);
    // A model whose own pictures differ from its layers is shown by its own pictures.
    var wrong = new WrittenDown(layers, .02f);
    String safe = Explorer.of(wrong, wrong.decode(new float[1][2]).get(0)).toHtml();
    assertTrue(safe.contains("padValues") && !safe.contains("layers: ["));
  }

  @Test
  void weightsAreRoundedToSixteenBits() {
    float[] weights = {1, -1, .3333f, 1e-9f, 0};
    // Half of one 32,767th of the largest weight, and a little for single precision.
    assertArrayEquals(weights, PackedWeights.of(weights).unpack(), 1.6e-5f);
    assertArrayEquals(new float[2], PackedWeights.of(new float[2]).unpack());
    assertTrue(PackedWeights.of(new float[] {1, -1}).script().endsWith("data: '/38BgA=='}"));
  }

  @Test
  void hostileNamesStayText(@TempDir Path folder) throws IOException {
    ImageAutoencoder named =
        new NoiseModel(
            new ImageShape(1, 2, 2), "</title></p><script>alert('$1 @CONFIG@')</script>");
    Explorer explorer = Explorer.of(named, named.decode(new float[1][4]).get(0));
    assertFalse(explorer.toHtml().contains("<script>alert"));
    assertTrue(explorer.toHtml().contains("&lt;script&gt;alert('$1 @CONFIG@')"));
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
  private record WrittenDown(List<DecoderLayer> layers, float error)
      implements ImageAutoencoder, PortableDecoder {

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
      float[] pixels = layers.get(0).apply(code);
      pixels[0] += error;
      return new Image(new ImageShape(1, 1, 2), pixels);
    }

    @Override
    public Codes encode(List<Image> images) {
      return new Codes(new float[images.size()][2], new float[images.size()][2]);
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
