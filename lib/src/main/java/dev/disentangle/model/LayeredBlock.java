package dev.disentangle.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.disentangle.tensor.GradientMode;
import dev.disentangle.tensor.Operations;
import dev.disentangle.tensor.TorchScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

/**
 * An ordinary DJL {@code Block} that computes a chain of {@link Layer}s in one native call.
 *
 * <p>The layers are written out as one TorchScript function. Beside DJL's own layers this saves a
 * crossing into native code per layer, and gives the transposed convolution that DJL lacks.
 */
public final class LayeredBlock extends AbstractBlock implements SeededBlock {

  private static final byte VERSION = 1;

  private final long[] input;
  private final long[] output;
  private final List<Layer> layers;
  private final List<Parameter> weights = new ArrayList<>();
  private final List<Shape> shapes = new ArrayList<>();
  private final List<Long> fanIns = new ArrayList<>();
  private final TorchScript script;
  private final TorchScript onProcessor;
  private final Optional<TorchScript> inference;
  private final InitialWeights initial;
  private final Precision precision;
  private final DataType type;

  /**
   * Makes a block whose weights have no values yet, and will get {@link InitialWeights#PYTORCH}.
   *
   * @param precision number format of the products
   * @param input shape of one input, without the batch axis
   * @param layers the layers, first to last
   * @throws IllegalArgumentException if there is no layer or a layer does not take what the one
   *     before it gives; the message names it
   */
  public LayeredBlock(Precision precision, long[] input, List<Layer> layers) {
    this(precision, InitialWeights.PYTORCH, input, layers);
  }

  /**
   * Makes a block whose weights have no values yet.
   *
   * @param precision number format of the products
   * @param initial how the initial values will be spread
   * @param input shape of one input, without the batch axis
   * @param layers the layers, first to last
   * @throws IllegalArgumentException if there is no layer or a layer does not take what the one
   *     before it gives; the message names it
   */
  public LayeredBlock(
      Precision precision, InitialWeights initial, long[] input, List<Layer> layers) {
    this(precision, initial, DataType.FLOAT32, input, layers);
  }

