package dev.disentangle.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.data.DSprites;
import dev.disentangle.data.ImageData;
import dev.disentangle.objective.Vae;
import dev.disentangle.plot.Pictures;
import dev.disentangle.training.Training;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExploreCommandTest {

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(Object... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    String[] texts = Arrays.stream(arguments).map(String::valueOf).toArray(String[]::new);
    return ExploreCommand.run(new PrintWriter(out, true), new PrintWriter(err, true), texts);
  }

  @Test
  void savedRunsAndTheirExportsBecomePages() throws IOException {
    ImageData data = DSprites.small();
    Path pictures = Files.createDirectory(folder.resolve("pictures"));
    for (int i = 0; i < 3; i++) {
      Pictures.save(Pictures.of(data.image(100 * i)), pictures.resolve(i + ".png"));
    }
    Path run = folder.resolve("runs/step-000000002");
    Path export = folder.resolve("model.pt");
    try (Training training =
        Training.of(new Vae(), data).latents(4).batchSize(4).measureEvery(0).build()) {
      training.run(2);
      training.save(run);
      training.model().export(export);
    }
    Path page = folder.resolve("page.html");
    assertEquals(0, run(run, pictures, "--output", page), err::toString);
    assertTrue(Files.readString(page).contains("kind: 'sigmoid'"), "it carries the decoder");
    assertTrue(out.toString().contains("4 latents of VAE, from image 0 of 3"), out::toString);
    assertEquals(0, run(folder.resolve("runs"), pictures, "--output", page, "--image", 2));
    String shape = "1," + data.shape().height() + "," + data.shape().width();
    assertEquals(0, run(export, pictures, "--shape", shape, "--output", page), err::toString);
    assertTrue(Files.readString(page).contains("model.pt"));
    assertTrue(Files.readString(page).contains("kind: 'sigmoid'"), "so does that of an export");
    assertRefused(1, "--image must be at least 0 and below 3", run, pictures, "--image", 3);
    assertRefused(2, "--shape", export, pictures);
    assertRefused(1, "no run.json", pictures, pictures);
    assertRefused(1, "found none", folder.resolve("none"), pictures);
    assertRefused(
        1, "not a TorchScript archive", pictures.resolve("0.png"), pictures, "--shape", shape);
    assertRefused(2, "expected MODEL and IMAGES", run);
  }

  @Test
  void aModelOfTheLibraryNeedsOnlyItsName() throws IOException {
    Path page = folder.resolve("page.html");
    assertEquals(0, run("factorvae-small", "--output", page, "--image", 5), err::toString);
    assertTrue(Files.readString(page).contains("kind: 'sigmoid'"), "it carries the decoder");
    assertTrue(out.toString().contains("6 latents of FactorVAE, from image 5 of"), out::toString);
    assertEquals(0, run("--models"), err::toString);
    assertTrue(out.toString().contains("factorvae-small"), out::toString);
    assertRefused(2, "name of a model of --models");
    assertRefused(1, "factorvae-small", "factorvae-tiny", folder);
  }

  private void assertRefused(int code, String message, Object... arguments) {
    assertEquals(code, run(arguments), err::toString);
    assertEquals(1, err.toString().lines().count(), err::toString);
    assertTrue(err.toString().contains(message), err::toString);
  }
}
