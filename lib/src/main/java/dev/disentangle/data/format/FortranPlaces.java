package dev.disentangle.data.format;

/**
 * Walks through an array with the first index varying fastest, and says where each element lies
 * when the last index does.
 */
final class FortranPlaces {

  private final int[] shape;
  private final int[] strides;
  private final int[] index;
  private int place;

  FortranPlaces(int[] shape) {
    this.shape = shape;
    this.index = new int[shape.length];
    this.strides = new int[shape.length];
    int stride = 1;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= shape[axis];
    }
  }

  int next() {
    int current = place;
    for (int axis = 0; axis < shape.length; axis++) {
      place += strides[axis];
      if (++index[axis] < shape[axis]) {
        break;
      }
      place -= shape[axis] * strides[axis];
      index[axis] = 0;
    }
    return current;
  }
}
