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
 * @param factorNames names of a full grid's factors; empty where the images are none
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
    FactorSpace grid = data.factors().orElse(null) instanceof FactorSpace space ? space : null;
    List<String> names = grid == null ? List.of() : grid.names();
    List<Integer> sizes =
        grid == null
            ? List.of()
            : IntStream.range(0, grid.count()).mapToObj(grid::classes).toList();
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
    return factorNames.isEmpty()
        ? Optional.empty()
        : Optional.of(FactorSpace.of(factorNames, sizes));
  }
}
