package dev.disentangle.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the generated dSprites and the published file differ, pixel by pixel.
 *
 * @param images how many images were compared
 * @param generatedOn pixels on in all generated images
 * @param publishedOn pixels on in all published images
 * @param pixels the pixels that differ, the first {@value #LISTED} at most
 * @param count how many pixels differ
 */
public record DSpritesComparison(
    int images, long generatedOn, long publishedOn, List<Pixel> pixels, long count) {

  private static final int LISTED = 1_000;

  /** Copies the list, so that it cannot change. */
  public DSpritesComparison {
    pixels = List.copyOf(pixels);
  }

  /**
   * A pixel that differs.
   *
   * @param image index of the image
   * @param factors the image's factors, as text
   * @param row the row, from 0
   * @param column the column, from 0
   * @param published whether it is on in the published file
   */
  public record Pixel(int image, String factors, int row, int column, boolean published) {}

  /**
   * Compares two sets of the same grid.
   *
   * @param generated images drawn from geometry
   * @param published images read from the published file
   * @return the differences
   * @throws IllegalArgumentException if the sets differ in size
   */
  public static DSpritesComparison of(DSprites generated, DSprites published) {
    int[] differences = generated.images().differences(published.images());
    int width = generated.shape().width();
    List<Pixel> pixels = new ArrayList<>();
    long count = 0;
    for (int image = 0; image < differences.length; image++) {
      count += differences[image];
      for (int p = 0; differences[image] > 0 && p < generated.shape().pixels(); p++) {
        boolean on = published.images().isOn(image, p);
        if (on != generated.images().isOn(image, p) && pixels.size() < LISTED) {
          pixels.add(new Pixel(image, factors(generated, image), p / width, p % width, on));
        }
      }
    }
    return new DSpritesComparison(
        differences.length,
        generated.images().pixelsOn(),
        published.images().pixelsOn(),
        pixels,
        count);
  }

  private static String factors(DSprites sprites, int image) {
    FactorSpace space = sprites.space();
    StringBuilder text = new StringBuilder();
    for (int f = 0; f < space.count(); f++) {
      text.append(f == 0 ? "" : " ")
          .append(space.name(f))
          .append(' ')
          .append(space.value(image, f));
    }
    return text.toString();
  }

  /**
   * Compares the generated images with a published file and prints the differences.
   *
   * @param arguments one argument, the path of the published {@code npz} file
   * @throws IOException if the file is missing, damaged, or laid out in another way
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 1) {
      throw new IllegalArgumentException(
          "expected one argument, the published dSprites file, found " + arguments.length);
    }
    DSpritesComparison comparison = of(DSprites.generate(), DSprites.read(Path.of(arguments[0])));
    System.out.println(comparison);
    comparison.pixels.forEach(System.out::println);
  }

  @Override
  public String toString() {
    return String.format(
        "%,d images, %,d pixels differ; pixels on: %,d generated, %,d published",
        images, count, generatedOn, publishedOn);
  }
}
