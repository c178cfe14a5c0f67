package dev.disentangle.plot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.data.Image;
import dev.disentangle.data.ImageShape;
import dev.disentangle.representation.Codes;
import dev.disentangle.representation.ImageDecoder;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures of codes and of what is decoded from them. */
class LatentPicturesTest {

  private final LinearAutoencoder model = new LinearAutoencoder(0, 0, -5, -1.2f);

  /** One pixel, as bright as the sum of two latents. */
  private record Sum() implements ImageDecoder {
    @Override
    public int latents() {
      return 2;
    }

    @Override
    public List<Image> decode(float[][] codes) {
      return Arrays.stream(codes)
          .map(
              z -> new Image(new ImageShape(1, 1, 1), new float[] {.5f + .1f * z[0] + .15f * z[1]}))
          .toList();
    }
  }

  private static Codes dependent(int count) {
    float[][] means = new float[count][3];
    float[][] logVariances = new float[count][3];
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < count; i++) {
      float shared = (float) random.nextGaussian();
      means[i] = new float[] {shared, .8f * shared, 0};
      logVariances[i] = new float[] {-4, -4, 0};
    }
    return new Codes(means, logVariances);
  }

  @Test
  void mapGrowsToTheRightAndUpwards() {
    BufferedImage drawn = LatentMap.of(new Sum());
    BufferedImage map = Points.of(drawn);
    // 15 images of 1 pixel, enlarged to 52 points; margins of 52 and 14.
    int cell = (map.getWidth() - 52 - 16) / 15;
    int left = map.getRGB(52 + cell / 2, 14 + cell / 2) & 0xFF;
    assertEquals(Math.round(255 * (.5f - .2f + .3f)), left, 1, "z0 = -2 and z1 = 2");
    int right = map.getRGB(52 + 14 * cell + cell / 2, 14 + 14 * cell + cell / 2) & 0xFF;
    assertEquals(Math.round(255 * (.5f + .2f - .3f)), right, 1, "z0 = 2 and z1 = -2");
    String words = Pictures.description(drawn);
    assertTrue(words.contains("changes by 0.4 along z0 and by 0.6 along z1"), words);
    assertThrows(IllegalArgumentException.class, () -> LatentMap.of(model));
    float[] code = new float[4];
    assertThrows(IllegalArgumentException.class, () -> LatentMap.of(model, code, 1, 1, 2, 5));
    assertThrows(IllegalArgumentException.class, () -> LatentMap.of(model, code, 0, 4, 2, 5));
    assertThrows(IllegalArgumentException.class, () -> LatentMap.of(model, code, 0, 1, 2, 1));
    assertThrows(IllegalArgumentException.class, () -> LatentMap.of(model, code, 0, 1, -2, 5));
    assertThrows(
        IllegalArgumentException.class, () -> LatentMap.of(model, new float[2], 0, 1, 2, 5));
  }

  @Test
  void permutedTwinHasTheMarginalsAndNoDependence() {
    double[][] samples =
        AggregatePosterior.samples(dependent(2_000), 2_000, new SplittableRandom(2));
    double[][] twin = AggregatePosterior.permuted(samples, new SplittableRandom(3));
    for (int latent = 0; latent < 3; latent++) {
      int column = latent;
      double[] own = Arrays.stream(samples).mapToDouble(z -> z[column]).sorted().toArray();
      double[] other = Arrays.stream(twin).mapToDouble(z -> z[column]).sorted().toArray();
      assertArrayEquals(own, other, "the same values in another order");
    }
    String words =
        Pictures.description(PairPlot.of(dependent(2_000), 0, 1, new SplittableRandom(2)));
    // Correlation of shared and 0.8 shared with noise of variance e^-4 each: 0.8 / sqrt(1.018 *
    // 0.658) = 0.98; three standard errors of a correlation of 0 are 0.067.
    assertTrue(words.contains("q(z), correlation 0.98"), words);
    assertTrue(words.matches(".*permuted, correlation -?0(\\.0[0-6])?;.*"), words);
    assertTrue(words.matches(".*prior, correlation -?0(\\.0[0-6])?\\..*"), words);
  }

  @Test
  void pairPlotsNameWhatIsWrong() {
    Map<String, double[][]> samples = new LinkedHashMap<>();
    assertThrows(IllegalArgumentException.class, () -> PairPlot.of(samples, 0, 1));
    samples.put("a", new double[][] {{1, 2}});
    assertThrows(IllegalArgumentException.class, () -> PairPlot.of(samples, 0, 1));
    samples.put("a", new double[][] {{1, 2}, {3, Double.NaN}});
    assertThrows(IllegalArgumentException.class, () -> PairPlot.of(samples, 0, 1));
    samples.put("a", new double[][] {{1, 2}, {3, 4}});
    assertThrows(IllegalArgumentException.class, () -> PairPlot.of(samples, 0, 2));
    assertTrue(Pictures.description(PairPlot.of(samples, 0, 1)).contains("correlation 1"));
  }

  @Test
  void spreadShowsWhereMeansLieAndHowWideAPosteriorIs() {
    float[][] means = new float[41][2];
    float[][] logVariances = new float[41][2];
    for (int i = 0; i < 41; i++) {
      means[i][1] = -2 + i / 10f;
      logVariances[i][1] = (float) (2 * Math.log(.25));
    }
    String words = Pictures.description(PosteriorSpread.of(new Codes(means, logVariances)));
    // The 2.5th percentile of 41 even values is the second; latent 0 is at the prior.
    assertTrue(words.contains("Posteriors of 41 images. z1"), words);
    assertTrue(words.contains("means from -1.9 to 1.9, deviation 0.25; z0"), words);
    assertTrue(words.contains("z0  KL 0.0 nats: means from 0 to 0, deviation 1."), words);
  }

  @Test
  void codesAreColouredByClass() {
    float[][] means = {{-1, 1}, {-1.2f, 1}, {2, -2}, {2, -2.2f}};
    Codes codes = new Codes(means, new float[4][2]);
    List<String> names = List.of("seven", "one");
    BufferedImage picture = CodeMap.of(codes, 0, 1, "digit", names, new int[] {0, 0, 1, 1});
    String words = Pictures.description(picture);
    assertTrue(words.contains("seven around -1.1, 1.0; one around 2.0, -2.1"), words);
    // Both axes run from -3.12 to 3.12 over 440 points, beginning 52 from the left, 40 from above.
    int x = (int) Math.round(52 + (2 + 3.12) / 6.24 * 440);
    int y = (int) Math.round(40 + (3.12 + 2) / 6.24 * 440);
    assertNotEquals(Theme.PAGE.getRGB(), Points.of(picture).getRGB(x, y), "the point at 2, -2");
    assertThrows(
        IllegalArgumentException.class,
        () -> CodeMap.of(codes, 0, 1, "digit", names, new int[] {0, 0, 1}));
    assertThrows(
        IllegalArgumentException.class,
        () -> CodeMap.of(codes, 0, 1, "digit", names, new int[] {0, 0, 1, 2}));
    assertThrows(IllegalArgumentException.class, () -> CodeMap.of(codes, 0, 2));
  }

  @Test
  void interpolationsLieOnTheLineBetweenTheCodes() {
    Image from = LinearAutoencoder.image(-2, 0, 0, 0);
    Image to = LinearAutoencoder.image(2, 0, 0, 0);
    BufferedImage picture = Interpolations.of(model, List.of(from), List.of(to), 3);
    // Five cells of 96 points with gaps of 3; the row of latent 0 is the uppermost quarter.
    int y = 22 + 3 + 5;
    BufferedImage points = Points.of(picture);
    int[] levels =
        java.util.stream.IntStream.range(0, 5)
            .map(cell -> points.getRGB(3 + cell * 99 + 48, y) & 0xFF)
            .toArray();
    assertArrayEquals(new int[] {64, 64, 128, 191, 191}, levels);
    String words = Pictures.description(picture);
    assertTrue(words.contains("the mean pixel changes by 0.125"), words);
    List<Image> one = List.of(from);
    List<Image> two = List.of(from, to);
    assertThrows(IllegalArgumentException.class, () -> Interpolations.of(model, one, two, 3));
    assertThrows(IllegalArgumentException.class, () -> Interpolations.of(model, one, one, 1));
  }

  @Test
  void animationsPlayInThePage(@TempDir Path folder) throws IOException {
    Image image = LinearAutoencoder.image(0, 1, 0, 0);
    Animation animation = Traversals.animation(model, image);
    assertTrue(animation.toHtml().startsWith("<img src=\"data:image/gif;base64,R0lGODlh"));
    assertTrue(animation.toHtml().contains("alt=\"Traversal, one cell per latent: z2  KL 2.0"));
    Path file = folder.resolve("new/traversal.gif");
    animation.save(file);
    assertArrayEquals(animation.gif(), Files.readAllBytes(file));
    String header = new String(Files.readAllBytes(file), 0, 6, StandardCharsets.US_ASCII);
    assertEquals("GIF89a", header);
    assertThrows(IOException.class, () -> animation.save(folder.resolve("new/traversal.gif/x")));
  }

  @Test
  void everyPictureTellsWhatItShows() {
    Image image = LinearAutoencoder.image(0, 1, 0, 0);
    String traversal = Pictures.description(Traversals.of(model, image));
    // One row of four moves by 4 / 8, on average over all pixels 0.125.
    assertTrue(traversal.contains("z2  KL 2.0, -2.0 to 2.0, changes the mean pixel by 0.125"));
    var data = new ListedImages(List.of(image));
    String pairs = Pictures.description(Reconstructions.of(model, data, 0));
    assertTrue(pairs.contains("1 images of the data above their reconstructions by linear"), pairs);
    String sheet = Pictures.description(Samples.of(model, 20, 20, new SplittableRandom(1)));
    // Grey levels are 0.5 + z / 8; the mean of 1,600 of them is within 0.01, three standard errors.
    assertTrue(
        sheet.matches("400 images decoded .* average 0\\.(49|50?[01]?)[0-9]? bright.*"), sheet);
    String table =
        Pictures.description(
            Plots.heatMap("Votes", List.of("scale"), List.of("z0", "z1"), new int[][] {{3, 9}}));
    assertEquals("Votes, as shaded cells. scale: z0 3, z1 9.", table);
    BufferedImage plain = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
    assertEquals("picture of 3 by 2 pixels", Pictures.description(plain));
    assertTrue(Pictures.html(Pictures.described(plain, "a \"b\"")).contains("a &quot;b&quot;"));
  }

  @Test
  void barsSayWhatIsNotDefined() {
    double[] values = {.5, Double.NaN};
    BufferedImage picture =
        Plots.bars("Score", List.of("VAE", "AAE"), values, new double[] {.25, 0});
    String words = Pictures.description(picture);
    assertEquals("Score, as bars. VAE 0.5 plus or minus 0.25; AAE not defined.", words);
    // The bar of 0.5 reaches two thirds of the height, because the whisker ends at 0.75.
    int blue = 0;
    BufferedImage points = Points.of(picture);
    for (int y = 0; y < points.getHeight(); y++) {
      blue += points.getRGB(200, y) == Theme.series(0).getRGB() ? 1 : 0;
    }
    assertTrue(blue > 200 && blue < 260, "was " + blue);
  }

  @Test
  void numbersAreShort() {
    assertEquals("0.123", Words.number(.12345));
    assertEquals("12.3", Words.number(12.345));
    assertEquals("1235", Words.number(1234.5));
    assertEquals("100", Words.number(100));
    assertEquals("4", Words.number(4));
    assertEquals("1e-4", Words.number(1e-4));
    assertEquals("-2.5e-7", Words.number(-2.5e-7));
    assertEquals("1.5e12", Words.number(1.5e12));
    assertEquals("0", Words.number(0));
    assertEquals("\u2013", Words.number(Double.NaN));
  }
}
