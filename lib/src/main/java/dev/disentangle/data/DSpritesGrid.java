package dev.disentangle.data;

import dev.disentangle.data.draw.SpriteOutline;
import dev.disentangle.data.draw.SpriteRenderer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which of the dSprites images to draw: all of them or a coarser grid, and at which size.
 *
 * @param side pixels per row and column, 64 as published or 32 (the same geometry, half as large)
 * @param shapes which shapes, in any order, each once
 * @param scaleStep keep every n-th of the 6 scales
 * @param orientationStep keep every n-th orientation; 1 keeps the published 40 classes, of which
 *     the last repeats the first, and any other step leaves the repeated one out
 * @param positionStep keep every n-th of the 32 positions, across and down
 * @param firstOrientations of the orientations, take only those among the first so many; 40 for the
 *     full turn, 10 for a quarter
 * @param middleRows of the positions down, take only those among the middle so many; 32 for all
 */
public record DSpritesGrid(
    int side,
    List<DSpritesShape> shapes,
    int scaleStep,
    int orientationStep,
    int positionStep,
    int firstOrientations,
    int middleRows) {

  private static final int PUBLISHED_SIDE = 64;
  private static final int SCALES = 6;
  private static final int ORIENTATIONS = 40;
  private static final int POSITIONS = 32;

  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException if {@code side} is neither 32 nor 64, {@code shapes} is empty
   *     or repeats itself, or another component is not in {@code [1, classes of the factor]}
   */
  public DSpritesGrid {
    if (side != 32 && side != 64) {
      throw new IllegalArgumentException("side must be 32 or 64, was " + side);
    }
    shapes = List.copyOf(shapes);
    if (shapes.isEmpty() || shapes.stream().distinct().count() != shapes.size()) {
      throw new IllegalArgumentException("shapes must name each shape at most once, was " + shapes);
    }
    checkStep("scaleStep", scaleStep, SCALES);
    checkStep("orientationStep", orientationStep, ORIENTATIONS);
    checkStep("positionStep", positionStep, POSITIONS);
    checkStep("firstOrientations", firstOrientations, ORIENTATIONS);
    checkStep("middleRows", middleRows, POSITIONS);
  }

  /**
   * A grid over the full turn and all rows.
   *
   * @param side pixels per row and column, 64 or 32
   * @param shapes which shapes, each once
   * @param scaleStep keep every n-th of the 6 scales
   * @param orientationStep keep every n-th orientation
   * @param positionStep keep every n-th of the 32 positions, across and down
   * @throws IllegalArgumentException as for all components
   */
  public DSpritesGrid(
      int side, List<DSpritesShape> shapes, int scaleStep, int orientationStep, int positionStep) {
    this(side, shapes, scaleStep, orientationStep, positionStep, ORIENTATIONS, POSITIONS);
  }

  /**
   * Returns the grid of the published data set: 3 shapes, 6 scales, 40 orientations, 32 x 32
   * positions, 64x64 pixels, 737,280 images.
   *
   * @return the full grid
   */
  public static DSpritesGrid full() {
    return new DSpritesGrid(64, List.of(DSpritesShape.values()), 1, 1, 1);
  }

  /**
   * Returns a grid for quick tutorials: hearts, whose orientation is never ambiguous, 6 scales, 20
   * orientations, 16 columns, 10 rows, 32x32 pixels, 19,200 images.
   *
   * <p>The rows are taken from the middle 20 of 32: where both positions range equally far, models
   * often find a mixture of the two, and scores differ more between seeds.
   *
   * @return the small grid
   */
  public static DSpritesGrid small() {
    return new DSpritesGrid(32, List.of(DSpritesShape.HEART), 1, 2, 2, ORIENTATIONS, 20);
  }

  private int[] scales() {
    return every(SCALES, scaleStep);
  }

  private int[] orientations() {
    int distinct = orientationStep == 1 ? ORIENTATIONS : ORIENTATIONS - 1;
    return every(Math.min(distinct, firstOrientations), orientationStep);
  }

  private int[] columns() {
    return every(POSITIONS, positionStep);
  }

  private int[] rows() {
    int first = (POSITIONS - middleRows) / 2;
    return IntStream.of(every(POSITIONS, positionStep))
        .filter(row -> row >= first && row < first + middleRows)
        .toArray();
  }

  /**
   * Returns the factors that vary, in published order: shape, scale, orientation, posX, posY. A
   * factor of which only one class is left is not a factor and is left out.
   *
   * @return the factor space
   * @throws IllegalArgumentException if nothing varies
   */
  public FactorSpace space() {
    String[] names = {"shape", "scale", "orientation", "posX", "posY"};
    int[] sizes = sizes();
    List<String> varying = new ArrayList<>();
    for (int f = 0; f < sizes.length; f++) {
      if (sizes[f] > 1) {
        varying.add(names[f]);
      }
    }
    return FactorSpace.of(varying, IntStream.of(sizes).filter(size -> size > 1).toArray());
  }

  SpriteRenderer renderer() {
    List<SpriteOutline> outlines = shapes.stream().map(DSpritesShape::outline).toList();
    // At half the size a power of two scales everything, so that nothing is rounded twice.
    double size = (double) side / PUBLISHED_SIDE;
    return new SpriteRenderer(
        side,
        outlines,
        IntStream.of(scales()).mapToDouble(k -> (0.5 + 0.1 * k) * size).toArray(),
        IntStream.of(orientations()).mapToDouble(o -> 2 * Math.PI * o / 39).toArray(),
        IntStream.of(columns()).mapToDouble(p -> centre(p) * size).toArray(),
        IntStream.of(rows()).mapToDouble(p -> centre(p) * size).toArray());
  }

  private static double centre(int position) {
    return 16 + 32 * position / 31.0;
  }

  /** A short text for the data set's name, such as {@code 32-heart-1-2-2}. */
  String label() {
    String kinds =
        shapes.stream()
            .map(s -> s.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining("-"));
    String steps =
        side + "-" + kinds + "-" + scaleStep + "-" + orientationStep + "-" + positionStep;
    boolean whole = firstOrientations == ORIENTATIONS && middleRows == POSITIONS;
    return whole ? steps : steps + "-" + firstOrientations + "-" + middleRows;
  }

  private int[] sizes() {
    return new int[] {
      shapes.size(), scales().length, orientations().length, columns().length, rows().length
    };
  }

  private static int[] every(int classes, int step) {
    return IntStream.range(0, classes).filter(i -> i % step == 0).toArray();
  }

  private static void checkStep(String name, int value, int classes) {
    if (value < 1 || value > classes) {
      throw new IllegalArgumentException(name + " must be in [1, " + classes + "], was " + value);
    }
  }
}
