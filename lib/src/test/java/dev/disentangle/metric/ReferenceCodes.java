package dev.disentangle.metric;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipInputStream;

/** Representations of dSprites by published models; see the README beside the files. */
public final class ReferenceCodes {

  static final int LATENTS = 10;
  static final int FACTORS = 5;
  static final int POINTS = 15_000;

  private ReferenceCodes() {}

  /** Points 0 to 9,999, which the reference trains on. */
  public static LabelledCodes train(String model) {
    return read(model).rows(0, 10_000);
  }

  /** Points 10,000 to 14,999, which the reference evaluates on. */
  public static LabelledCodes test(String model) {
    return read(model).rows(10_000, POINTS);
  }

  static LabelledCodes read(String model) {
    try (InputStream means = open(model + "-means.f32");
        InputStream classes = open(model + "-factors.u8")) {
      byte[] bytes = classes.readAllBytes();
      int[][] factors = new int[POINTS][FACTORS];
      for (int i = 0; i < POINTS * FACTORS; i++) {
        factors[i / FACTORS][i % FACTORS] = bytes[i];
      }
      return new LabelledCodes(floats(means, POINTS), factors);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Means of the model {@code factor} for all 737,280 images, where that file (30 MB, not in the
   * repository) is at hand: in the folder that the property {@code reference.scores} names, or in
   * the folder {@code shared} beside the checkout.
   */
  static Optional<float[][]> grid() {
    String folder = System.getProperty("reference.scores", "../../shared/reference/scores");
    Path file = Path.of(folder, "factor_grid_means.npz");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
      zip.getNextEntry();
      DataInputStream entry = new DataInputStream(zip);
      entry.skipNBytes(8);
      entry.skipNBytes(Short.reverseBytes(entry.readShort()));
      return Optional.of(floats(entry, 737_280));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static InputStream open(String name) {
    return ReferenceCodes.class.getResourceAsStream("/metric/" + name);
  }

  private static float[][] floats(InputStream stream, int rows) throws IOException {
    float[][] table = new float[rows][LATENTS];
    for (float[] row : table) {
      ByteBuffer.wrap(stream.readNBytes(4 * LATENTS))
          .order(ByteOrder.LITTLE_ENDIAN)
          .asFloatBuffer()
          .get(row);
    }
    return table;
  }
}
