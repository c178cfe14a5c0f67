package dev.disentangle.data;

import dev.disentangle.data.fetch.Progress;
import dev.disentangle.data.format.AttributeTable;
import dev.disentangle.data.format.PictureBytes;
import dev.disentangle.data.format.PictureSource;
import dev.disentangle.data.store.Checksums;
import dev.disentangle.data.store.RawImageFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * CelebA, aligned and cropped: 202,599 faces with 40 attributes (Liu, Luo, Wang and Tang 2015,
 * "Deep Learning Face Attributes in the Wild"), as 64x64 colour images of the central 148x148
 * pixels of the published 178x218.
 *
 * <p>The first reading decodes all pictures into a file of 2.5 GB beside the source, named after it
 * and ending in {@code -64.images}; later ones open that file. It is made anew when a picture's
 * name, size or time has changed, or when a checksum shows that the file itself has.
 */
public final class CelebA {

  private static final int CROP = 148;
  private static final ImageShape SHAPE = new ImageShape(3, 64, 64);

  private CelebA() {}

  /**
   * Opens the data set; the first time with a progress bar.
   *
   * @param pictures the published {@code img_align_celeba.zip}, or the folder it unpacks to
   * @param attributes the published {@code list_attr_celeba.txt}, or the same table as CSV, {@code
   *     list_attr_celeba.csv}
   * @return the images, with the attributes as factors of two classes: 0 absent, 1 present
   * @throws IOException if a file is missing or damaged, or a picture has no attributes
   */
  public static ImageData read(Path pictures, Path attributes) throws IOException {
    return read(pictures, attributes, Progress.bar());
  }

  /**
   * Opens the data set.
   *
   * @param pictures the published {@code img_align_celeba.zip}, or the folder it unpacks to
   * @param attributes the published {@code list_attr_celeba.txt}, or the same table as CSV, {@code
   *     list_attr_celeba.csv}
   * @param progress is told how far decoding has come, if it takes more than a second
   * @return the images, with the attributes as factors of two classes: 0 absent, 1 present
   * @throws IOException if a file is missing or damaged, or a picture has no attributes
   */
  public static ImageData read(Path pictures, Path attributes, Progress progress)
      throws IOException {
    try (PictureSource source = PictureSource.open(pictures)) {
      List<String> names = source.names();
      Factors factors = factors(AttributeTable.read(attributes), names);
      String what = "celeba, " + names.size() + " pictures, centre " + CROP + " as " + SHAPE;
      // A hash of 1.4 GB of pictures at each start would take longer than all else.
      String inventory = String.join("\n", source.inventory());
      String key = what + ", " + Checksums.sha256(inventory.getBytes(StandardCharsets.UTF_8));
      Path file = pictures.toAbsolutePath().normalize();
      Path unpacked = file.resolveSibling(file.getFileName() + "-64.images");
      PictureBytes bytes = new PictureBytes(source, names, CROP, 3, 64, 64);
      RawImageFile images =
          RawImageFile.open(
              unpacked,
              key,
              SHAPE.pixels(),
              names.size(),
              bytes::write,
              (done, all) -> progress.at(unpacked.getFileName().toString(), done, all));
      return new StoredImages(
          "celeba",
          what + ", SHA-256 of pixels " + images.sha256(),
          SHAPE,
          images,
          PixelKind.CONTINUOUS,
          Optional.of(factors));
    }
  }

  private static Factors factors(AttributeTable table, List<String> pictures) throws IOException {
    List<int[]> columns = new ArrayList<>();
    table.names().forEach(name -> columns.add(new int[pictures.size()]));
    for (int i = 0; i < pictures.size(); i++) {
      String picture = pictures.get(i);
      int[] values = table.values(picture.substring(picture.lastIndexOf('/') + 1));
      for (int a = 0; a < values.length; a++) {
        columns.get(a)[i] = values[a];
      }
    }
    return FactorTable.ofClasses(table.names(), 2, columns);
  }
}
