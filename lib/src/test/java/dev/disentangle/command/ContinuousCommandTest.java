package dev.disentangle.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real factors, through the command itself. */
class ContinuousCommandTest {

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return ScoreCommand.run(new PrintWriter(out), new PrintWriter(err, true), arguments);
  }

  /** An angle that never repeats, a weight of 12 values, and three shapes. */
  private Path csv() throws IOException {
    SplittableRandom random = new SplittableRandom(3);
    StringBuilder text = new StringBuilder("z0,z1,z2,angle,weight,shape\n");
    String[] shapes = {"square", "heart", "disc"};
    for (int i = 0; i < 600; i++) {
      double angle = random.nextDouble() * 360;
      double weight = random.nextInt(12) / 4.0;
      int shape = random.nextInt(3);
      text.append(
          String.format(
              Locale.ROOT,
              "%.4f,%.4f,%.4f,%.5f,%s,%s%n",
              angle / 100,
              weight + random.nextGaussian() / 10,
              shape + random.nextGaussian() / 10,
              angle,
              weight,
              shapes[shape]));
    }
    return Files.writeString(folder.resolve("codes.csv"), text);
  }

  @Test
  void whatNeverRepeatsIsANumber() throws IOException {
    String file = csv().toString();
    assertEquals(0, run(file, "--only", "mig,sap,z-max-variance"), err::toString);
    String text = out.toString();
    assertTrue(
        text.contains("real numbers angle (in 20 ranges where a score needs classes)"), text);
    assertTrue(text.matches("(?s).*mig +0\\.\\d+ +20 bins; angle in ranges .*"), text);
    assertTrue(text.matches("(?s).*sap +0\\.\\d+ +.*; angle by R\\^2 of a line .*"), text);
    assertTrue(text.matches("(?s).*z-max-variance +- +not computed: .*no classes.*"), text);
    assertEquals("", err.toString());
  }

  /** A latent that is the angle in other units lies on a line over it, from corner to corner. */
  @Test
  void thePageDrawsCodesOverNumbers() throws IOException {
    Path page = folder.resolve("page.html");
    assertEquals(
        0, run(csv().toString(), "--only", "mig", "--page", page.toString()), err::toString);
    String html = Files.readString(page);
    String figure = html.substring(html.indexOf("latent 0 over angle"));
    String[] dots = figure.substring(figure.indexOf("d=\"M") + 4).split("\"")[0].split("h0M?");
    for (String dot : dots) {
      double x = Double.parseDouble(dot.split(" ")[0]) / 300;
      double y = Double.parseDouble(dot.split(" ")[1]) / 180;
      assertEquals(1 - x, y, 1e-3);
    }
    assertEquals(400, dots.length);
    assertTrue(figure.contains(" from left to right; codes from 0.0"), figure);
  }

  @Test
  void numbersMayBeNamedAndClassesKept() throws IOException {
    String file = csv().toString();
    String[] both = {
      file, "--only", "mig", "--continuous", "angle,weight", "--information", "neighbours"
    };
    assertEquals(0, run(both), err::toString);
    assertTrue(
        out.toString().contains("10 nearest neighbours; angle, weight as numbers"), out::toString);
    assertEquals(0, run(file, "--only", "mig", "--ranges", "5"), err::toString);
    assertTrue(out.toString().contains("in 5 ranges"), out::toString);
    assertEquals(0, run(file, "--only", "mig", "--continuous", "none"), err::toString);
    assertTrue(out.toString().matches("(?s).*mig +0\\.\\d+ +20 bins  .*"), out::toString);
    assertEquals(1, run(file, "--continuous", "shape"));
    assertTrue(err.toString().contains("shape must be of finite numbers"), err::toString);
    assertEquals(1, run(file, "--continuous", "size"));
    assertTrue(err.toString().contains("was size"), err::toString);
    assertEquals(2, run(file, "--ranges", "1"));
    assertEquals(
        "error: --ranges must be at least 2, was 1; --help lists the options",
        err.toString().strip());
  }
}
