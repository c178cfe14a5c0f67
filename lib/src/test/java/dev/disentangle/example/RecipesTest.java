package dev.disentangle.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.data.DSprites;
import dev.disentangle.objective.FactorVae;
import dev.disentangle.plot.Explorer;
import dev.disentangle.plot.Pictures;
import dev.disentangle.training.TrainedModel;
import dev.disentangle.training.Training;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

/** A stranger's afternoon: the page's recipes as they are, and working. */
class RecipesTest {

  private static final int COUNT = 64;

  @TempDir Path folder;

  @Test
  void thePageShowsTheLinesThatAreTested() throws IOException {
    String source = Files.readString(Path.of("src/test/java/dev/disentangle/example/Recipes.java"));
    String page = Files.readString(Path.of("README.md"));
    Matcher recipe =
        Pattern.compile(" {4}// begin\n(.*?) {4}// end\n", Pattern.DOTALL).matcher(source);
    int count = 0;
    while (recipe.find()) {
      String lines =
          recipe
              .group(1)
              .lines()
              .map(line -> line.isBlank() ? "" : line.substring(4))
              .collect(Collectors.joining("\n"));
      assertTrue(page.contains("```java\n" + lines + "\n```"), "README.md must hold\n" + lines);
      long written = lines.lines().filter(line -> !line.isBlank()).count();
      assertTrue(written <= 10, "at most ten lines, were " + written);
      count++;
    }
    assertEquals(8, count);
  }

  /** Squares of growing size, as PNG files of 30 by 20 pixels with a CSV of their size. */
  private void writePictures() throws IOException {
    StringBuilder csv = new StringBuilder("file,size,shade\n");
    for (int i = 0; i < COUNT; i++) {
      BufferedImage picture = new BufferedImage(30, 20, BufferedImage.TYPE_INT_RGB);
      int size = 2 + i % 8;
      int grey = 100 + 20 * (i / 8);
      for (int p = 0; p < size * size; p++) {
        picture.setRGB(10 + p % size, 5 + p / size, grey << 16 | grey << 8 | grey);
      }
      String name = "picture-%02d.png".formatted(i);
      Pictures.save(picture, folder.resolve(name));
      csv.append(name).append(',').append(size).append(',').append(grey).append('\n');
    }
    Files.writeString(folder.resolve("factors.csv"), csv);
  }

  @Test
  void ownPictures() throws IOException {
    writePictures();
    Table scores = Recipes.ownPictures(folder, 2);
    assertTrue(scores.rowCount() > 5, scores.printAll());
  }

  @Test
  void largePictures() throws IOException {
    writePictures();
    BufferedImage pairs = Recipes.largePictures(folder, 2);
    String words = Pictures.description(pairs);
    assertTrue(words.startsWith("4 images of the data above their reconstructions by VAE"), words);
  }

  private void writeIdx(String name, int[] shape, byte[] values) throws IOException {
    ByteBuffer file = ByteBuffer.allocate(4 + 4 * shape.length + values.length);
    file.put(new byte[] {0, 0, 8, (byte) shape.length});
    for (int size : shape) {
      file.putInt(size);
    }
    file.put(values);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(file.array());
    }
    Files.write(folder.resolve(name), bytes.toByteArray());
  }

  @Test
  void digits() throws IOException {
    byte[] pixels = new byte[COUNT * 28 * 28];
    byte[] labels = new byte[COUNT];
    for (int i = 0; i < COUNT; i++) {
      labels[i] = (byte) (i % 10);
      Arrays.fill(pixels, i * 784 + 28 * (i % 10), i * 784 + 28 * (i % 10 + 5), (byte) 255);
    }
    writeIdx("train-images-idx3-ubyte.gz", new int[] {COUNT, 28, 28}, pixels);
    writeIdx("train-labels-idx1-ubyte.gz", new int[] {COUNT}, labels);
    List<BufferedImage> pictures = Recipes.digits(folder, 2);
    assertTrue(Pictures.description(pictures.get(0)).startsWith("Map of 15 by 15 decoded images"));
    assertTrue(Pictures.description(pictures.get(1)).contains("by digit: 0 around "));
    assertTrue(Files.size(folder.resolve("groups.png")) > 1_000);
  }

  @Test
  void ownMethod() {
    try (Training training = Recipes.ownMethod(DSprites.small(), 1)) {
      assertEquals("VAE with squared KL", training.name());
      assertEquals(1, training.step());
    }
  }

  @Test
  void trained() throws IOException {
    BufferedImage rows = Recipes.trained(folder);
    String words = Pictures.description(rows);
    assertTrue(words.startsWith("Traversal, one row per latent"), words);
    assertTrue(Files.size(folder.resolve("factorvae.html")) > 100_000);
  }

  /** One process saves, another one goes on. */
  @Test
  void saveAndGoOn() throws IOException, InterruptedException {
    Path saved = folder.resolve("run");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Today.class.getName(),
                saved.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    assertTrue(process.waitFor(3, TimeUnit.MINUTES));
    assertEquals(0, process.exitValue(), Files.readString(folder.resolve("log")));
    try (TrainedModel model = Recipes.tomorrow(new Wave(), saved, 2);
        Training same = Training.open(saved, new Wave());
        Training whole = Training.of(new FactorVae(10), new Wave()).latents(4).seed(1).build()) {
      whole.run(5);
      assertEquals(5, same.step());
      // What was saved and what was never stopped are the same model to the last bit.
      assertEquals(whole.model().decode(new float[1][4]), model.decode(new float[1][4]));
    }
  }

  /** The process that saves. */
  static final class Today {
    private Today() {}

    /** Trains three steps and saves. */
    public static void main(String[] arguments) throws IOException {
      Recipes.today(new Wave(), Path.of(arguments[0]), 3);
    }
  }

  @Test
  void colourPage() throws IOException {
    Explorer explorer = Recipes.colourPage(folder, 1);
    assertTrue(explorer.toHtml().contains("kind: 'transposed'"), "decodes in the page");
    String page = Files.readString(folder.resolve("scenes.html"));
    assertTrue(page.contains("Each slider covers the values that its latent takes"), "ranges");
  }
}
