package dev.disentangle.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.data.Image;
import dev.disentangle.history.Terms;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tech.tablesaw.api.Table;

/** The models that come with the library. */
class ModelsTest {

  static List<String> names() {
    return Models.names();
  }

  /** Each opens, draws images of its size, and says what it is; small enough to be committed. */
  @ParameterizedTest
  @MethodSource("names")
  void eachOpensAndDraws(String name) {
    RunRecord record = Models.record(name);
    try (TrainedModel model = Models.open(name)) {
      assertEquals(record.settings().get("objective"), model.name());
      assertEquals(record.settings().get("latents"), String.valueOf(model.latents()));
      List<Image> drawn = model.sample(4, 1);
      assertEquals(model.imageShape(), drawn.get(0).shape());
      float least = 1;
      float most = 0;
      for (Image image : drawn) {
        for (float pixel : image.pixels()) {
          least = Math.min(least, pixel);
          most = Math.max(most, pixel);
        }
      }
      // Sprites are white on black; an untrained decoder's pixels are all near one half.
      assertTrue(least < 0.1 && most > 0.3, name + " draws pixels from " + least + " to " + most);
    }
    assertTrue(record.step() >= 300, name + " was trained for " + record.step() + " steps");
    assertEquals(record.step(), Models.history(name).lastStep());
    assertFalse(record.settings().get("data.fingerprint").isBlank());
  }

  @Test
  void theTableSaysWhatThereIs() {
    Table table = Models.list();
    assertEquals(Models.names(), table.stringColumn("name").asList());
    assertTrue(table.intColumn("kilobytes").max() < 2 * 1024, "a model takes over 2 MB");
    int factor = Models.names().indexOf("factorvae-small");
    assertEquals("FactorVAE", table.stringColumn("method").get(factor));
    assertEquals(
        Models.history("factorvae-small").last(Terms.RECONSTRUCTION),
        table.doubleColumn("reconstruction").get(factor),
        0.0005001);
  }
}
