package dev.disentangle.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {

  private static final ImageShape GREY = new ImageShape(1, 12, 12);

  @TempDir Path folder;
  private Path pictures;

  @BeforeEach
  void copyPictures() throws IOException {
    pictures = folder.resolve("pictures");
    TestFiles.copy("format/grey.png", pictures, "b/grey.png");
    TestFiles.copy("format/rgb.png", pictures, "a.png");
    TestFiles.copy("format/alpha.png", pictures, "c.png");
  }

  private Path csv(String text) throws IOException {
    return Files.writeString(folder.resolve("factors.csv"), text);
  }

  @Test
  void picturesAreCutToTheCentredSquare() throws IOException {
    ImageData data = ImageFolder.read(pictures, GREY);
    assertEquals(3, data.size());
    // grey.png is 16 x 12 with value 16 x / 255; the square begins at x = 2.
    float[] image = data.image(1).pixels();
    assertEquals(32 / 255f, image[0]);
    assertEquals((13 * 16) / 255f, image[11]);
    // Transparent pixels are white.
    assertEquals(1, data.image(2).pixels()[11]);
    ImageData colour = ImageFolder.read(pictures, new ImageShape(3, 12, 12));
    // rgb.png: red 16 x, green 20 y, blue 9 (x + y), at (2 + 3, 4), plane by plane.
    float[] rgb = colour.image(0).pixels();
    int at = 4 * 12 + 3;
    assertArrayEquals(
        new float[] {80 / 255f, 80 / 255f, 81 / 255f},
        new float[] {rgb[at], rgb[144 + at], rgb[288 + at]});
    assertNotEquals(data.fingerprint(), colour.fingerprint());
    assertEquals(new ImageShape(3, 64, 64), ImageFolder.read(pictures).shape());
  }

  @Test
  void factorsAreMatchedByFileName() throws IOException {
    Path csv = csv("file,size\nc.png,10\na.png,9\nunused.png,8\nb/grey.png,10\n");
    Factors factors = ImageFolder.read(pictures, GREY, csv).factors().orElseThrow();
    assertEquals(1, factors.count());
    assertArrayEquals(new int[][] {{1}, {2}, {2}}, factors.values(new int[] {0, 1, 2}));
  }

  @Test
  void tablesThatDoNotFitAreRefused() throws IOException {
    Path missing = csv("file,size\nc.png,10\na.png,9\n");
    Throwable error =
        assertThrows(IOException.class, () -> ImageFolder.read(pictures, GREY, missing));
    assertTrue(error.getMessage().contains("b/grey.png"), error.getMessage());
    Path twice = csv("file,size\nc.png,10\nc.png,9\n");
    error = assertThrows(IOException.class, () -> ImageFolder.read(pictures, GREY, twice));
    assertTrue(error.getMessage().contains("twice c.png"), error.getMessage());
    Path noColumn = csv("name,size\nc.png,10\n");
    assertThrows(IOException.class, () -> ImageFolder.read(pictures, GREY, noColumn));
    assertThrows(
        IllegalArgumentException.class, () -> ImageFolder.read(pictures, new ImageShape(2, 8, 8)));
  }

  @Test
  void picturesThatCannotBeReadAreCountedAndSaid() throws IOException {
    Files.write(pictures.resolve("b/x.tif"), new byte[4]);
    Files.write(pictures.resolve("y.TIF"), new byte[4]);
    Files.write(pictures.resolve("z.webp"), new byte[4]);
    Files.write(pictures.resolve("notes.txt"), new byte[4]);
    List<String> log = new ArrayList<>();
    ImageData data = logged(log, () -> ImageFolder.read(pictures, GREY));
    assertEquals("pictures: 3 images 1x12x12; skipped 2 .tif, 1 .webp", data.toString());
    assertEquals(1, log.size(), log::toString);
    assertTrue(log.get(0).contains("pictures: skipped 2 .tif, 1 .webp"), log.get(0));
    Path only = Files.createDirectories(folder.resolve("only"));
    Files.write(only.resolve("x.webp"), new byte[4]);
    Throwable error = assertThrows(IOException.class, () -> ImageFolder.read(only, GREY));
    assertTrue(error.getMessage().contains("found 1 .webp"), error.getMessage());
  }

  @Test
  void realNumbersAreWarnedOfUntilTheyAreBinned() throws IOException {
    Path csv = csv("\uFEFFfile,angle\nc.png,0.25\na.png,1.5\nb/grey.png,9.75\n");
    List<String> log = new ArrayList<>();
    ImageData fine = logged(log, () -> ImageFolder.read(pictures, GREY, csv));
    assertEquals(3, fine.factors().orElseThrow().classes(0));
    assertEquals(1, log.size(), log::toString);
    assertTrue(log.get(0).contains("factor angle is of real numbers"), log.get(0));
    assertTrue(log.get(0).contains("continuous(\"angle\", 20)"), log.get(0));
    log.clear();
    ImageData binned =
        logged(log, () -> ImageFolder.read(pictures, GREY, FactorTable.read(csv).bins("angle", 2)));
    assertEquals(List.of(), log);
    assertArrayEquals(
        new int[][] {{0}, {1}, {0}}, binned.factors().orElseThrow().values(new int[] {0, 1, 2}));
  }

  /** Reads a data set and lists what was logged meanwhile. */
  private static ImageData logged(List<String> log, Callable<ImageData> reading)
      throws IOException {
    Logger logger = Logger.getLogger("dev.disentangle.data");
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord message) {
            log.add(message.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
    try {
      return reading.call();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    } finally {
      logger.removeHandler(handler);
      logger.setUseParentHandlers(true);
    }
  }
}
