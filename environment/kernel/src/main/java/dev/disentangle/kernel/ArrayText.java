package dev.disentangle.kernel;

import java.lang.reflect.Array;

/** Arrays as text, with the middle left out when they are long. */
final class ArrayText {

  private static final int MAX_ELEMENTS = 40;
  private static final int SHOWN_AT_END = 3;

  private ArrayText() {}

  static String of(Object array) {
    int length = Array.getLength(array);
    var text = new StringBuilder("[");
    for (int i = 0; i < length; i++) {
      if (length > MAX_ELEMENTS && i == MAX_ELEMENTS - SHOWN_AT_END) {
        text.append("..., ");
        i = length - SHOWN_AT_END;
      }
      Object element = Array.get(array, i);
      boolean nested = element != null && element.getClass().isArray();
      text.append(nested ? of(element) : element).append(i < length - 1 ? ", " : "");
    }
    text.append(']');
    return length > MAX_ELEMENTS ? text + " (" + length + " elements)" : text.toString();
  }
}
