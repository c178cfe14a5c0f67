package dev.disentangle.plot;

import dev.disentangle.data.Image;
import dev.disentangle.data.ImageShape;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Images in rows and columns, enlarged without smoothing, so that every pixel of the data is a
 * square of one colour. Sizes are in points, two pixels each. Immutable; each method that sets
 * something returns a new grid.
 */
public final class ImageGrid {

  private static final int LARGEST_CELL = 96;
  private static final int SMALLEST_CELL = 48;
  private static final int WIDEST = 1_000;
  private static final Font LABEL = Theme.plain(13);
  private static final int COLUMN_LABEL_HEIGHT = 22;

  private final List<List<Image>> rows;
  private final int columns;
  private final ImageShape shape;
  private final List<String> rowLabels;
  private final List<String> columnLabels;
  private final int scale;
  private final int padding;
  private final List<Integer> framed;
  private final String description;

  private ImageGrid(
      List<List<Image>> rows,
      List<String> rowLabels,
      List<String> columnLabels,
      int scale,
      int padding,
      List<Integer> framed,
      String description) {
    this.rows = rows;
    this.columns = rows.stream().mapToInt(List::size).max().orElse(0);
    this.shape = rows.get(0).get(0).shape();
    this.rowLabels = rowLabels;
    this.columnLabels = columnLabels;
    this.scale = scale;
    this.padding = padding;
    this.framed = framed;
    this.description = description;
  }

  /**
   * Arranges images in rows, without labels, 3 pixels apart and enlarged as far as a notebook's
   * width and a cell of 96 pixels allow.
   *
   * @param rows at least one row of at least one image, all of one size; rows may differ in length
   * @return the grid
   * @throws IllegalArgumentException if there is no image or their sizes differ
   */
  public static ImageGrid of(List<List<Image>> rows) {
    if (rows.isEmpty() || rows.stream().anyMatch(List::isEmpty)) {
      throw new IllegalArgumentException("rows must hold at least one image each");
    }
    ImageShape shape = rows.get(0).get(0).shape();
    for (List<Image> row : rows) {
      for (Image image : row) {
        if (!image.shape().equals(shape)) {
          throw new IllegalArgumentException(
              "images must have one size, had " + shape + " and " + image.shape());
        }
      }
    }
    List<List<Image>> copy = rows.stream().map(List::copyOf).toList();
    return new ImageGrid(copy, List.of(), List.of(), 0, 3, List.of(), "");
  }

  /**
   * Arranges images row by row.
   *
   * @param images at least one image, all of one size
   * @param columns images per row, at least 1
   * @return the grid
   * @throws IllegalArgumentException if there is no image, sizes differ or {@code columns} is less
   *     than 1
   */
  public static ImageGrid of(List<Image> images, int columns) {
    requireAtLeast("columns", 1, columns);
    List<List<Image>> rows =
        IntStream.range(0, (images.size() + columns - 1) / columns)
            .mapToObj(
                row -> images.subList(row * columns, Math.min(images.size(), (row + 1) * columns)))
            .toList();
    return of(rows);
  }

  /**
   * Writes a label to the left of every row.
   *
   * @param labels one label per row
   * @return a grid with these labels
   * @throws IllegalArgumentException if the number of labels is wrong
   */
  public ImageGrid rowLabels(List<String> labels) {
    requireLabels("row", rows.size(), labels);
    return new ImageGrid(
        rows, List.copyOf(labels), columnLabels, scale, padding, framed, description);
  }

  /**
   * Writes a label above every column.
   *
   * @param labels one label per column
   * @return a grid with these labels
   * @throws IllegalArgumentException if the number of labels is wrong
   */
  public ImageGrid columnLabels(List<String> labels) {
    requireLabels("column", columns, labels);
    return new ImageGrid(rows, rowLabels, List.copyOf(labels), scale, padding, framed, description);
  }

  /**
   * Sets how many points wide and high a pixel of the data is.
   *
   * @param scale at least 1
   * @return a grid of that scale
   * @throws IllegalArgumentException if {@code scale} is less than 1
   */
  public ImageGrid scale(int scale) {
    requireAtLeast("scale", 1, scale);
    return new ImageGrid(rows, rowLabels, columnLabels, scale, padding, framed, description);
  }

  /**
   * Sets the distance between images and around them.
   *
   * @param padding points, at least 0
   * @return a grid with that padding
   * @throws IllegalArgumentException if {@code padding} is negative
   */
  public ImageGrid padding(int padding) {
    requireAtLeast("padding", 0, padding);
    return new ImageGrid(rows, rowLabels, columnLabels, scale, padding, framed, description);
  }

