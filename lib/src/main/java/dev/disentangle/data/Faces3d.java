package dev.disentangle.data;

import dev.disentangle.data.format.NpyReader;
import dev.disentangle.data.store.ByteImages;
import dev.disentangle.data.store.Checksums;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * 3D Faces: rendered heads of 50 identities from 21 azimuths and 11 elevations under 11 lightings
 * (renderings of the model of Paysan et al. 2009, "A 3D Face Model for Pose and Illumination
 * Invariant Face Recognition", as used in papers on disentanglement), 127,050 grey images 64x64.
 *
 * <p>The renderings are not published freely. Whoever has them as an array of bytes [50, 21, 11,
 * 11, 64, 64], identity first, saves it in NumPy's {@code npy} format for this class; a folder of
 * pictures is read by {@link ImageFolder}.
 */
public final class Faces3d {

  private Faces3d() {}

  /**
   * Reads the images into memory, 520 MB.
   *
   * @param file an {@code npy} file of bytes [identities, azimuths, elevations, lightings, 64, 64]
   * @return the images with factors identity, azimuth, elevation and lighting, as many classes as
   *     the array has
   * @throws IOException if the file is missing, damaged, or laid out in another way
   */
  public static ImageData read(Path file) throws IOException {
    try (NpyReader array = NpyReader.open(file)) {
      array.requireShape(-1, -1, -1, -1, 64, 64);
      array.requireRowMajor();
      FactorSpace space = space(file, array.header().shape());
      ImageShape shape = new ImageShape(1, 64, 64);
      ByteImages images = ByteImages.read(shape.pixels(), space.size(), array::readBytes);
      array.end();
      return new StoredImages(
          "faces3d",
          "faces3d, SHA-256 of file " + Checksums.sha256(file),
          shape,
          images,
          PixelKind.CONTINUOUS,
          Optional.of(space));
    }
  }

  private static FactorSpace space(Path file, List<Long> shape) throws IOException {
    try {
      int[] sizes = shape.subList(0, 4).stream().mapToInt(Math::toIntExact).toArray();
      return FactorSpace.of(List.of("identity", "azimuth", "elevation", "lighting"), sizes);
    } catch (ArithmeticException | IllegalArgumentException e) {
      throw new IOException(file + ", offset 10: expected four factors, found " + shape, e);
    }
  }
}
