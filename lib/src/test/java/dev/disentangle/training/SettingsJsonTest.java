package dev.disentangle.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.disentangle.model.Architectures;
import dev.disentangle.model.Likelihood;
import dev.disentangle.objective.Aae;
import dev.disentangle.objective.BetaTcVae;
import dev.disentangle.objective.CapacityVae;
import dev.disentangle.objective.DcIgn;
import dev.disentangle.objective.DipVae;
import dev.disentangle.objective.FactorVae;
import dev.disentangle.objective.InfoGan;
import dev.disentangle.objective.InfoWganGp;
import dev.disentangle.objective.Objective;
import dev.disentangle.objective.Vae;
import dev.disentangle.objective.WaeGan;
import dev.disentangle.objective.WaeMmd;
import dev.disentangle.tensor.Adam;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SettingsJsonTest {

  static Stream<Objective> methods() {
    return Stream.of(
        new Vae(),
        new CapacityVae(),
        new FactorVae(35),
        new BetaTcVae(6),
        new DipVae(DipVae.Version.II),
        new Aae(),
        new WaeMmd(10),
        new WaeGan(10),
        new InfoGan(2, 3),
        new InfoWganGp(2, 10),
        new DcIgn());
  }

  private static Settings settings(Objective method) {
    return new Settings(
        method,
        10,
        64,
        Long.MIN_VALUE,
        Architectures.paper(),
        method.defaultPosterior(),
        method.defaultPrior(),
        new Likelihood.Gaussian(0.1),
        20,
        500,
        34_560,
        new ScoreSchedule(2_500, List.of("mig", "dci"), 1_000));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void settingsComeBackEqual(Objective method) {
    Settings settings = settings(method);
    String text = SettingsJson.encode(settings, Settings.class).toString();
    assertEquals(settings, SettingsJson.decode(JsonParser.parseString(text), Settings.class));
  }

  @Test
  void settingsOfBeforeThereWereSchedulesAreRead() {
    Settings settings = settings(new Vae());
    JsonObject json = JsonParser.parseString(settings.toJson()).getAsJsonObject();
    json.remove("scoreSchedule");
    assertEquals(ScoreSchedule.none(), Settings.fromJson(json.toString()).scoreSchedule());
  }

  /** What records may hold. */
  private record Everything(
      double bound, float small, Long big, List<Adam> list, Likelihood absent, Shade shade) {}

  private enum Shade {
    LIGHT,
    DARK
  }

  @Test
  void numbersListsEnumsAndAbsentValuesComeBackEqual() {
    Everything value =
        new Everything(
            Double.POSITIVE_INFINITY, 0.1f, 1L << 60, List.of(Adam.of(0.1)), null, Shade.DARK);
    JsonElement json = JsonParser.parseString(SettingsJson.encode(value, Object.class).toString());
    assertEquals(value, SettingsJson.decode(json, Object.class));
  }

  @Test
  void impossibleValuesAreNamed() {
    JsonObject json = (JsonObject) SettingsJson.encode(settings(new Vae()), Settings.class);
    json.addProperty("batchSize", 1);
    assertFails("batchSize must be at least 2", json);
    json.remove("batchSize");
    assertFails("Settings lacks batchSize", json);
    json.addProperty("class", "no.such.Settings");
    assertFails("does not know the class no.such.Settings", json);
  }

  private static void assertFails(String part, JsonObject json) {
    Throwable error =
        assertThrows(
            IllegalArgumentException.class, () -> SettingsJson.decode(json, Settings.class));
    assertTrue(error.getMessage().contains(part), error.getMessage());
  }
}