  /** Draws a frame around one column's image in each row. */
  ImageGrid framed(List<Integer> columnOfRow) {
    return new ImageGrid(
        rows, rowLabels, columnLabels, scale, padding, List.copyOf(columnOfRow), description);
  }

  /** Sets what readers who cannot see the picture are told. */
  ImageGrid described(String words) {
    return new ImageGrid(rows, rowLabels, columnLabels, scale, padding, framed, words);
  }

  /**
   * Draws the grid.
   *
   * @return a picture
   * @throws IllegalArgumentException if the images have neither one nor three channels
   */
  public BufferedImage draw() {
    return draw(Theme.DENSITY);
  }

  /** Draws the grid with that many pixels per point. */
  BufferedImage draw(int density) {
    int factor = scale > 0 ? scale : fittingScale();
    int width = shape.width() * factor;
    int height = shape.height() * factor;
    int left = left() + padding;
    int top = (columnLabels.isEmpty() ? 0 : COLUMN_LABEL_HEIGHT) + padding;
    BufferedImage page =
        Theme.page(
            left + columns * (width + padding), top + rows.size() * (height + padding), density);
    Graphics2D pen = Theme.pen(page);
    drawColumnLabels(pen, left, width);
    for (int row = 0; row < rows.size(); row++) {
      int y = top + row * (height + padding);
      drawRowLabel(pen, row, y + height / 2);
      for (int column = 0; column < rows.get(row).size(); column++) {
        int x = left + column * (width + padding);
        if (row < framed.size() && framed.get(row) == column) {
          pen.setColor(Theme.series(1));
          pen.fillRect(x - padding, y - padding, width + 2 * padding, height + 2 * padding);
          // A line of the page's colour keeps the frame apart from images of its own colour.
          pen.setColor(Theme.PAGE);
          pen.fillRect(x - 1, y - 1, width + 2, height + 2);
        }
        BufferedImage cell = Pictures.of(rows.get(row).get(column));
        pen.drawImage(cell, x, y, width, height, null);
      }
    }
    pen.dispose();
    return Pictures.described(page, description.isEmpty() ? words() : description);
  }

  private String words() {
    String size = rows.size() + " rows of up to " + columns + " images of " + shape;
    return (rows.size() == 1 ? columns + " images of " + shape : size)
        + (rowLabels.isEmpty() ? "" : "; rows: " + String.join(", ", rowLabels))
        + (columnLabels.isEmpty() ? "" : "; columns: " + String.join(", ", columnLabels))
        + ".";
  }

  private void drawColumnLabels(Graphics2D pen, int left, int width) {
    pen.setFont(LABEL);
    pen.setColor(Theme.MUTED);
    for (int column = 0; column < columnLabels.size(); column++) {
      String label = columnLabels.get(column);
      int middle = left + column * (width + padding) + width / 2;
      int from = middle - pen.getFontMetrics().stringWidth(label) / 2;
      pen.drawString(label, from, COLUMN_LABEL_HEIGHT - 6);
    }
  }

  private void drawRowLabel(Graphics2D pen, int row, int middle) {
    if (!rowLabels.isEmpty()) {
      pen.setFont(LABEL);
      pen.setColor(Theme.MUTED);
      pen.drawString(rowLabels.get(row), 8, middle + 5);
    }
  }

  private int left() {
    return rowLabels.isEmpty() ? 0 : 8 + Theme.width(LABEL, rowLabels) + 8;
  }

  /** Cells as large as fit, but not too small to see as long as the picture stays bearably wide. */
  private int fittingScale() {
    int side = Math.max(shape.width(), shape.height());
    int room = (Theme.WIDTH - left() - padding) / columns - padding;
    int fitting = Math.min(LARGEST_CELL, room) / side;
    int visible = (SMALLEST_CELL + side - 1) / side;
    boolean bearable = left() + columns * (visible * side + padding) <= WIDEST;
    return Math.max(1, bearable ? Math.max(fitting, visible) : fitting);
  }

  private static void requireLabels(String what, int count, List<String> labels) {
    if (labels.size() != count) {
      throw new IllegalArgumentException(
          "labels must hold one label per " + what + ", " + count + ", held " + labels.size());
    }
  }

  private static void requireAtLeast(String name, int least, int value) {
    if (value < least) {
      throw new IllegalArgumentException(name + " must be at least " + least + ", was " + value);
    }
  }
}
