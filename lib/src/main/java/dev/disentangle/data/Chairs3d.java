package dev.disentangle.data;

import dev.disentangle.data.format.PictureBytes;
import dev.disentangle.data.format.PictureSource;
import dev.disentangle.data.store.ByteImages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * 3D Chairs: 1,393 chair models rendered from 31 directions at 2 heights (Aubry, Maturana, Efros,
 * Russell and Sivic 2014, "Seeing 3D chairs: exemplar part-based 2D-3D alignment using a large
 * dataset of CAD models"), from the published folder tree {@code
 * rendered_chairs/MODEL/renders/image_NUMBER_pELEVATION_tAZIMUTH_rDISTANCE.png}.
 */
public final class Chairs3d {

  private static final Pattern NAME =
      Pattern.compile("(?:.*/)?([^/]+)/renders/image_\\d+_p(\\d+)_t(\\d+)_r\\d+\\.png");

  private Chairs3d() {}

  /**
   * Reads the chairs as 64x64 images in memory, about 350 MB in grey and 1.1 GB in colour.
   *
   * @param root the folder {@code rendered_chairs} or a zip of it
   * @param channels 1 for grey, 3 for colour
   * @return the images with factors {@code model}, {@code elevation} and {@code azimuth}, the
   *     angles in degrees
   * @throws IOException if there is no such picture or one cannot be decoded
   * @throws IllegalArgumentException if {@code channels} is neither 1 nor 3
   */
  public static ImageData read(Path root, int channels) throws IOException {
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException("channels must be 1 or 3, was " + channels);
    }
    try (PictureSource source = PictureSource.open(root)) {
      List<String> pictures = new ArrayList<>();
      List<List<String>> columns = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
      for (String name : source.names()) {
        Matcher matcher = NAME.matcher(name);
        if (matcher.matches()) {
          pictures.add(name);
          for (int f = 0; f < columns.size(); f++) {
            columns.get(f).add(matcher.group(f + 1));
          }
        }
      }
      if (pictures.isEmpty()) {
        throw new IOException(
            root + ": expected pictures such as MODEL/renders/image_000_p020_t011_r096.png");
      }
      ImageShape shape = new ImageShape(channels, 64, 64);
      PictureBytes bytes = new PictureBytes(source, pictures, 0, channels, 64, 64);
      ByteImages images = ByteImages.read(shape.pixels(), pictures.size(), bytes::read);
      return new StoredImages(
          "chairs3d",
          "chairs3d as " + shape + ", SHA-256 of pixels " + images.sha256(),
          shape,
          images,
          PixelKind.CONTINUOUS,
          Optional.of(FactorTable.of(List.of("model", "elevation", "azimuth"), columns)));
    }
  }
}
