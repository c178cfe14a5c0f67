package dev.disentangle.data;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * A full grid of factors, such as dSprites' 3 shapes x 6 scales x 40 orientations x 32 x 32
 * positions: every combination of classes is one image, and the last factor varies fastest.
 */
public final class FactorSpace implements Factors {

  private final List<String> names;
  private final int[] sizes;
  private final int[] strides;
  private final int size;

  private FactorSpace(List<String> names, int[] sizes) {
    this.names = names;
    this.sizes = sizes;
    this.strides = new int[sizes.length];
    int stride = 1;
    for (int f = sizes.length - 1; f >= 0; f--) {
      strides[f] = stride;
      stride = Math.multiplyExact(stride, sizes[f]);
    }
    this.size = stride;
  }

  /**
   * Makes a grid.
   *
   * @param names one distinct name per factor, slowest first
   * @param sizes how many classes each factor has, in the same order
   * @return the grid
   * @throws IllegalArgumentException if there is no factor, the lengths differ, a name repeats or a
   *     size is less than 1
   * @throws ArithmeticException if the grid has more than 2<sup>31</sup> - 1 points
   */
  public static FactorSpace of(List<String> names, int... sizes) {
    if (names.isEmpty() || names.size() != sizes.length) {
      throw new IllegalArgumentException(
          "names and sizes must have one entry per factor, were "
              + names.size()
              + " names and "
              + sizes.length
              + " sizes");
    }
    if (new HashSet<>(names).size() != names.size()) {
      throw new IllegalArgumentException("names must differ, were " + names);
    }
    for (int f = 0; f < sizes.length; f++) {
      if (sizes[f] < 1) {
        throw new IllegalArgumentException(
            "size of factor " + names.get(f) + " must be at least 1, was " + sizes[f]);
      }
    }
    return new FactorSpace(List.copyOf(names), sizes.clone());
  }

  /**
   * Returns the number of points of the grid.
   *
   * @return the product of all sizes
   */
  @Override
  public int size() {
    return size;
  }

  @Override
  public int count() {
    return sizes.length;
  }

  @Override
  public String name(int factor) {
    return names.get(factor);
  }

  /**
   * Returns all names, slowest factor first.
   *
   * @return an immutable list
   */
  public List<String> names() {
    return names;
  }

  @Override
  public int classes(int factor) {
    return sizes[factor];
  }

  @Override
  public int value(int image, int factor) {
    Objects.checkIndex(image, size);
    return image / strides[factor] % sizes[factor];
  }

  /**
   * Finds a factor by its name.
   *
   * @param name the name
   * @return its position, from 0
   * @throws IllegalArgumentException if no factor has that name
   */
  public int factor(String name) {
    int position = names.indexOf(name);
    if (position < 0) {
      throw new IllegalArgumentException("no factor is named " + name + "; there are " + names);
    }
    return position;
  }

  /**
   * Returns all classes of one point.
   *
   * @param index index of the point
   * @return one class per factor
   * @throws IndexOutOfBoundsException if {@code index} is not in {@code [0, size())}
   */
  public int[] values(int index) {
    int[] values = new int[sizes.length];
    for (int f = 0; f < sizes.length; f++) {
      values[f] = value(index, f);
    }
    return values;
  }

  /**
   * Returns the index of a point.
   *
   * @param values one class per factor
   * @return its index
   * @throws IllegalArgumentException if the number of values is wrong
   * @throws IndexOutOfBoundsException if a class is out of its factor's range
   */
  public int index(int... values) {
    if (values.length != sizes.length) {
      throw new IllegalArgumentException(
          "values must have one class per factor " + names + ", was " + values.length + " long");
    }
    int index = 0;
    for (int f = 0; f < sizes.length; f++) {
      index += Objects.checkIndex(values[f], sizes[f]) * strides[f];
    }
    return index;
  }

  /**
   * Returns the index of the point that differs from another in one factor only.
   *
   * @param index the other point
   * @param factor which factor to change
   * @param value its new class
   * @return the new index
   * @throws IndexOutOfBoundsException if an argument is out of range
   */
  public int with(int index, int factor, int value) {
    Objects.checkIndex(value, sizes[factor]);
    return index + (value - value(index, factor)) * strides[factor];
  }

  /**
   * Draws points uniformly from those that share one class of one factor.
   *
   * @param factor which factor is held fixed
   * @param value its class
   * @param count how many points, drawn with replacement
   * @param random the source of randomness
   * @return indices of the points
   * @throws IndexOutOfBoundsException if {@code factor} or {@code value} is out of range
   */
  public int[] sampleFixing(int factor, int value, int count, RandomGenerator random) {
    Objects.checkIndex(factor, sizes.length);
    int[] indices = new int[count];
    for (int i = 0; i < count; i++) {
      indices[i] = with(random.nextInt(size), factor, value);
    }
    return indices;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FactorSpace space
        && names.equals(space.names)
        && java.util.Arrays.equals(sizes, space.sizes);
  }

  @Override
  public int hashCode() {
    return 31 * names.hashCode() + java.util.Arrays.hashCode(sizes);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("FactorSpace[");
    for (int f = 0; f < sizes.length; f++) {
      text.append(f == 0 ? "" : ", ").append(names.get(f)).append(' ').append(sizes[f]);
    }
    return text.append(']').toString();
  }
}
