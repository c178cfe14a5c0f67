package dev.disentangle.metric;

import dev.disentangle.data.FactorSpace;
import dev.disentangle.representation.Codes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Codes of a whole data set that are made from its factors instead of learned, so that everybody
 * knows how disentangled they are. Every method returns new codes:
 *
 * <pre>{@code
 * HandmadeCodes.of(space).without("orientation").turned("posX", "posY", 45).noisy(0.05, 0)
 * }</pre>
 *
 * @param names what each latent holds
 * @param values {@code [points][latents]}
 */
public record HandmadeCodes(List<String> names, float[][] values) {

  /** Keeps the names from changing. */
  public HandmadeCodes {
    names = List.copyOf(names);
  }

  /**
   * Takes the factors themselves: one latent per factor, evenly spaced from -1 to 1.
   *
   * @param space the factors
   * @return perfect codes
   */
  public static HandmadeCodes of(FactorSpace space) {
    float[][] values = new float[space.size()][space.count()];
    for (int i = 0; i < values.length; i++) {
      for (int k = 0; k < space.count(); k++) {
        int last = space.classes(k) - 1;
        values[i][k] = last == 0 ? 0 : 2f * space.value(i, k) / last - 1;
      }
    }
    return new HandmadeCodes(space.names(), values);
  }

  /**
   * Leaves a latent out.
   *
   * @param name the latent
   * @return codes with one latent less
   * @throws IllegalArgumentException if there is no such latent
   */
  public HandmadeCodes without(String name) {
    int left = position(name);
    List<String> kept = new ArrayList<>(names);
    kept.remove(left);
    float[][] fewer = new float[values.length][kept.size()];
    for (int i = 0; i < fewer.length; i++) {
      System.arraycopy(values[i], 0, fewer[i], 0, left);
      System.arraycopy(values[i], left + 1, fewer[i], left, kept.size() - left);
    }
    return new HandmadeCodes(kept, fewer);
  }

  /**
   * Adds a second latent with the same values.
   *
   * @param name the latent
   * @return codes with one latent more, named as the first with {@code again} behind it
   * @throws IllegalArgumentException if there is no such latent
   */
  public HandmadeCodes duplicated(String name) {
    int copied = position(name);
    List<String> more = new ArrayList<>(names);
    more.add(name + " again");
    float[][] longer = new float[values.length][];
    for (int i = 0; i < longer.length; i++) {
      longer[i] = Arrays.copyOf(values[i], names.size() + 1);
      longer[i][names.size()] = values[i][copied];
    }
    return new HandmadeCodes(more, longer);
  }

  /**
   * Turns the plane of two latents, so that each holds some of both.
   *
   * @param first one latent
   * @param second the other
   * @param degrees angle; 45 mixes them evenly
   * @return codes with as many latents, the two named by both
   * @throws IllegalArgumentException if there is no such latent, or the two are the same
   */
  public HandmadeCodes turned(String first, String second, double degrees) {
    int a = position(first);
    int b = position(second);
    if (a == b) {
      throw new IllegalArgumentException("first and second must differ, both were " + first);
    }
    double cosine = Math.cos(Math.toRadians(degrees));
    double sine = Math.sin(Math.toRadians(degrees));
    List<String> mixed = new ArrayList<>(names);
    mixed.set(a, first + "+" + second);
    mixed.set(b, second + "-" + first);
    float[][] turned = new float[values.length][];
    for (int i = 0; i < turned.length; i++) {
      turned[i] = values[i].clone();
      turned[i][a] = (float) (cosine * values[i][a] + sine * values[i][b]);
      turned[i][b] = (float) (cosine * values[i][b] - sine * values[i][a]);
    }
    return new HandmadeCodes(mixed, turned);
  }

  /**
   * Adds independent normal noise to every latent.
   *
   * @param deviation its standard deviation, at least 0; a factor's values run from -1 to 1
   * @param seed seed of the noise
   * @return codes with the same names
   * @throws IllegalArgumentException if {@code deviation} is negative or not finite
   */
  public HandmadeCodes noisy(double deviation, long seed) {
    if (!(deviation >= 0) || Double.isInfinite(deviation)) {
      throw new IllegalArgumentException("deviation must be at least 0, was " + deviation);
    }
    SplittableRandom random = new SplittableRandom(seed);
    float[][] noisy = new float[values.length][names.size()];
    for (int i = 0; i < noisy.length; i++) {
      for (int j = 0; j < noisy[i].length; j++) {
        noisy[i][j] = (float) (values[i][j] + deviation * random.nextGaussian());
      }
    }
    return new HandmadeCodes(names, noisy);
  }

  /**
   * Returns what scores take: codes without uncertainty.
   *
   * @return posteriors of variance 0
   */
  public Codes codes() {
    return LinearEncoder.deterministic(values);
  }

  private int position(String name) {
    int position = names.indexOf(name);
    if (position < 0) {
      throw new IllegalArgumentException("no latent is named " + name + "; there are " + names);
    }
    return position;
  }
}
