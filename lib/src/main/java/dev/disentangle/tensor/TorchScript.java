package dev.disentangle.tensor;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtModel;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A few TorchScript functions, compiled from text and callable on arrays of DJL's PyTorch engine.
 *
 * <p>DJL's engine has no transposed convolution, no fused loss, no fused optimiser and no gradient
 * that can itself be differentiated; PyTorch's own interpreter, which comes with the engine's
 * native library, has them all. No Python is involved.
 *
 * <p>Functions are written as in a TorchScript archive: {@code def name(self, x: Tensor) ->
 * Tensor:} with explicit types. A call is made in the calling thread's gradient mode ({@link
 * GradientMode}), and its results belong to the manager of the first argument.
 */
public final class TorchScript implements AutoCloseable {

  private static final Map<String, TorchScript> SHARED = new ConcurrentHashMap<>();

  private final PtModel model;
  private final PtSymbolBlock module;
  private final Map<String, NDArray> markers = new ConcurrentHashMap<>();

  private TorchScript(PtModel model) {
    this.model = model;
    this.module = (PtSymbolBlock) model.getBlock();
  }

  /**
   * Compiles functions.
   *
   * @param source the functions' text, each starting at the beginning of a line
   * @return the compiled functions; the caller closes them
   * @throws IllegalArgumentException if the text does not compile; the message is PyTorch's
   */
  public static TorchScript compile(String source) {
    PtModel model = (PtModel) ai.djl.Model.newInstance("torchscript", "PyTorch");
    try {
      model.load(new ByteArrayInputStream(TorchScriptArchive.of(source)), false);
      return new TorchScript(model);
    } catch (IOException e) {
      model.close();
      throw new UncheckedIOException(e);
    } catch (MalformedModelException | RuntimeException e) {
      model.close();
      throw new IllegalArgumentException("TorchScript does not compile: " + e.getMessage(), e);
    }
  }

  /**
   * Compiles functions once per process; the same text gives the same object. They hold no data, so
   * they may stay for good.
   *
   * @param source the functions' text, each starting at the beginning of a line
   * @return the compiled functions; nobody closes them
   * @throws IllegalArgumentException if the text does not compile; the message is PyTorch's
   */
  public static TorchScript shared(String source) {
    return SHARED.computeIfAbsent(source, TorchScript::compile);
  }

  /**
   * Calls a function whose parameters are all single tensors.
   *
   * @param function the function's name
   * @param arguments one array per parameter, at least one
   * @return the results: one array, or the members of a tuple or list
   * @throws ai.djl.engine.EngineException if PyTorch reports an error
   */
  public NDList call(String function, NDArray... arguments) {
    return call(new Arguments(function).tensors(arguments));
  }

  /**
   * Calls a function.
   *
   * @param arguments the function's name and arguments
   * @return the results: one array, or the members of a tuple or list
   * @throws ai.djl.engine.EngineException if PyTorch reports an error
   */
  public NDList call(Arguments arguments) {
    // The optimising executor profiles and specialises each function anew for every mixture of
    // shapes and gradient flags, which costs seconds and gains nothing on a CPU.
    JniUtils.setGraphExecutorOptimize(false);
    NDArray method = markers.computeIfAbsent(arguments.function, this::marker);
    return IValueUtils.forward(module, arguments.list(method), true);
  }

  /** Only its name counts, by which the engine knows the function to call. */
  private NDArray marker(String function) {
    NDArray marker = model.getNDManager().create(0f);
    marker.setName("module_method:" + function);
    return marker;
  }

  @Override
  public void close() {
    model.close();
  }

  /** The name of a function and what it is called with, in the order of its parameters. */
  public static final class Arguments {

    private final String function;
    private final NDList list = new NDList();
    private final Set<NDArray> members = Collections.newSetFromMap(new IdentityHashMap<>());
    private int lists;

    /**
     * Starts an empty argument list.
     *
     * @param function the function's name
     */
    public Arguments(String function) {
      this.function = function;
    }

    /**
     * Adds single tensors.
     *
     * @param arrays one array per parameter
     * @return this
     */
    public Arguments tensors(NDArray... arrays) {
      for (NDArray array : arrays) {
        array.setName(null);
        members.add(array);
        list.add(array);
      }
      return this;
    }

    /**
     * Adds one parameter of type {@code List[Tensor]}.
     *
     * @param arrays the members, at least one
     * @return this
     * @throws IllegalArgumentException if {@code arrays} is empty
     */
    public Arguments tensorList(Iterable<NDArray> arrays) {
      String name = "list" + lists++ + "[]";
      int before = list.size();
      for (NDArray array : arrays) {
        if (!members.add(array)) {
          throw new IllegalArgumentException("an array stands twice in the call of " + function);
        }
        array.setName(name);
        list.add(array);
      }
      if (list.size() == before) {
        throw new IllegalArgumentException("a tensor list must not be empty in " + function);
      }
      return this;
    }

    private NDList list(NDArray marker) {
      NDList all = new NDList(list);
      all.add(marker);
      return all;
    }
  }
}
