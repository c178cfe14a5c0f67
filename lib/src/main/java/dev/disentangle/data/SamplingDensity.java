package dev.disentangle.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Thins out a full grid of factors, to ask how densely factors must be sampled before a model
 * disentangles them, as Higgins et al. 2017 do ("beta-VAE: Learning Basic Visual Concepts with a
 * Constrained Variational Framework").
 */
public final class SamplingDensity {

  private SamplingDensity() {}

  /**
   * Keeps every n-th class of each factor, beginning with the first.
   *
   * @param data a data set whose factors form a full grid
   * @param steps one step per factor; 1 keeps all classes
   * @return the images whose every class is kept; their factors form a grid again, without factors
   *     of which one class is left
   * @throws IllegalArgumentException if the factors form no grid, or a step is not in {@code [1,
   *     classes]}, or only one image is left
   */
  public static Subset everyNth(ImageData data, int... steps) {
    FactorSpace space = space(data);
    if (steps.length != space.count()) {
      throw new IllegalArgumentException(
          "steps must have one entry per factor of " + space + ", was " + Arrays.toString(steps));
    }
    for (int f = 0; f < steps.length; f++) {
      if (steps[f] < 1 || steps[f] > space.classes(f)) {
        throw new IllegalArgumentException(
            String.format(
                "step of %s must be in [1, %d], was %d",
                space.name(f), space.classes(f), steps[f]));
      }
    }
    int[] kept =
        IntStream.range(0, space.size()).filter(image -> isKept(space, image, steps)).toArray();
    String description = "every n-th class, steps " + Arrays.toString(steps);
    return Subset.of(data, description, thinned(space, steps), kept);
  }

  private static FactorSpace thinned(FactorSpace space, int[] steps) {
    List<String> names = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    for (int f = 0; f < steps.length; f++) {
      int classes = (space.classes(f) - 1) / steps[f] + 1;
      if (classes > 1) {
        names.add(space.name(f));
        sizes.add(classes);
      }
    }
    return FactorSpace.of(names, sizes.stream().mapToInt(Integer::intValue).toArray());
  }

  private static boolean isKept(FactorSpace space, int image, int[] steps) {
    for (int f = 0; f < steps.length; f++) {
      if (space.value(image, f) % steps[f] != 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Keeps points of the grid at random, whatever their factors.
   *
   * @param data any data set
   * @param fraction which part of the images to keep, in (0, 1]; rounded, and at least one
   * @param seed the seed of the choice
   * @return the images that are kept
   * @throws IllegalArgumentException if {@code fraction} is not in (0, 1]
   */
  public static Subset random(ImageData data, double fraction, long seed) {
    if (!(fraction > 0 && fraction <= 1)) {
      throw new IllegalArgumentException("fraction must be in (0, 1], was " + fraction);
    }
    return Subset.random(data, (int) Math.max(1, Math.round(fraction * data.size())), seed);
  }

  private static FactorSpace space(ImageData data) {
    if (data.factors().orElse(null) instanceof FactorSpace space && space.size() == data.size()) {
      return space;
    }
    throw new IllegalArgumentException(
        "data must have factors that form a full grid, " + data.name() + " has not");
  }
}
