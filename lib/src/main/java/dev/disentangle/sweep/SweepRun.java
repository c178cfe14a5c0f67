package dev.disentangle.sweep;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.reflect.TypeToken;
import dev.disentangle.data.store.Checksums;
import dev.disentangle.training.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One training of a sweep.
 *
 * @param id 12 hexadecimal digits that follow from all that decides the numbers: settings, seed
 *     included, steps, scores and the data's fingerprint
 * @param setting what the sweep varies, label by axis, the seed left out
 * @param settings all choices of the training
 * @param steps how many steps it takes
 * @param scores the scores that are computed at its end
 * @param source where it gets its images
 * @param fingerprint what these images are
 */
public record SweepRun(
    String id,
    Map<String, String> setting,
    Settings settings,
    long steps,
    List<String> scores,
    DataSource source,
    String fingerprint) {

  private static final String TASK = "task.json";
  private static final Gson JSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  static SweepRun of(
      Map<String, String> setting,
      Settings settings,
      long steps,
      List<String> scores,
      DataSource source,
      String fingerprint) {
    List<String> sorted = scores.stream().sorted().toList();
    String all = settings.toJson() + "\n" + steps + "\n" + sorted + "\n" + fingerprint;
    String id = Checksums.sha256(all.getBytes(StandardCharsets.UTF_8)).substring(0, 12);
    return new SweepRun(id, setting, settings, steps, List.copyOf(scores), source, fingerprint);
  }

  /** What is shown of the run, such as {@code method FactorVAE, latents 6, seed 1}. */
  String title() {
    List<String> parts = new ArrayList<>();
    setting.forEach((axis, label) -> parts.add(axis + " " + label));
    parts.add("seed " + settings.seed());
    return String.join(", ", parts);
  }

  /**
   * Names the run's own folder.
   *
   * @param sweep the sweep's folder
   * @return the folder below it that is named by the id
   */
  public Path folder(Path sweep) {
    return sweep.resolve(id);
  }

  /**
   * Writes what another process needs to do this run.
   *
   * @param folder the run's folder, which is made if need be
   * @throws IOException if it cannot be written
   * @throws IllegalArgumentException if another process cannot follow the source of images, or
   *     build the settings again
   * @see RunProcess
   */
  public void write(Path folder) throws IOException {
    JsonObject task = new JsonObject();
    task.add("setting", JSON.toJsonTree(setting));
    task.add("settings", JsonParser.parseString(settings.toJson()));
    task.addProperty("steps", steps);
    task.add("scores", JSON.toJsonTree(scores));
    task.addProperty("fingerprint", fingerprint);
    task.addProperty(
        "data",
        source
            .reference()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "another process cannot follow this source of images: give a public"
                            + " static method without parameters, as in DSprites::small, or run"
                            + " in this process with InProcess")));
    Outcome.replace(folder, TASK, JSON.toJson(task));
  }

  /** Reads what {@link #write} wrote. */
  static SweepRun read(Path folder) throws IOException {
    Path file = folder.resolve(TASK);
    try {
      JsonObject task = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
      Map<String, String> setting =
          JSON.fromJson(
              task.get("setting"), new TypeToken<LinkedHashMap<String, String>>() {}.getType());
      SweepRun run =
          of(
              setting,
              Settings.fromJson(task.get("settings").toString()),
              task.get("steps").getAsLong(),
              JSON.fromJson(task.get("scores"), new TypeToken<List<String>>() {}.getType()),
              DataSource.of(task.get("data").getAsString()),
              task.get("fingerprint").getAsString());
      if (!folder.toRealPath().endsWith(run.id())) {
        throw new IOException(
            file + " describes the run " + run.id() + ", not that of its folder: it is damaged");
      }
      return run;
    } catch (JsonParseException
        | IllegalStateException
        | IllegalArgumentException
        | UnsupportedOperationException
        | NullPointerException e) {
      throw new IOException(file + " does not describe a run: " + e.getMessage(), e);
    }
  }
}
