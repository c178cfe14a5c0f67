package dev.disentangle.data;

import java.util.ArrayList;
import java.util.List;

/**
 * What a method may know beside the images: which factor is the label, and of how many images.
 *
 * <p>{@code Labels.of("digit").known(100)} hides the digits of all images but 100, chosen at random
 * but balanced over the classes as in Kingma, Rezende, Mohamed and Welling 2014 ("Semi-supervised
 * Learning with Deep Generative Models", section 4): every class gets the same number, give or take
 * one where the number of classes does not divide, and a class with too few images gives all it has
 * and leaves the rest to the others. With the same seed, what is known of few stays known when more
 * are.
 *
 * @param factor name of the factor that is the label
 * @param known how many images' labels are known, or -1 where {@code share} says it
 * @param share which part of the images' labels are known, in [0, 1]; rounded to whole images
 * @param seed the seed of the choice
 */
public record Labels(String factor, int known, double share, long seed) {

  private static final int BY_SHARE = -1;

  /**
   * Checks the components.
   *
   * @throws IllegalArgumentException if {@code factor} is blank, {@code known} is less than -1 or
   *     {@code share} is not in [0, 1]
   */
  public Labels {
    if (factor.isBlank()) {
      throw new IllegalArgumentException("factor must be the name of a factor, was blank");
    }
    if (known < BY_SHARE) {
      throw new IllegalArgumentException("known must be at least 0, was " + known);
    }
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("share must be in [0, 1], was " + share);
    }
  }

  /**
   * Makes a factor the label, known of all images.
   *
   * @param factor the factor's name, such as {@code digit}
   * @return the labels, seed 0
   * @throws IllegalArgumentException if {@code factor} is blank
   */
  public static Labels of(String factor) {
    return new Labels(factor, BY_SHARE, 1, 0);
  }

  /**
   * Hides the labels of all but some images.
   *
   * @param images how many stay known, at least 0; {@link #on} checks that there are as many
   * @return the labels
   * @throws IllegalArgumentException if {@code images} is negative
   */
  public Labels known(int images) {
    if (images < 0) {
      throw new IllegalArgumentException("known must be at least 0, was " + images);
    }
    return new Labels(factor, images, 1, seed);
  }

  /**
   * Hides the labels of all but a part of the images.
   *
   * @param part which part stays known, in [0, 1]
   * @return the labels
   * @throws IllegalArgumentException if {@code part} is not in [0, 1]
   */
  public Labels share(double part) {
    return new Labels(factor, BY_SHARE, part, seed);
  }

  /**
   * Chooses other images.
   *
   * @param other the seed of the choice
   * @return the labels
   */
  public Labels seed(long other) {
    return new Labels(factor, known, share, other);
  }

  /**
   * Takes the labels of a data set and hides what is to be hidden.
   *
   * @param data the data set
   * @return for each of its images a class, or that it is hidden
   * @throws IllegalArgumentException if the data set has no factors, none of them has the name, or
   *     there are fewer images than labels to be known
   */
  public KnownLabels on(ImageData data) {
    Factors factors =
        data.factors()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        data.name()
                            + " has no factors, and so no labels "
                            + factor
                            + "; give it some, such as a CSV file with ImageFolder.read"));
    int column = column(data, factors);
    int size = data.size();
    if (known > size) {
      throw new IllegalArgumentException(
          "known must be in [0, " + size + "] for " + data.name() + ", was " + known);
    }
    int count = known == BY_SHARE ? (int) Math.round(share * size) : known;
    int[] classes = new int[size];
    for (int image = 0; image < size; image++) {
      classes[image] = factors.value(image, column);
    }
    return KnownLabels.balanced(factor, factors.classes(column), classes, count, seed);
  }

  private int column(ImageData data, Factors factors) {
    List<String> names = new ArrayList<>();
    for (int f = 0; f < factors.count(); f++) {
      names.add(factors.name(f));
    }
    int column = names.indexOf(factor);
    if (column < 0) {
      throw new IllegalArgumentException(
          data.name() + " has no factor named " + factor + "; it has " + names);
    }
    return column;
  }
}
