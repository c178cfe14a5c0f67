package dev.disentangle.data;

import dev.disentangle.data.fetch.Progress;
import dev.disentangle.data.format.NpyReader;
import dev.disentangle.data.format.Npz;
import dev.disentangle.data.format.Pixels;
import dev.disentangle.data.store.RawImageFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * MPI3D: a robot arm holding an object, simulated or photographed (Gondal et al. 2019, "On the
 * Transfer of Inductive Bias from Simulation to the Real World: a New Disentanglement Dataset"),
 * 1,036,800 colour images 64x64, from the published {@code npz} files with an array {@code images}.
 *
 * <p>The first reading unpacks the images into a file of 12.7 GB beside the source, with ending
 * {@code .images}; later ones open that file.
 */
public final class Mpi3d {

  private static final ImageShape SHAPE = new ImageShape(3, 64, 64);
  private static final int IMAGES_AT_ONCE = 256;

  private Mpi3d() {}

  /**
   * Returns the grid of factors of the sets named toy, realistic and real.
   *
   * @return objectColour 6, objectShape 6, objectSize 2, cameraHeight 3, backgroundColour 3,
   *     horizontalAxis 40 and verticalAxis 40
   */
  public static FactorSpace space() {
    return FactorSpace.of(
        List.of(
            "objectColour",
            "objectShape",
            "objectSize",
            "cameraHeight",
            "backgroundColour",
            "horizontalAxis",
            "verticalAxis"),
        6,
        6,
        2,
        3,
        3,
        40,
        40);
  }

  /**
   * Opens the data set; the first time with a progress bar.
   *
   * @param file one of the published {@code npz} files
   * @return the images with their factors
   * @throws IOException if the file is missing, damaged, or laid out in another way
   */
  public static ImageData read(Path file) throws IOException {
    return read(file, Progress.bar());
  }

  /**
   * Opens the data set.
   *
   * @param file one of the published {@code npz} files
   * @param progress is told how far unpacking has come, if it takes more than a second
   * @return the images with their factors
   * @throws IOException if the file is missing, damaged, or laid out in another way
   */
  public static ImageData read(Path file, Progress progress) throws IOException {
    return read(file, space(), progress);
  }

  static ImageData read(Path file, FactorSpace space, Progress progress) throws IOException {
    String name = file.getFileName().toString().replaceFirst("\\.npz$", "");
    RawImageFile images =
        RawImageFile.open(
            file.toAbsolutePath().resolveSibling(name + ".images"),
            "mpi3d, " + RawImageFile.state(file),
            SHAPE.pixels(),
            space.size(),
            out -> unpack(file, space.size(), out),
            (done, all) -> progress.at(name + ".images", done, all));
    return new StoredImages(
        name,
        "mpi3d published, SHA-256 of pixels " + images.sha256(),
        SHAPE,
        images,
        PixelKind.CONTINUOUS,
        Optional.of(space));
  }

  private static void unpack(Path file, int size, OutputStream out) throws IOException {
    try (Npz npz = Npz.open(file);
        NpyReader images = npz.array("images")) {
      images.requireShape(size, SHAPE.height(), SHAPE.width(), SHAPE.channels());
      images.requireRowMajor();
      byte[] interleaved = new byte[IMAGES_AT_ONCE * SHAPE.pixels()];
      byte[] planes = new byte[interleaved.length];
      for (int first = 0; first < size; first += IMAGES_AT_ONCE) {
        int count = Math.min(IMAGES_AT_ONCE, size - first);
        images.readBytes(interleaved, 0, count * SHAPE.pixels());
        Pixels.planes(interleaved, count, SHAPE.height() * SHAPE.width(), 3, planes);
        out.write(planes, 0, count * SHAPE.pixels());
      }
      images.end();
    }
  }
}
