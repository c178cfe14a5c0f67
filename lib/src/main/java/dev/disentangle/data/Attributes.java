package dev.disentangle.data;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * What classes are made of, in zero-shot learning: some factors, whose values together are an
 * image's class. A class that no image shows still has its attributes, one-hot vectors of these
 * values one after the other.
 *
 * @param factors names of the factors
 */
public record Attributes(List<String> factors) {

  /**
   * Checks the names.
   *
   * @throws IllegalArgumentException if there is none or one stands twice
   */
  public Attributes {
    factors = List.copyOf(factors);
    if (factors.isEmpty() || new HashSet<>(factors).size() < factors.size()) {
      throw new IllegalArgumentException(
          "factors must be at least one name and each once, were " + factors);
    }
  }

  /**
   * Makes factors the attributes.
   *
   * @param factors their names
   * @return the attributes
   * @throws IllegalArgumentException if there is none or one stands twice
   */
  public static Attributes of(String... factors) {
    return new Attributes(List.of(factors));
  }

  /**
   * Returns how many values each factor has.
   *
   * @param data the data set
   * @return one number per factor
   * @throws IllegalArgumentException if the data set has no factors or none of some name
   */
  public List<Integer> sizes(ImageData data) {
    List<Integer> sizes = new ArrayList<>();
    for (String factor : factors) {
      sizes.add(Labels.of(factor).on(data).classes());
    }
    return sizes;
  }

  /**
   * Takes the classes of a data set's images: combinations are counted with the last factor running
   * fastest, those that no image shows included.
   *
   * @param data the data set
   * @return every image's class
   * @throws IllegalArgumentException if the data set has no factors or none of some name
   */
  public KnownLabels on(ImageData data) {
    int[] classes = new int[data.size()];
    int count = 1;
    for (String factor : factors) {
      KnownLabels own = Labels.of(factor).on(data);
      count = Math.multiplyExact(count, own.classes());
      for (int image = 0; image < classes.length; image++) {
        classes[image] = classes[image] * own.classes() + own.of(image);
      }
    }
    return KnownLabels.balanced(String.join(" and ", factors), count, classes, classes.length, 0);
  }

  /**
   * Writes down every class's attributes.
   *
   * @param sizes how many values each factor has, see {@link #sizes}
   * @return {@code [classes][sum of sizes]}
   */
  public static float[][] vectors(List<Integer> sizes) {
    int classes = sizes.stream().reduce(1, Math::multiplyExact);
    int length = sizes.stream().mapToInt(Integer::intValue).sum();
    float[][] vectors = new float[classes][length];
    for (int label = 0; label < classes; label++) {
      int rest = label;
      int end = length;
      for (int factor = sizes.size() - 1; factor >= 0; factor--) {
        end -= sizes.get(factor);
        vectors[label][end + rest % sizes.get(factor)] = 1;
        rest /= sizes.get(factor);
      }
    }
    return vectors;
  }
}
