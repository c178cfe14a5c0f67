package dev.disentangle.training;

import dev.disentangle.data.FactorSpace;
import dev.disentangle.data.Factors;
import dev.disentangle.data.ImageData;
import dev.disentangle.data.ImageShape;
import dev.disentangle.data.PixelKind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a checkpoint says of the images that it was trained on, without the images: enough to build
 * the networks.
 *
 * @param name name of the data set
 * @param size number of images
 * @param shape size of every image
 * @param pixelKind what the values are
 * @param fingerprint changes whenever the images do
 * @param factorNames names of the factors; empty where none are known
 * @param factorSizes classes of each
 */
record DataOutline(
    String name,
    int size,
    ImageShape shape,
    PixelKind pixelKind,
    String fingerprint,
    List<String> factorNames,
    List<Integer> factorSizes)
    implements ImageData {

  static DataOutline of(ImageData data) {
    Factors factors = data.factors().orElse(null);
    int count = factors == null ? 0 : factors.count();
    List<String> names = IntStream.range(0, count).mapToObj(f -> factors.name(f)).toList();
    List<Integer> sizes = IntStream.range(0, count).mapToObj(f -> factors.classes(f)).toList();
    return new DataOutline(
        data.name(), data.size(), data.shape(), data.pixelKind(), data.fingerprint(), names, sizes);
  }

  /** Gives blank images: whatever networks make of them at first, saved weights replace it. */
  @Override
  public void read(int[] indices, float[] pixels) {
    Arrays.fill(pixels, 0, indices.length * shape.pixels(), 0);
  }

  @Override
  public Optional<Factors> factors() {
    int[] sizes = factorSizes.stream().mapToInt(Integer::intValue).toArray();
    if (factorNames.isEmpty()) {
      return Optional.empty();
    }
    long cells = IntStream.of(sizes).asLongStream().reduce(1, (a, b) -> a > size ? a : a * b);
    boolean grid = cells == size;
    return Optional.of(grid ? FactorSpace.of(factorNames, sizes) : new Blank());
  }

  /**
   * Names and classes of factors that are no grid, whose values are the images' own: all 0 here.
   */
  private final class Blank implements Factors {

    @Override
    public int size() {
      return size;
    }

    @Override
    public int count() {
      return factorNames.size();
    }

    @Override
    public String name(int factor) {
      return factorNames.get(factor);
    }

    @Override
    public int classes(int factor) {
      return factorSizes.get(factor);
    }

    @Override
    public int value(int image, int factor) {
      return 0;
    }
  }
}
