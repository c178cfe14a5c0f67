package dev.disentangle.data;

import dev.disentangle.data.store.Checksums;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Some images of another data set, in a chosen order; nothing is copied but their indices. */
public final class Subset implements ImageData {

  private final ImageData source;
  private final String description;
  private final Optional<Factors> factors;
  private final int[] indices;

  private Subset(ImageData source, String description, Optional<Factors> factors, int[] indices) {
    this.source = source;
    this.factors = factors;
    this.description = description;
    this.indices = indices;
  }

  /**
   * Picks images by their indices.
   *
   * @param source the other data set
   * @param description what the choice is, for tables and run records
   * @param indices which images, in order
   * @return the subset
   * @throws IllegalArgumentException if {@code indices} is empty
   * @throws IndexOutOfBoundsException if an index is not in {@code [0, source.size())}
   */
  public static Subset of(ImageData source, String description, int... indices) {
    if (indices.length == 0) {
      throw new IllegalArgumentException("indices must not be empty");
    }
    for (int index : indices) {
      Objects.checkIndex(index, source.size());
    }
    int[] own = indices.clone();
    return new Subset(
        source, description, source.factors().map(f -> new SubsetFactors(f, own)), own);
  }

  /** Picks images that form a grid of their own. */
  static Subset of(ImageData source, String description, FactorSpace space, int[] indices) {
    return new Subset(source, description, Optional.of(space), indices);
  }

  /**
   * Picks images at random, without replacement, in random order.
   *
   * @param source the other data set
   * @param count how many
   * @param seed the seed
   * @return the subset
   * @throws IllegalArgumentException if {@code count} is not in {@code [1, source.size()]}
   */
  public static Subset random(ImageData source, int count, long seed) {
    if (count < 1 || count > source.size()) {
      throw new IllegalArgumentException(
          "count must be in [1, " + source.size() + "], was " + count);
    }
    int[] order = shuffled(source.size(), seed);
    return of(source, count + " at random, seed " + seed, Arrays.copyOf(order, count));
  }

  static int[] shuffled(int size, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] order = IntStream.range(0, size).toArray();
    for (int i = size - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int other = order[j];
      order[j] = order[i];
      order[i] = other;
    }
    return order;
  }

  /**
   * Returns where an image comes from.
   *
   * @param image index of an image of this subset
   * @return its index in the source
   * @throws IndexOutOfBoundsException if {@code image} is not in {@code [0, size())}
   */
  public int sourceIndex(int image) {
    return indices[Objects.checkIndex(image, indices.length)];
  }

  @Override
  public String name() {
    return source.name() + " (" + description + ")";
  }

  @Override
  public int size() {
    return indices.length;
  }

  @Override
  public ImageShape shape() {
    return source.shape();
  }

  @Override
  public PixelKind pixelKind() {
    return source.pixelKind();
  }

  @Override
  public void read(int[] images, float[] pixels) {
    int[] inSource = new int[images.length];
    for (int i = 0; i < images.length; i++) {
      inSource[i] = sourceIndex(images[i]);
    }
    source.read(inSource, pixels);
  }

  /**
   * Returns the factors of these images.
   *
   * @return a grid where the images form one, else the source's factors with the source's classes,
   *     or empty
   */
  @Override
  public Optional<Factors> factors() {
    return factors;
  }

  @Override
  public String fingerprint() {
    MessageDigest digest = Checksums.newSha256();
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES);
    for (int index : indices) {
      digest.update(bytes.putInt(0, index).array());
    }
    return source.fingerprint()
        + "; "
        + description
        + ", SHA-256 of indices "
        + HexFormat.of().formatHex(digest.digest());
  }

  @Override
  public String toString() {
    return name() + ": " + size() + " images " + shape();
  }

  private record SubsetFactors(Factors source, int[] indices) implements Factors {
    @Override
    public int size() {
      return indices.length;
    }

    @Override
    public int count() {
      return source.count();
    }

    @Override
    public String name(int factor) {
      return source.name(factor);
    }

    @Override
    public int classes(int factor) {
      return source.classes(factor);
    }

    @Override
    public boolean isContinuous(int factor) {
      return source.isContinuous(factor);
    }

    @Override
    public double number(int image, int factor) {
      return source.number(indices[image], factor);
    }

    @Override
    public int value(int image, int factor) {
      return source.value(indices[image], factor);
    }
  }
}
