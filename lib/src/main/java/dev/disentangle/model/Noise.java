package dev.disentangle.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.random.RandomGenerator;

/**
 * Random arrays from an explicit generator, so that a seed decides them.
 *
 * @param manager owner of the arrays
 * @param type data type of the arrays
 * @param random source of the numbers
 */
public record Noise(NDManager manager, DataType type, RandomGenerator random) {

  /**
   * Draws standard normal numbers.
   *
   * @param shape the shape wanted
   * @return a new array
   */
  public NDArray normal(long... shape) {
    Shape wanted = new Shape(shape);
    float[] values = new float[Math.toIntExact(wanted.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return create(values, wanted);
  }

  /**
   * Draws numbers uniformly.
   *
   * @param low lower bound, included
   * @param high upper bound, not included
   * @param shape the shape wanted
   * @return a new array
   */
  public NDArray uniform(double low, double high, long... shape) {
    Shape wanted = new Shape(shape);
    float[] values = new float[Math.toIntExact(wanted.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (low + (high - low) * random.nextFloat());
    }
    return create(values, wanted);
  }

  private NDArray create(float[] values, Shape shape) {
    return manager.create(values, shape).toType(type, false);
  }
}
