package dev.disentangle.bench;

import dev.disentangle.data.Image;
import dev.disentangle.plot.ImageGrid;
import dev.disentangle.plot.Pictures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A picture of labelled rows of images, written anew with every row. */
final class SampleSheet {

  /** Images in a row. */
  static final int COLUMNS = 10;

  private final Path file;
  private final List<List<Image>> rows = new ArrayList<>();
  private final List<String> labels = new ArrayList<>();

  SampleSheet(Path file) {
    this.file = file;
  }

  /** Adds the first images of a list as a row. */
  void show(String label, List<Image> images) throws IOException {
    rows.add(images.subList(0, Math.min(COLUMNS, images.size())));
    labels.add(label);
    Pictures.save(ImageGrid.of(rows).rowLabels(labels).draw(), file);
  }
}