  /** The same with weights of another data type. */
  LayeredBlock(
      Precision precision,
      InitialWeights initial,
      DataType type,
      long[] input,
      List<Layer> layers) {
    super(VERSION);
    this.type = type;
    this.initial = initial;
    this.precision = precision;
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("a network needs at least one layer");
    }
    this.input = input.clone();
    this.layers = List.copyOf(layers);
    long[] shape = this.input;
    for (int i = 0; i < layers.size(); i++) {
      shape = append(i, shape);
    }
    this.output = shape;
    this.script = TorchScript.shared(LayeredScript.of(layers, precision));
    Set<Integer> wide = WideDense.positions(this.layers, precision, this.input);
    this.onProcessor = TorchScript.shared(LayeredScript.onProcessor(layers, precision, wide));
    this.inference = InferenceScript.compile(this.layers, precision, this.input);
  }

  private long[] append(int position, long[] shape) {
    Layer layer = layers.get(position);
    try {
      long[] next = layer.output(shape);
      for (long[] weight : layer.weights(shape)) {
        weights.add(parameter(position, weight));
        shapes.add(new Shape(weight));
        fanIns.add(layer.fanIn(shape));
      }
      return next;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "layer " + position + " " + layer + ": " + e.getMessage(), e);
    }
  }

  private Parameter parameter(int position, long[] shape) {
    boolean bias = shape.length == 1;
    return addParameter(
        Parameter.builder()
            .setName(position + (bias ? "_bias" : "_weight"))
            .setType(bias ? Parameter.Type.BIAS : Parameter.Type.WEIGHT)
            .build());
  }

  /**
   * Gives the weights the initial values of this block's {@link InitialWeights}. Kernels are laid
   * out channels last, which convolutions like best.
   *
   * @param manager owner of the weights
   * @param random source of the values
   */
  @Override
  public void initialize(NDManager manager, RandomGenerator random) {
    for (int i = 0; i < weights.size(); i++) {
      Shape shape = shapes.get(i);
      float bound = initial.bound(fanIns.get(i), shape.dimension() == 1);
      float[] values = new float[Math.toIntExact(shape.size())];
      for (int j = 0; j < values.length; j++) {
        values[j] = (2 * random.nextFloat() - 1) * bound;
      }
      weights.get(i).setArray(laidOut(manager.create(values, shape)).toType(type, false));
    }
  }

  private static NDArray laidOut(NDArray array) {
    // Both ways copy: what DJL makes from a Java array lives in the Java heap's direct memory, and
    // PyTorch's own memory is better aligned.
    try (array) {
      return array.getShape().dimension() == 4
          ? GradientMode.paused(() -> Operations.channelsLast(array))
          : array.duplicate();
    }
  }

  @Override
  protected void prepare(Shape[] inputShapes) {
    for (int i = 0; i < weights.size(); i++) {
      weights.get(i).setShape(shapes.get(i));
    }
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray x = inputs.singletonOrThrow();
    List<NDArray> arrays = new ArrayList<>(weights.size());
    for (Parameter weight : weights) {
      arrays.add(store.getValue(weight, x.getDevice(), training));
    }
    TorchScript quickest = quickest(x.getDevice().isGpu());
    return quickest.call(new TorchScript.Arguments("forward").tensors(x).tensorList(arrays));
  }

  /** XNNPACK and oneDNN compute in the processor's memory only. */
  private TorchScript quickest(boolean gpu) {
    if (gpu) {
      return script;
    }
    return GradientMode.isInference() ? inference.orElse(script) : onProcessor;
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    long batch = inputShapes[0].get(0);
    return new Shape[] {
      new Shape(LongStream.concat(LongStream.of(batch), LongStream.of(output)).toArray())
    };
  }

  /**
   * Returns the layers.
   *
   * @return first to last; the block's parameters are their weights, in the same order
   */
  public List<Layer> layers() {
    return layers;
  }

  /**
   * Writes the block as a TorchScript method {@code def NAME(self, x: Tensor) -> Tensor:}.
   *
   * @param method the method's name
   * @param weights expressions of the block's parameters, in their order, such as {@code self.w0}
   * @return the method's text, last, and before it that of helpers that it calls; other blocks may
   *     call the same ones
   * @throws IllegalArgumentException if there is not one expression per parameter
   */
  public List<String> script(String method, List<String> weights) {
    if (weights.size() != this.weights.size()) {
      throw new IllegalArgumentException(
          "weights must be " + this.weights.size() + " expressions, were " + weights.size());
    }
    return LayeredScript.method(method, layers, precision, weights);
  }

  /**
   * Returns how many multiplications one input needs, for benchmarks.
   *
   * @return multiply-adds of all convolutions and matrix products
   */
  public long multiplications() {
    return multiplications(layers.size());
  }

  /**
   * Returns how many multiplications the first layer needs, whose input needs no gradient.
   *
   * @return multiply-adds of the first layer
   */
  public long firstMultiplications() {
    return multiplications(1);
  }

  private long multiplications(int count) {
    long total = 0;
    long[] shape = input;
    for (Layer layer : layers.subList(0, count)) {
      long[] next = layer.output(shape);
      for (long[] weight : layer.weights(shape)) {
        total += weight.length == 1 ? 0 : product(weight) * positions(layer, shape, next);
      }
      shape = next;
    }
    return total;
  }

  private static long positions(Layer layer, long[] input, long[] output) {
    if (layer instanceof Layer.Convolution) {
      return output[1] * output[2];
    }
    return layer instanceof Layer.TransposedConvolution ? input[1] * input[2] : 1;
  }

  private static long product(long... sizes) {
    return LongStream.of(sizes).reduce(1, Math::multiplyExact);
  }
}
