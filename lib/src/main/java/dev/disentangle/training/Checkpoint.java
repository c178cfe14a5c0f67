package dev.disentangle.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.disentangle.history.History;
import dev.disentangle.learner.Player;
import dev.disentangle.model.Network;
import dev.disentangle.tensor.GradientMode;
import dev.disentangle.tensor.Operations;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A training on disk: a folder with {@code run.json}, {@code history.csv} and {@code weights.npz},
 * which NumPy reads too; see {@link CheckpointFolder} for how it is written.
 */
final class Checkpoint {

  private static final String HISTORY = "history.csv";
  private static final String WEIGHTS = "weights.npz";
  private static final String SETUP = "setup";
  private static final String IMAGES = "images";
  private static final String CHECKPOINTS = "checkpoints";
  private static final String MODEL_ALONE = "modelAlone";

  private Checkpoint() {}

  static void save(Training training, Path folder) throws IOException {
    write(training, folder, arrays(training.players()), false);
  }

  /** Saves what encoding and decoding need and nothing else, in half precision. */
  static void saveModel(Training training, Path folder) throws IOException {
    write(training, folder, weights(training.autoencoder().networks()), true);
  }

  private static void write(
      Training training, Path folder, Map<String, NDArray> arrays, boolean modelAlone)
      throws IOException {
    // Files must not be left half written because somebody stops a cell.
    boolean interrupted = Thread.interrupted();
    try {
      JsonObject run = new Gson().toJsonTree(training.record()).getAsJsonObject();
      run.add(SETUP, SettingsJson.encode(training.settings(), Settings.class));
      run.add(IMAGES, SettingsJson.encode(DataOutline.of(training.data()), DataOutline.class));
      if (modelAlone) {
        run.addProperty(MODEL_ALONE, true);
      } else {
        training.checkpoints().ifPresent(c -> run.add(CHECKPOINTS, interval(c)));
      }
      Map<String, CheckpointFolder.Content> files = new LinkedHashMap<>();
      DataType type = modelAlone ? DataType.FLOAT16 : DataType.FLOAT32;
      files.put(WEIGHTS, out -> writeArrays(training.manager(), arrays, type, out));
      byte[] history = training.history().csv().getBytes(StandardCharsets.UTF_8);
      files.put(HISTORY, out -> out.write(history));
      CheckpointFolder.write(folder.toAbsolutePath().normalize(), run, files);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static JsonObject interval(Checkpoints checkpoints) {
    JsonObject interval = new JsonObject();
    interval.addProperty("everySteps", checkpoints.everySteps());
    interval.addProperty("every", checkpoints.every().toString());
    interval.addProperty("keep", checkpoints.keep());
    return interval;
  }

  /** How often the run saved itself, to go on in the same way. */
  static Checkpoints checkpoints(Path checkpoint, Path folder) throws IOException {
    JsonElement interval = CheckpointFolder.read(checkpoint).run().get(CHECKPOINTS);
    if (interval == null) {
      return Checkpoints.in(folder);
    }
    JsonObject saved = interval.getAsJsonObject();
    return new Checkpoints(
        folder,
        saved.get("everySteps").getAsLong(),
        Duration.parse(saved.get("every").getAsString()),
        saved.get("keep").getAsInt());
  }

  /** Reads and checks everything, and only then changes the training. */
  static void load(Training training, Path folder) throws IOException {
    CheckpointFolder saved = CheckpointFolder.read(folder);
    Path file = folder.resolve(CheckpointFolder.RECORD);
    if (saved.run().has(MODEL_ALONE)) {
      throw new IOException(
          folder
              + " holds a model alone, without what going on with its training needs;"
              + " TrainedModel.open opens it");
    }
    RunRecord record = RunRecord.read(file);
    requireSameSettings(training.record().settings(), record.settings());
    for (Player player : training.players()) {
      if (!record.optimizerSteps().containsKey(player.name())) {
        throw new IOException(
            file
                + " has no optimizerSteps of the "
                + player.name()
                + ", only of "
                + record.optimizerSteps().keySet());
      }
    }
    History history = History.readCsv(saved.file(HISTORY));
    if (history.lastStep() > record.step()) {
      throw new IOException(
          saved.file(HISTORY)
              + " goes to step "
              + history.lastStep()
              + ", the run to "
              + record.step());
    }
    Path weights = saved.file(WEIGHTS);
    try (NDManager scope = training.manager().newSubManager()) {
      Map<String, NDArray> live = arrays(training.players());
      assign(live, read(scope, weights, live));
    }
    training.players().forEach(p -> p.optimizer().setStep(record.optimizerSteps().get(p.name())));
    training.goOn(
        record.step(), record.seconds(), history, record.partialSums(), record.partialCount());
  }

  /** Reads only these networks' weights. */
  static void loadNetworks(List<Network> networks, NDManager manager, Path folder)
      throws IOException {
    Path weights = CheckpointFolder.read(folder).file(WEIGHTS);
    try (NDManager scope = manager.newSubManager()) {
      Map<String, NDArray> live = weights(networks);
      assign(live, read(scope, weights, live));
    }
  }

  /**
   * Builds the settings that a checkpoint was saved with.
   *
   * @throws IOException if the checkpoint cannot be read
   * @throws IllegalArgumentException if they cannot be built again; the message says what to do
   */
  static Settings settings(Path folder) throws IOException {
    return (Settings) decode(folder, SETUP, Settings.class);
  }

  /** What a checkpoint says of its data set; throws as {@link #settings}. */
  static DataOutline images(Path folder) throws IOException {
    return (DataOutline) decode(folder, IMAGES, DataOutline.class);
  }

  private static Object decode(Path folder, String name, Class<?> type) throws IOException {
    CheckpointFolder saved = CheckpointFolder.read(folder);
    Object value;
    try {
      value = SettingsJson.decode(saved.run().get(name), type);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the settings in "
              + folder.resolve(CheckpointFolder.RECORD)
              + " cannot be built again: "
              + e.getMessage()
              + ". Give them yourself: Training.of(method, data)...build().load(folder)",
          e);
    }
    if (value == null) {
      throw new IOException(folder.resolve(CheckpointFolder.RECORD) + " has no " + name);
    }
    return value;
  }

  private static void requireSameSettings(Map<String, String> own, Map<String, String> saved) {
    for (Map.Entry<String, String> setting : own.entrySet()) {
      String other = saved.get(setting.getKey());
      if (!setting.getValue().equals(other)) {
        throw new IllegalArgumentException(
            "the checkpoint was saved with "
                + setting.getKey()
                + " "
                + other
                + ", this training has "
                + setting.getValue());
      }
    }
  }

  /** Writes arrays, those of numbers with a fraction in the given type. */
  private static void writeArrays(
      NDManager manager, Map<String, NDArray> arrays, DataType type, OutputStream out)
      throws IOException {
    try (NDManager scope = manager.newSubManager()) {
      NDList copies = new NDList();
      for (Map.Entry<String, NDArray> entry : arrays.entrySet()) {
        NDArray copy = GradientMode.paused(() -> Operations.contiguous(entry.getValue()));
        copy.attach(scope);
        if (copy.getDataType() == DataType.FLOAT32 && type != DataType.FLOAT32) {
          copy = copy.toType(type, false);
        }
        copy.setName(entry.getKey());
        copies.add(copy);
      }
      copies.encode(out, NDList.Encoding.NPZ);
    }
  }

  /** Reads the arrays of these names; they must have the shapes and types of the live ones. */
  private static Map<String, NDArray> read(NDManager scope, Path file, Map<String, NDArray> live)
      throws IOException {
    Map<String, NDArray> byName = new HashMap<>();
    try (InputStream in = Files.newInputStream(file)) {
      for (NDArray array : NDList.decode(scope, in)) {
        // Those of a model alone are in half precision.
        boolean half = array.getDataType() == DataType.FLOAT16;
        byName.put(array.getName(), half ? array.toType(DataType.FLOAT32, false) : array);
      }
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new IOException(file + " is not a npz file of weights: " + e.getMessage(), e);
    }
    for (Map.Entry<String, NDArray> entry : live.entrySet()) {
      NDArray source = byName.get(entry.getKey());
      NDArray target = entry.getValue();
      if (source == null
          || !source.getShape().equals(target.getShape())
          || source.getDataType() != target.getDataType()) {
        throw new IOException(
            file
                + " must hold "
                + entry.getKey()
                + " of shape "
                + target.getShape()
                + " and type "
                + target.getDataType()
                + (source == null
                    ? ", which is missing"
                    : ", had " + source.getShape() + " and " + source.getDataType()));
      }
    }
    return byName;
  }

  private static void assign(Map<String, NDArray> live, Map<String, NDArray> saved) {
    live.forEach((name, array) -> Operations.assign(array, saved.get(name)));
  }

  /** All arrays that a checkpoint holds: weights and the optimisers' moments. */
  private static Map<String, NDArray> arrays(List<Player> players) {
    List<Network> networks = players.stream().flatMap(p -> p.networks().stream()).toList();
    Map<String, NDArray> arrays = weights(networks);
    for (Player player : players) {
      int i = 0;
      for (NDArray moment : player.optimizer().moments()) {
        arrays.put(player.name() + "/moment/" + i++, moment);
      }
    }
    return arrays;
  }

  private static Map<String, NDArray> weights(List<Network> networks) {
    Map<String, NDArray> arrays = new LinkedHashMap<>();
    networks.forEach(network -> arrays.putAll(network.weights()));
    return arrays;
  }
}
