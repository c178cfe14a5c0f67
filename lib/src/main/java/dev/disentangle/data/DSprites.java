package dev.disentangle.data;

import dev.disentangle.data.draw.SpriteOutline;
import dev.disentangle.data.draw.SpriteRenderer;
import dev.disentangle.data.store.DSpritesFile;
import dev.disentangle.data.store.PackedImages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * dSprites: white squares, ellipses and hearts on black, in all combinations of shape, scale,
 * orientation and position (Matthey, Higgins, Hassabis and Lerchner 2017, "dSprites:
 * Disentanglement testing Sprites dataset").
 *
 * <p>{@link #generate()} draws the images from their geometry, without a download. Every real frame
 * that the geometry was compared with is reproduced bit for bit, but over the whole set the number
 * of pixels that are on is 128,328,864, two more than in the published file: the two sets differ in
 * at least two edge pixels of three thousand million, and more likely in some tens, since the
 * published images were drawn in single precision. {@link DSpritesComparison} lists them.
 */
public final class DSprites implements ImageData {

  private final String name;
  private final String fingerprint;
  private final ImageShape shape;
  private final PackedImages images;
  private final FactorSpace space;

  private DSprites(
      String name, String fingerprint, int side, PackedImages images, FactorSpace space) {
    this.name = name;
    this.fingerprint = fingerprint;
    this.shape = new ImageShape(1, side, side);
    this.images = images;
    this.space = space;
  }

  /**
   * Draws all 737,280 images, 64x64; takes some seconds and 377 MB of memory.
   *
   * @return the full data set
   */
  public static DSprites generate() {
    return generate(DSpritesGrid.full());
  }

  /**
   * Draws the images of a chosen grid.
   *
   * @param grid which images, and how large
   * @return the data set
   * @throws IllegalArgumentException if the grid has one image only
   */
  public static DSprites generate(DSpritesGrid grid) {
    FactorSpace space = grid.space();
    int area = grid.side() * grid.side();
    PackedImages images = PackedImages.of(area, space.size(), grid.renderer()::write);
    boolean full = grid.equals(DSpritesGrid.full());
    String name = full ? "dsprites" : "dsprites-" + grid.label();
    return new DSprites(
        name, "dsprites generated, geometry 1, " + grid, grid.side(), images, space);
  }

  /**
   * Draws a small set for quick tutorials: 19,200 images 32x32 of hearts, see {@link
   * DSpritesGrid#small()}.
   *
   * @return the small data set
   */
  public static DSprites small() {
    return generate(DSpritesGrid.small());
  }

  /**
   * Draws large shapes near the middle, for models that are told or find kinds of images: the
   * middle 32x32 pixels of 225 images of the published grid, upright squares, ellipses and hearts
   * of 3 scales at 5 x 5 positions.
   *
   * @return the images, with the factors of a full grid
   */
  public static ImageData closeUp() {
    List<DSpritesShape> shapes = List.of(DSpritesShape.values());
    DSprites sprites = generate(new DSpritesGrid(64, shapes, 1, 40, 2));
    int[] kept =
        IntStream.range(0, sprites.size()).filter(i -> isLargeNearTheMiddle(sprites, i)).toArray();
    FactorSpace space = FactorSpace.of(sprites.space().names(), shapes.size(), 3, 5, 5);
    return CroppedImages.of(Subset.of(sprites, "close-up", space, kept), 16, 16, 32, 1);
  }

  /** Scales 0.7 to 0.9, and columns and rows at most 4 pixels and a half from the middle. */
  private static boolean isLargeNearTheMiddle(DSprites sprites, int image) {
    int scale = sprites.space().value(image, 1);
    int column = sprites.space().value(image, 2);
    int row = sprites.space().value(image, 3);
    return scale >= 2 && scale <= 4 && Math.abs(column - 8) <= 2 && Math.abs(row - 8) <= 2;
  }

  /**
   * Draws hearts from nearby for quick tutorials: twice as large on their 32x32 pixels as in {@link
   * #small()}, so that size and tilt are worth many pixels and are found within minutes.
   *
   * <p>The outline is that of dSprites, the classes are this set's own: 10 scales from 0.5 to 0.95,
   * 9 tilts from 45 degrees with the clock to 45 degrees against it, centres at 16 columns from 10
   * to 22 pixels and at 10 rows from 12 to 20. Every heart lies within the image, but for the tips
   * of some of the largest.
   *
   * @return the set of 14,400 images, whose factors are scale, orientation, posX and posY
   */
  public static DSprites hearts() {
    FactorSpace space =
        FactorSpace.of(List.of("scale", "orientation", "posX", "posY"), 10, 9, 16, 10);
    SpriteRenderer renderer =
        new SpriteRenderer(
            32,
            List.of(SpriteOutline.HEART),
            evenly(10, 0.5, 0.95),
            evenly(9, -Math.PI / 4, Math.PI / 4),
            evenly(16, 10, 22),
            evenly(10, 12, 20));
    PackedImages images = PackedImages.of(32 * 32, space.size(), renderer::write);
    return new DSprites(
        "dsprites-hearts", "dsprites generated, geometry 1, hearts 1", 32, images, space);
  }

  private static double[] evenly(int count, double first, double last) {
    return IntStream.range(0, count)
        .mapToDouble(i -> first + (last - first) * i / (count - 1))
        .toArray();
  }

  /**
   * Reads the published file, {@code dsprites_ndarray_co1sh3sc6or40x32y32_64x64.npz}.
   *
   * @param file the file
   * @return the full data set; its fingerprint is the SHA-256 of the packed images
   * @throws IOException if the file is missing, damaged, or laid out in another way
   */
  public static DSprites read(Path file) throws IOException {
    FactorSpace space = DSpritesGrid.full().space();
    return of(DSpritesFile.read(file, 3, 6, 40, 32, 32), space);
  }

  static DSprites of(PackedImages images, FactorSpace space) {
    String fingerprint = "dsprites published, SHA-256 of packed images " + images.sha256();
    return new DSprites("dsprites-published", fingerprint, 64, images, space);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int size() {
    return images.size();
  }

  @Override
  public ImageShape shape() {
    return shape;
  }

  @Override
  public PixelKind pixelKind() {
    return PixelKind.BINARY;
  }

  @Override
  public void read(int[] indices, float[] pixels) {
    images.read(indices, pixels);
  }

  @Override
  public Optional<Factors> factors() {
    return Optional.of(space);
  }

  /**
   * Returns the grid of factors.
   *
   * @return shape, scale, orientation, posX and posY, as far as they vary
   */
  public FactorSpace space() {
    return space;
  }

  /**
   * Returns the packed images.
   *
   * @return the store, one bit per pixel
   */
  public PackedImages images() {
    return images;
  }

  @Override
  public String fingerprint() {
    return fingerprint;
  }

  @Override
  public String toString() {
    return name + ": " + size() + " images " + shape() + ", " + space;
  }
}
