package dev.disentangle.tensor;

import ai.djl.MalformedModelException;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Parameter;
import ai.djl.pytorch.engine.PtModel;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.Pair;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** A network with its weights in a TorchScript file, as {@code torch.jit.save} writes it. */
public final class TorchScriptModule implements AutoCloseable {

  private final Path file;
  private final PtModel model;

  private TorchScriptModule(Path file, PtModel model) {
    this.file = file;
    this.model = model;
  }

  /**
   * Loads a network.
   *
   * @param file the file
   * @return the network; the caller closes it
   * @throws IOException if the file is missing or no TorchScript archive
   */
  public static TorchScriptModule load(Path file) throws IOException {
    requireArchive(file);
    PtModel model = (PtModel) ai.djl.Model.newInstance("torchscript", "PyTorch");
    try (InputStream in = Files.newInputStream(file)) {
      model.load(in, false);
      return new TorchScriptModule(file, model);
    } catch (IOException e) {
      model.close();
      throw e;
    } catch (MalformedModelException | RuntimeException e) {
      model.close();
      throw new IOException(
          file
              + " is not a TorchScript archive that this PyTorch can read (torch.jit.save writes"
              + " one; a file of torch.save holds weights without their network): "
              + e.getMessage(),
          e);
    }
  }

  /** Refuses what cannot be TorchScript by its looks, before PyTorch reads it. */
  private static void requireArchive(Path file) throws IOException {
    byte[] start;
    try (InputStream in = Files.newInputStream(file)) {
      start = in.readNBytes(2);
    }
    String wrong = "no zip at all";
    if (start.length == 2 && start[0] == 'P' && start[1] == 'K') {
      try (ZipFile zip = new ZipFile(file.toFile())) {
        List<String> names = zip.stream().map(ZipEntry::getName).toList();
        if (names.stream().anyMatch(name -> name.contains("/code/"))) {
          return;
        }
        boolean pickle = names.stream().anyMatch(name -> name.endsWith("/data.pkl"));
        wrong = pickle ? "a pickle of torch.save" : "a zip of other things";
      } catch (ZipException e) {
        wrong = "a broken zip (" + e.getMessage() + ")";
      }
    } else if (start.length == 2 && start[0] == (byte) 0x80) {
      wrong = "a pickle, which may run any code when it is read";
    }
    throw new IOException(
        file
            + " is not a TorchScript archive but "
            + wrong
            + "; torch.jit.script(network).save(file) or torch.jit.trace(network,"
            + " example).save(file) in Python writes one");
  }

  /**
   * Computes one of the network's methods, without gradients and in evaluation mode.
   *
   * @param method the method's name
   * @param input its only argument
   * @return its results: one array, or the members of a tuple or list, owned as {@code input} is
   * @throws IllegalArgumentException if there is no such method or it does not take the input
   */
  public NDList call(String method, NDArray input) {
    return GradientMode.paused(
        () -> {
          JniUtils.setGraphExecutorOptimize(false);
          NDArray marker = input.getManager().create(0f);
          marker.setName("module_method:" + method);
          try {
            return IValueUtils.forward(
                (PtSymbolBlock) model.getBlock(), new NDList(input, marker), false);
          } catch (EngineException e) {
            throw new IllegalArgumentException(
                "the network in "
                    + file
                    + " has no "
                    + method
                    + " or its "
                    + method
                    + " does not take "
                    + input.getShape()
                    + ": "
                    + firstLine(e),
                e);
          }
        });
  }

  /**
   * Computes the network's {@code forward}, without gradients and in evaluation mode.
   *
   * @param input the only argument
   * @return the only result; its owner is that of {@code input}
   * @throws IllegalArgumentException if the network does not take the input or gives more than one
   *     tensor
   */
  public NDArray forward(NDArray input) {
    return GradientMode.paused(
        () -> {
          JniUtils.setGraphExecutorOptimize(false);
          NDList results;
          try {
            results =
                IValueUtils.forward((PtSymbolBlock) model.getBlock(), new NDList(input), false);
          } catch (EngineException e) {
            throw new IllegalArgumentException(
                "the network in "
                    + file
                    + " does not take "
                    + input.getShape()
                    + ": "
                    + firstLine(e),
                e);
          }
          if (results.size() != 1) {
            throw new IllegalArgumentException(
                "the network in " + file + " must give one tensor, gave " + results.size());
          }
          return results.get(0);
        });
  }

  /**
   * A weight of the network.
   *
   * @param shape lengths of the axes
   * @param values the numbers, row by row
   */
  public record Weight(long[] shape, float[] values) {}

  /**
   * Copies the network's weights of 32-bit floats.
   *
   * @return the weights by their names, such as {@code decoder.0.weight}
   */
  public Map<String, Weight> weights() {
    Map<String, Weight> weights = new LinkedHashMap<>();
    for (Pair<String, Parameter> named : ((PtSymbolBlock) model.getBlock()).getDirectParameters()) {
      NDArray array = named.getValue().getArray();
      if (array.getDataType() == DataType.FLOAT32) {
        try (NDArray rows = GradientMode.paused(() -> Operations.contiguous(array))) {
          weights.put(named.getKey(), new Weight(array.getShape().getShape(), rows.toFloatArray()));
        }
      }
    }
    return weights;
  }

  /**
   * Returns where the network came from.
   *
   * @return the file
   */
  public Path file() {
    return file;
  }

  private static String firstLine(EngineException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  /**
   * Returns an owner for inputs.
   *
   * @return a new manager, which the caller closes
   */
  public NDManager newManager() {
    return model.getNDManager().newSubManager();
  }

  @Override
  public void close() {
    model.close();
  }
}
