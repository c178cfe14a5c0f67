package dev.disentangle.sweep;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import dev.disentangle.data.store.Checksums;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What came of a run.
 *
 * @param run the run's id
 * @param setting what the sweep varies, label by axis
 * @param seed the run's seed
 * @param failure why it failed; empty if it did not
 * @param values the last value of every recorded term, averaged as in the history, then the scores;
 *     not a number where a score is undefined; empty if it failed
 * @param seconds how long training took
 */
public record Outcome(
    String run,
    Map<String, String> setting,
    long seed,
    Optional<String> failure,
    Map<String, Double> values,
    double seconds) {

  private static final String FILE = "result.json";
  private static final String DAMAGED =
      "%s is not the outcome of a run, or is damaged; delete it, and the run is done again, from"
          + " its last checkpoint";
  private static final Gson JSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  /** The file's form: numbers as text, which holds every value exactly. */
  private record Stored(
      String run,
      Map<String, String> setting,
      long seed,
      String failure,
      Map<String, String> values,
      String seconds,
      String checksum) {

    Stored withChecksum(String sum) {
      return new Stored(run, setting, seed, failure, values, seconds, sum);
    }

    /** The file's text; its checksum is that of the text without one. */
    String text() {
      byte[] bare = JSON.toJson(withChecksum("")).getBytes(StandardCharsets.UTF_8);
      return JSON.toJson(withChecksum(Checksums.sha256(bare)));
    }
  }

  /**
   * The outcome of a run that did not come to its end.
   *
   * @param run the run
   * @param reason why not
   * @return an outcome without values
   */
  public static Outcome failed(SweepRun run, String reason) {
    return new Outcome(
        run.id(), run.setting(), run.settings().seed(), Optional.of(reason), Map.of(), 0);
  }

  /**
   * The outcome of a run that was done by a process of its own, as {@link Runner}s need it.
   *
   * @param run the run
   * @param reason what {@link RunProcess#perform} returned
   * @param folder the run's folder
   * @return what the process left there; if nothing, a failure, which is left there instead
   * @throws IOException if the folder cannot be read or written
   */
  public static Outcome of(SweepRun run, Optional<String> reason, Path folder) throws IOException {
    Optional<Outcome> left = reason.isPresent() ? Optional.empty() : read(folder);
    return left.isPresent()
        ? left.get()
        : failed(run, reason.orElse("its process left no outcome")).write(folder);
  }

  /** Writes the outcome whole or not at all; a failure never takes the place of a success. */
  Outcome write(Path folder) throws IOException {
    if (failure.isPresent()) {
      // Another process may have finished what this one gave up.
      Optional<Outcome> finished = read(folder).filter(other -> other.failure().isEmpty());
      if (finished.isPresent()) {
        return finished.get();
      }
    }
    Map<String, String> texts = new LinkedHashMap<>();
    values.forEach((name, value) -> texts.put(name, value.toString()));
    Stored stored =
        new Stored(run, setting, seed, failure.orElse(null), texts, String.valueOf(seconds), "");
    replace(folder, FILE, stored.text());
    return this;
  }

  /** Writes a file of a run's folder whole or not at all. */
  static void replace(Path folder, String name, String text) throws IOException {
    Files.createDirectories(folder);
    Path part = folder.resolve(name + ".part");
    Files.writeString(part, text + "\n");
    Files.move(part, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Reads a run's outcome.
   *
   * @param folder the run's folder
   * @return the outcome; empty if it has none yet
   * @throws IOException if the file cannot be read or is not an outcome
   */
  public static Optional<Outcome> read(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      String text = Files.readString(file);
      Stored stored = JSON.fromJson(text, Stored.class);
      if (!(stored.text() + "\n").equals(text)) {
        throw new IOException(DAMAGED.formatted(file));
      }
      Map<String, Double> values = new LinkedHashMap<>();
      stored.values().forEach((name, value) -> values.put(name, Double.valueOf(value)));
      return Optional.of(
          new Outcome(
              stored.run(),
              new LinkedHashMap<>(stored.setting()),
              stored.seed(),
              Optional.ofNullable(stored.failure()),
              values,
              Double.parseDouble(stored.seconds())));
    } catch (JsonParseException
        | NumberFormatException
        | NullPointerException
        | CharacterCodingException e) {
      throw new IOException(DAMAGED.formatted(file), e);
    }
  }
}
