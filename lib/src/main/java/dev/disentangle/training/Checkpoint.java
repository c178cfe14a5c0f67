package dev.disentangle.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.disentangle.history.History;
import dev.disentangle.learner.Player;
import dev.disentangle.model.Network;
import dev.disentangle.tensor.GradientMode;
import dev.disentangle.tensor.Operations;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A training on disk: a folder with {@code run.json}, {@code history.csv} and {@code weights.npz},
 * which NumPy reads too.
 */
final class Checkpoint {

  private static final String RECORD = "run.json";
  private static final String HISTORY = "history.csv";
  private static final String WEIGHTS = "weights.npz";

  private Checkpoint() {}

  static void save(Training training, Path folder) throws IOException {
    Path target = folder.toAbsolutePath();
    Files.createDirectories(target.getParent());
    Path fresh = Files.createTempDirectory(target.getParent(), target.getFileName() + ".part");
    try {
      writeWeights(training, fresh.resolve(WEIGHTS));
      training.history().writeCsv(fresh.resolve(HISTORY));
      training.record().write(fresh.resolve(RECORD));
      replace(target, fresh);
    } finally {
      delete(fresh);
    }
  }

  /** Puts a complete checkpoint in place by renaming, so that none is ever half written. */
  private static void replace(Path target, Path fresh) throws IOException {
    if (Files.exists(target)) {
      if (!Files.exists(target.resolve(RECORD))) {
        throw new IOException(target + " exists and is not a checkpoint; choose another folder");
      }
      Path earlier = target.resolveSibling(target.getFileName() + ".earlier");
      delete(earlier);
      Files.move(target, earlier);
      Files.move(fresh, target);
      delete(earlier);
    } else {
      Files.move(fresh, target);
    }
  }

  private static void delete(Path folder) throws IOException {
    for (String file : List.of(WEIGHTS, HISTORY, RECORD)) {
      Files.deleteIfExists(folder.resolve(file));
    }
    Files.deleteIfExists(folder);
  }

  static void load(Training training, Path folder) throws IOException {
    RunRecord saved = RunRecord.read(folder.resolve(RECORD));
    requireSameSettings(training.record().settings(), saved.settings());
    History history = History.readCsv(folder.resolve(HISTORY));
    try (NDManager scope = training.manager().newSubManager();
        InputStream in = Files.newInputStream(folder.resolve(WEIGHTS))) {
      assign(training, NDList.decode(scope, in), folder.resolve(WEIGHTS));
    }
    training.players().forEach(p -> p.optimizer().setStep(saved.optimizerSteps().get(p.name())));
    training.resume(
        saved.step(), saved.seconds(), history, saved.partialSums(), saved.partialCount());
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

  private static void writeWeights(Training training, Path file) throws IOException {
    try (NDManager scope = training.manager().newSubManager();
        OutputStream out = Files.newOutputStream(file)) {
      NDList copies = new NDList();
      for (Map.Entry<String, NDArray> entry : arrays(training).entrySet()) {
        NDArray copy = GradientMode.paused(() -> Operations.contiguous(entry.getValue()));
        copy.attach(scope);
        copy.setName(entry.getKey());
        copies.add(copy);
      }
      copies.encode(out, NDList.Encoding.NPZ);
    }
  }

  private static void assign(Training training, NDList saved, Path file) throws IOException {
    Map<String, NDArray> byName = new HashMap<>();
    saved.forEach(array -> byName.put(array.getName(), array));
    Map<String, NDArray> live = arrays(training);
    for (Map.Entry<String, NDArray> entry : live.entrySet()) {
      NDArray source = byName.get(entry.getKey());
      if (source == null || !source.getShape().equals(entry.getValue().getShape())) {
        throw new IOException(
            file
                + " must hold "
                + entry.getKey()
                + " of shape "
                + entry.getValue().getShape()
                + (source == null ? ", which is missing" : ", had " + source.getShape()));
      }
    }
    live.forEach((name, array) -> Operations.assign(array, byName.get(name)));
  }

  /** All arrays that a checkpoint holds: weights and the optimisers' moments. */
  private static Map<String, NDArray> arrays(Training training) {
    Map<String, NDArray> arrays = new LinkedHashMap<>();
    for (Player player : training.players()) {
      for (Network network : player.networks()) {
        arrays.putAll(network.weights());
      }
      int i = 0;
      for (NDArray moment : player.optimizer().moments()) {
        arrays.put(player.name() + "/moment/" + i++, moment);
      }
    }
    return arrays;
  }
}
