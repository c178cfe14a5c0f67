package dev.disentangle.data.store;

import dev.disentangle.data.format.NpyReader;
import dev.disentangle.data.format.Npz;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Reads the published file, {@code dsprites_ndarray_co1sh3sc6or40x32y32_64x64.npz}: arrays {@code
 * imgs} (bytes 0 or 1, [737280, 64, 64]) and {@code latents_classes} (integers, [737280, 6]:
 * colour, shape, scale, orientation, posX, posY). Its pickled {@code metadata} is never opened.
 */
public final class DSpritesFile {

  private static final List<String> FACTORS =
      List.of("shape", "scale", "orientation", "posX", "posY");

  private DSpritesFile() {}

  /**
   * Reads the images and checks that they come in the order of the grid.
   *
   * @param file the file
   * @param classes how many classes each of the five factors has, the last varying fastest
   * @return the packed images
   * @throws IOException if the file is missing, damaged, or laid out in another way
   */
  public static PackedImages read(Path file, int... classes) throws IOException {
    int size = IntStream.of(classes).reduce(1, Math::multiplyExact);
    try (Npz npz = Npz.open(file)) {
      try (NpyReader order = npz.array("latents_classes")) {
        checkOrder(file, order, classes, size);
      }
      try (NpyReader pixels = npz.array("imgs")) {
        pixels.requireShape(size, 64, 64);
        pixels.requireRowMajor();
        PackedImages images =
            ImagePacker.pack(64 * 64, size, file + "!imgs.npy", pixels::readBytes);
        pixels.end();
        return images;
      }
    }
  }

  /** The images must be in the order of the grid, or every score would be wrong. */
  private static void checkOrder(Path file, NpyReader order, int[] classes, int size)
      throws IOException {
    order.requireShape(size, classes.length + 1);
    int[] all = order.allInts();
    order.end();
    for (int image = 0; image < size; image++) {
      int rest = image;
      for (int f = classes.length; f > 0; f--) {
        int expected = rest % classes[f - 1];
        rest /= classes[f - 1];
        int found = all[image * (classes.length + 1) + f];
        if (found != expected) {
          throw new IOException(
              String.format(
                  "%s, latents_classes, image %d: expected %s %d, found %d",
                  file, image, FACTORS.get(f - 1), expected, found));
        }
      }
    }
  }
}
