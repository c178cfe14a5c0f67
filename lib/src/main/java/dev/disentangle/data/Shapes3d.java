package dev.disentangle.data;

import dev.disentangle.data.fetch.Progress;
import dev.disentangle.data.format.Hdf5Bytes;
import dev.disentangle.data.format.Pixels;
import dev.disentangle.data.store.RawImageFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * 3D Shapes (Burgess and Kim 2018, "3D Shapes Dataset"; used in Kim and Mnih 2018, "Disentangling
 * by Factorising"): 480,000 colour images 64x64 of a room with one object, from the published
 * {@code 3dshapes.h5}.
 *
 * <p>The first reading unpacks the images into a file of 5.9 GB beside the source, {@code
 * 3dshapes.images}; later ones open that file. {@link Shapes3dStandIn} needs no file.
 */
public final class Shapes3d {

  private static final ImageShape SHAPE = new ImageShape(3, 64, 64);

  private Shapes3d() {}

  /**
   * Returns the grid of factors.
   *
   * @return floorHue 10, wallHue 10, objectHue 10, scale 8, shape 4 and orientation 15
   */
  public static FactorSpace space() {
    return FactorSpace.of(
        List.of("floorHue", "wallHue", "objectHue", "scale", "shape", "orientation"),
        10,
        10,
        10,
        8,
        4,
        15);
  }

  /**
   * Opens the data set; the first time with a progress bar.
   *
   * @param file the published {@code 3dshapes.h5}
   * @return the images with their factors
   * @throws IOException if the file is missing, damaged, or laid out in another way
   */
  public static ImageData read(Path file) throws IOException {
    return read(file, Progress.bar());
  }

  /**
   * Opens the data set.
   *
   * @param file the published {@code 3dshapes.h5}
   * @param progress is told how far unpacking has come, if it takes more than a second
   * @return the images with their factors
   * @throws IOException if the file is missing, damaged, or laid out in another way
   */
  public static ImageData read(Path file, Progress progress) throws IOException {
    return read(file, space(), progress);
  }

  static ImageData read(Path file, FactorSpace space, Progress progress) throws IOException {
    String unpacked = file.getFileName().toString().replaceFirst("\\.h5$", "") + ".images";
    RawImageFile images =
        RawImageFile.open(
            file.toAbsolutePath().resolveSibling(unpacked),
            "shapes3d, " + RawImageFile.state(file),
            SHAPE.pixels(),
            space.size(),
            out -> unpack(file, space.size(), out),
            (done, all) -> progress.at(unpacked, done, all));
    return new StoredImages(
        "shapes3d",
        "shapes3d published, SHA-256 of pixels " + images.sha256(),
        SHAPE,
        images,
        PixelKind.CONTINUOUS,
        Optional.of(space));
  }

  private static void unpack(Path file, int size, OutputStream out) throws IOException {
    int area = SHAPE.height() * SHAPE.width();
    try (Hdf5Bytes images =
        Hdf5Bytes.open(file, "images", size, SHAPE.height(), SHAPE.width(), SHAPE.channels())) {
      byte[] planes = new byte[0];
      while (images.hasNext()) {
        byte[] interleaved = images.next();
        planes = planes.length == interleaved.length ? planes : new byte[interleaved.length];
        int count = interleaved.length / SHAPE.pixels();
        Pixels.planes(interleaved, count, area, SHAPE.channels(), planes);
        out.write(planes);
      }
    }
  }
}
