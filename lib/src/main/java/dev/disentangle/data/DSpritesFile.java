package dev.disentangle.data;

import dev.disentangle.data.format.NpyReader;
import dev.disentangle.data.format.Npz;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Reads the published file, {@code dsprites_ndarray_co1sh3sc6or40x32y32_64x64.npz}: arrays {@code
 * imgs} (bytes 0 or 1, [737280, 64, 64]) and {@code latents_classes} (integers, [737280, 6]:
 * colour, shape, scale, orientation, posX, posY). Its pickled {@code metadata} is never opened.
 */
final class DSpritesFile {

  private static final int FACTORS = 6;

  private DSpritesFile() {}

  static PackedImages read(Path file, FactorSpace space) throws IOException {
    try (Npz npz = Npz.open(file)) {
      try (NpyReader classes = npz.array("latents_classes")) {
        checkClasses(file, classes, space);
      }
      try (NpyReader pixels = npz.array("imgs")) {
        pixels.requireShape(space.size(), 64, 64);
        pixels.requireRowMajor();
        PackedImages images =
            ImagePacker.pack(
                new ImageShape(1, 64, 64), space.size(), file + "!imgs.npy", pixels::readBytes);
        pixels.end();
        return images;
      }
    }
  }

  /** The images must be in the order of the grid, or every score would be wrong. */
  private static void checkClasses(Path file, NpyReader classes, FactorSpace space)
      throws IOException {
    classes.requireShape(space.size(), FACTORS);
    int[] all = classes.allInts();
    classes.end();
    boolean columns = classes.header().fortranOrder();
    for (int image = 0; image < space.size(); image++) {
      for (int f = 1; f < FACTORS; f++) {
        int found = all[columns ? f * space.size() + image : image * FACTORS + f];
        if (found != space.value(image, f - 1)) {
          throw new IOException(
              String.format(
                  "%s, latents_classes, image %d: expected %s %d, found %d",
                  file, image, space.name(f - 1), space.value(image, f - 1), found));
        }
      }
    }
  }
}
