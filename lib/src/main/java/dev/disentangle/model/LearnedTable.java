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
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

/**
 * A table of learned numbers: the input is one row's number per place, {@code [batch, 1]}, the
 * output these rows, {@code [batch, ...]}. Its initial values are given.
 */
public final class LearnedTable extends AbstractBlock implements SeededBlock {

  private static final byte VERSION = 1;

  private final Parameter values;
  private final float[] initial;
  private final DataType type;
  private final Shape shape;

  private LearnedTable(float[] initial, DataType type, Shape shape) {
    super(VERSION);
    this.initial = initial.clone();
    this.type = type;
    this.shape = shape;
    this.values =
        addParameter(Parameter.builder().setName("values").setType(Parameter.Type.OTHER).build());
  }

  /**
   * Makes a table with its values.
   *
   * @param name what errors and checkpoints call it
   * @param initial the values, row by row
   * @param model owner and data type of the values
   * @param row the shape of a row
   * @return the table, from row numbers to rows
   */
  public static Network of(String name, float[] initial, PriorFamily.Model model, long... row) {
    long rows = initial.length / LongStream.of(row).reduce(1, Math::multiplyExact);
    Shape shape = new Shape(LongStream.concat(LongStream.of(rows), LongStream.of(row)).toArray());
    LearnedTable block = new LearnedTable(initial, model.type(), shape);
    return Network.of(name, block, new long[] {1}, row, model.manager(), model.random());
  }

  /**
   * Looks up all rows of a table.
   *
   * @param table a table
   * @param manager owner of the result
   * @return {@code [rows, ...]}
   */
  public static NDArray all(Network table, NDManager manager) {
    long rows = table.parameters().get(0).getShape().get(0);
    return table.forward(manager.arange(0f, rows, 1f).expandDims(1));
  }

  @Override
  public void initialize(NDManager manager, RandomGenerator random) {
    values.setArray(manager.create(initial, shape).toType(type, false));
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType given, Shape... inputShapes) {
    // There are none.
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray rows = inputs.singletonOrThrow().reshape(-1).toType(DataType.INT64, false);
    NDArray table = store.getValue(values, rows.getDevice(), training);
    return new NDList(Distributions.one("rows", rows, table));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return new Shape[] {new Shape(inputShapes[0].get(0)).addAll(shape.slice(1))};
  }
}
