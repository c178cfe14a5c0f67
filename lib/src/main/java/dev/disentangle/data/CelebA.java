package dev.disentangle.data;

import dev.disentangle.data.format.PictureBytes;
import dev.disentangle.data.format.PictureSource;
import dev.disentangle.data.store.Checksums;
import dev.disentangle.data.store.RawImageFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * CelebA, aligned and cropped: 202,599 faces with 40 attributes (Liu, Luo, Wang and Tang 2015,
 * "Deep Learning Face Attributes in the Wild"), as 64x64 colour images of the central 148x148
 * pixels of the published 178x218.
 *
 * <p>The first reading decodes all pictures into a file of 2.5 GB beside the source, {@code
 * celeba-64.images}; later ones open that file.
 */
public final class CelebA {

  private static final int CROP = 148;
  private static final ImageShape SHAPE = new ImageShape(3, 64, 64);

  private CelebA() {}

  /**
   * Opens the data set.
   *
   * @param pictures the published {@code img_align_celeba.zip}, or the folder it unpacks to
   * @param attributes the published {@code list_attr_celeba.txt}
   * @return the images, with the attributes as factors of two classes: 0 absent, 1 present
   * @throws IOException if a file is missing or damaged, or a picture has no attributes
   */
  public static ImageData read(Path pictures, Path attributes) throws IOException {
    try (PictureSource source = PictureSource.open(pictures)) {
      Factors factors = attributes(attributes, source.names());
      // A hash of 1.4 GB at each start would take longer than all else: names and size must do.
      String size = Files.isDirectory(pictures) ? "" : ", " + Files.size(pictures) + " bytes";
      int count = source.names().size();
      String fingerprint =
          "celeba, " + count + " pictures" + size + ", centre " + CROP + " as " + SHAPE;
      Path file = pictures.toAbsolutePath().resolveSibling("celeba-64.images");
      PictureBytes bytes =
          new PictureBytes(source, source.names(), CROP, Checksums.newSha256(), 3, 64, 64);
      RawImageFile images =
          RawImageFile.open(file, fingerprint, SHAPE.pixels(), count, bytes::write);
      return new StoredImages(
          "celeba", fingerprint, SHAPE, images, PixelKind.CONTINUOUS, Optional.of(factors));
    }
  }

  /** Line 1: how many pictures; line 2: attribute names; then a name and -1 or 1 per attribute. */
  private static Factors attributes(Path file, List<String> pictures) throws IOException {
    Map<String, String[]> rows = new HashMap<>();
    String[] names;
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.US_ASCII)) {
      reader.readLine();
      String header = reader.readLine();
      if (header == null || header.isBlank()) {
        throw new IOException(file + ", line 2: expected the names of attributes");
      }
      names = header.strip().split("\\s+");
      int number = 3;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        String[] row = line.strip().split("\\s+");
        if (row.length != names.length + 1) {
          throw new IOException(
              String.format(
                  "%s, line %d: expected a name and %d attributes, found %d entries",
                  file, number, names.length, row.length));
        }
        rows.put(row[0], row);
        number++;
      }
    }
    return table(file, List.of(names), rows, pictures);
  }

  private static Factors table(
      Path file, List<String> names, Map<String, String[]> rows, List<String> pictures)
      throws IOException {
    List<int[]> columns = new ArrayList<>();
    names.forEach(name -> columns.add(new int[pictures.size()]));
    for (int i = 0; i < pictures.size(); i++) {
      String picture = pictures.get(i);
      String[] row = rows.get(picture.substring(picture.lastIndexOf('/') + 1));
      if (row == null) {
        throw new IOException(file + ": expected a line for picture " + picture);
      }
      for (int a = 0; a < names.size(); a++) {
        if (!row[a + 1].equals("1") && !row[a + 1].equals("-1")) {
          throw new IOException(
              file + ", picture " + picture + ": expected 1 or -1, found " + row[a + 1]);
        }
        columns.get(a)[i] = row[a + 1].equals("1") ? 1 : 0;
      }
    }
    return FactorTable.ofClasses(names, 2, columns);
  }
}
