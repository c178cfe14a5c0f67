package dev.disentangle.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.history.History;
import dev.disentangle.history.Terms;
import dev.disentangle.tensor.Adam;
import dev.disentangle.training.Blobs;
import dev.disentangle.training.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The method that the library's page adds as an example: shown as it is, and working. */
class WorkedExampleTest {

  @Test
  void thePageShowsTheSourceThatIsTested() throws IOException {
    String source =
        Files.readString(Path.of("src/test/java/dev/disentangle/example/WarmUpVae.java"));
    String page = Files.readString(Path.of("README.md"));
    assertTrue(page.contains("```java\n" + source + "```"), "README.md must hold WarmUpVae.java");
  }

  @Test
  void theDivergenceIsFadedIn() {
    try (Training training =
        Training.of(new WarmUpVae(10, Adam.of(1e-3)), new Blobs())
            .latents(2)
            .batchSize(8)
            .architecture(Blobs.architecture())
            .recordEvery(1)
            .measureEvery(0)
            .build()) {
      training.run(12);
      for (int t = 0; t < 12; t++) {
        double weight = Math.min(1, t / 10.0);
        History history = training.history();
        double expected =
            history.values(Terms.RECONSTRUCTION)[t] + weight * history.values(Terms.KL)[t];
        // Sums of about 40 nats in single precision.
        assertEquals(expected, history.values(Terms.LOSS)[t], 1e-4, "step " + t);
      }
    }
    assertThrows(IllegalArgumentException.class, () -> new WarmUpVae(0, Adam.of(1e-3)));
  }
}
