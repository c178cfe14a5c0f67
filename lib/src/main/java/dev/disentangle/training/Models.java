package dev.disentangle.training;

import dev.disentangle.history.History;
import dev.disentangle.history.Terms;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Trained models that come with the library, to be looked at without training anything: {@code
 * Models.open("factorvae-dsprites")}. Each is what {@link Training#saveModel} wrote, with its run
 * record and checksums.
 */
public final class Models {

  /** One name per line, in the order of the table. */
  private static final String INDEX = "models/index.txt";

  private static final String WEIGHTS = "weights.npz";
  private static final String HISTORY = "history.csv";

  private Models() {}

  /**
   * Lists the models.
   *
   * @return a table with {@code name}, {@code method}, {@code data}, {@code latents}, {@code
   *     steps}, {@code reconstruction} (nats per image at the end of the training; missing where
   *     the method has none) and {@code kilobytes}
   */
  public static Table list() {
    List<String> names = names();
    List<RunRecord> records = new ArrayList<>();
    double[] reconstructions = new double[names.size()];
    int[] kilobytes = new int[names.size()];
    for (int i = 0; i < reconstructions.length; i++) {
      records.add(record(names.get(i)));
      History history = history(names.get(i));
      boolean reconstructs = history.contains(Terms.RECONSTRUCTION);
      reconstructions[i] =
          reconstructs
              ? Math.round(1_000 * history.last(Terms.RECONSTRUCTION)) / 1_000.0
              : Double.NaN;
      kilobytes[i] = (bytes(names.get(i), WEIGHTS).length + 1023) / 1024;
    }
    return Table.create(
        "models",
        StringColumn.create("name", names),
        column("method", "objective", records),
        column("data", "data", records),
        column("latents", "latents", records),
        LongColumn.create("steps", records.stream().mapToLong(RunRecord::step).toArray()),
        DoubleColumn.create("reconstruction", reconstructions),
        IntColumn.create("kilobytes", kilobytes));
  }

  private static StringColumn column(String title, String setting, List<RunRecord> records) {
    return StringColumn.create(
        title, records.stream().map(record -> record.settings().get(setting)).toList());
  }

  /**
   * Returns the names.
   *
   * @return names that {@link #open} takes
   */
  public static List<String> names() {
    return new String(resource(INDEX), StandardCharsets.UTF_8).lines().toList();
  }

  /**
   * Opens a model.
   *
   * @param name one of {@link #names}
   * @return the model; the caller closes it
   * @throws IllegalArgumentException if there is no model of that name; the message lists them
   */
  public static TrainedModel open(String name) {
    requireName(name);
    try {
      // The files are inside the library's jar, and a checkpoint is a folder.
      Path folder = Files.createTempDirectory("model");
      try {
        for (String file : List.of(CheckpointFolder.RECORD, WEIGHTS, HISTORY)) {
          Files.write(folder.resolve(file), bytes(name, file));
        }
        return TrainedModel.open(folder);
      } finally {
        CheckpointFolder.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns what a model's run was.
   *
   * @param name one of {@link #names}
   * @return settings, versions and steps
   * @throws IllegalArgumentException if there is no model of that name
   */
  public static RunRecord record(String name) {
    return inFile(name, CheckpointFolder.RECORD, RunRecord::read);
  }

  /**
   * Returns what was recorded while a model was trained.
   *
   * @param name one of {@link #names}
   * @return its history
   * @throws IllegalArgumentException if there is no model of that name
   */
  public static History history(String name) {
    return inFile(name, HISTORY, History::readCsv);
  }

  /** Reads a file. */
  @FunctionalInterface
  private interface Reader<T> {
    T read(Path file) throws IOException;
  }

  private static <T> T inFile(String name, String file, Reader<T> reader) {
    requireName(name);
    try {
      Path copy = Files.createTempFile("model", file);
      try {
        return reader.read(Files.write(copy, bytes(name, file)));
      } finally {
        Files.delete(copy);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void requireName(String name) {
    List<String> names = names();
    if (!names.contains(name)) {
      throw new IllegalArgumentException("there is no model " + name + ", only " + names);
    }
  }

  private static byte[] bytes(String name, String file) {
    return resource("models/" + name + "/" + file);
  }

  private static byte[] resource(String file) {
    try (InputStream in = Models.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new FileNotFoundException(file);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("the library's file " + file + " cannot be read", e);
    }
  }
}
