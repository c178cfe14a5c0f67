package dev.disentangle.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OptionsTest {

  private static final List<String> GROUPS = List.of("data", "models", "evidence");

  @Test
  void allModelsRunUnlessSomeAreNamed() {
    assertEquals(ModelsBenchmark.names(), Options.parse(GROUPS, "models").models());
    Options some = Options.parse(GROUPS, "models", "--only", "two-stage,cvae");
    assertEquals(List.of("two-stage", "cvae"), some.models());
    assertEquals(List.of("models"), some.groups());
  }

  @Test
  void aModelThatIsNotThereIsRefusedWithThoseThatAre() {
    String message = refusal("--only", "cvae,gmvea");
    assertTrue(message.contains("gmvea"), message);
    assertTrue(message.contains("gmvae, infinite"), message);
  }

  @Test
  void anUnknownGroupAndAMissingValueAreRefused() {
    assertTrue(refusal("modles").contains("[data, models, evidence]"));
    assertEquals("--only needs a value", refusal("models", "--only"));
  }

  @Test
  void whatTakesHoursRunsOnlyWhenItIsNamed() {
    assertEquals(List.of("data", "models"), Options.parse(GROUPS).groups());
  }

  @Test
  void modelsOnMnistAreLeftOutWithoutIt(@TempDir Path folder) throws IOException {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    Report report = new Report("models", new PrintStream(printed, true, StandardCharsets.UTF_8));
    String output = folder.toString();
    ModelsBenchmark.run(
        Options.parse(GROUPS, "models", "--only", "cvae,vae-gan", "--output", output), report);
    String lines = printed.toString(StandardCharsets.UTF_8);
    assertTrue(lines.contains("left out: cvae, vae-gan; --mnist DIR"), lines);
    assertFalse(folder.resolve("models.png").toFile().exists());
  }

  private static String refusal(String... arguments) {
    return assertThrows(IllegalArgumentException.class, () -> Options.parse(GROUPS, arguments))
        .getMessage();
  }
}
