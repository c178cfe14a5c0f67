package dev.disentangle.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.random.RandomGenerator;

/**
 * A decoder with one learned number of its own, given as one more channel that holds it at every
 * pixel. So a likelihood can learn a constant, such as one variance for all pixels, together with
 * the decoder's weights.
 */
public final class LearnedPlane extends AbstractBlock implements SeededBlock {

  private static final byte VERSION = 1;

  private final Block decoder;
  private final Parameter value;
  private final Shape input;

  /**
   * Makes a block whose weights have no values yet.
   *
   * @param decoder gives {@code [batch, channels, height, width]}
   * @param latents number of the decoder's inputs
   */
  public LearnedPlane(Block decoder, int latents) {
    super(VERSION);
    this.decoder = addChildBlock("decoder", decoder);
    this.value =
        addParameter(Parameter.builder().setName("value").setType(Parameter.Type.OTHER).build());
    this.input = new Shape(1, latents);
  }

  @Override
  public void initialize(NDManager manager, RandomGenerator random) {
    if (decoder instanceof SeededBlock seeded) {
      seeded.initialize(manager, random);
    } else {
      decoder.initialize(manager, DataType.FLOAT32, input);
    }
    value.setArray(manager.zeros(new Shape(1)));
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputShapes) {
    // Weights that have values already keep them.
    decoder.initialize(manager, type, inputShapes);
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray outputs = decoder.forward(store, inputs, training).singletonOrThrow();
    Shape shape = outputs.getShape();
    NDArray plane =
        store
            .getValue(value, outputs.getDevice(), training)
            .reshape(1, 1, 1, 1)
            .broadcast(shape.get(0), 1, shape.get(2), shape.get(3));
    return new NDList(outputs.concat(plane, 1));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    Shape shape = decoder.getOutputShapes(inputShapes)[0];
    return new Shape[] {new Shape(shape.get(0), shape.get(1) + 1, shape.get(2), shape.get(3))};
  }
}
