package dev.disentangle.representation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.data.FactorTable;
import dev.disentangle.data.format.NpzWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is taken for what when files come from people with habits of their own. */
class CodesFileNamesTest {

  private static final CodesArrays GUESSED = CodesArrays.guessed();

  @TempDir Path folder;

  private Path text(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  /** An npz file of zeros, each array as a type, a shape in brackets and a name. */
  private Path npz(String name, String... arrays) throws IOException {
    Path file = folder.resolve(name);
    try (NpzWriter writer = new NpzWriter(file)) {
      for (String array : arrays) {
        int open = array.indexOf('[');
        int close = array.indexOf(']');
        String shape = array.substring(open + 1, close);
        byte[] header = NpzWriter.header(array.substring(0, open), shape);
        byte[] zeros = new byte[bytes(array.charAt(2), shape)];
        writer.add(array.substring(close + 2), header, out -> out.write(zeros));
      }
    }
    return file;
  }

  private static int bytes(char width, String shape) {
    int bytes = width - '0';
    for (String axis : shape.split(",")) {
      bytes *= axis.isBlank() ? 1 : Integer.parseInt(axis.strip());
    }
    return bytes;
  }

  private static String refused(Path file, CodesArrays arrays) {
    return assertThrows(IOException.class, () -> CodesFile.read(file, arrays)).getMessage();
  }

  @Test
  void capitalsAndStrokesOfNamesDoNotMatter() throws IOException {
    Path file = npz("A.NPZ", "<f4[4, 2] Z-Mean", "<f4[4, 3] other", "<f4[4, 2] Log_Var");
    assertEquals(
        "A.NPZ: codes Z-Mean [4, 2], log variances Log_Var [4, 2], no factors",
        CodesFile.read(file).toString());
    CodesArrays named = GUESSED.withCodes("z mean").withLogVariances("LOGVAR");
    assertEquals(CodesFile.read(file).toString(), CodesFile.read(file, named).toString());
    assertEquals(
        GUESSED.withLogVariances("a"), GUESSED.withLogVariances("b").withLogVariances("a"));
  }

  @Test
  void theOnlyTableIsCodesWhateverItsName() throws IOException {
    // Whole numbers, vectors, pictures and what is named like something else are none.
    Path file =
        npz(
            "a.npz",
            "<f4[4, 2] mine",
            "<i4[4, 3] seeds",
            "<f4[4] loss",
            "<f4[4, 2, 3] pictures",
            "<f4[4, 2] logvar",
            "<f4[4, 1] targets");
    assertEquals(
        "a.npz: codes mine [4, 2], log variances logvar [4, 2], factors targets [4, 1]",
        CodesFile.read(file).toString());
    Path two = npz("two.npz", "<f4[4, 2] one", "<f4[4, 1] two");
    assertTrue(refused(two, GUESSED).contains("found [one [4, 2], two [4, 1]]; say which array"));
  }

  @Test
  void axesOfOneBehindTheSecondAreNothing() throws IOException {
    // As convolutions leave them: [images, latents, 1, 1].
    CodesFile file = CodesFile.read(npz("a.npz", "<f4[4, 2, 1, 1] z", "<i4[4, 1, 1] labels"));
    assertEquals(2, file.codes().latents());
    assertEquals(4, file.codes().size());
    assertEquals(1, file.factors().orElseThrow().count());
    CodesFile one = CodesFile.read(npz("one.npz", "<f4[4, 1] z"));
    assertEquals(1, one.codes().latents());
    assertEquals(1, CodesFile.read(npz("image.npz", "<f4[1, 3] z")).codes().size());
  }

  @Test
  void whatIsNoTableIsNotCodes() throws IOException {
    for (String shape : new String[] {"", "4,", "0, 2", "4, 0", "4, 2, 3"}) {
      Path file = npz("a.npz", "<f4[" + shape + "] z");
      assertTrue(refused(file, GUESSED).contains("expected codes [images, latents]"), shape);
      assertTrue(refused(file, GUESSED.withCodes("z")).contains("found [z ["), shape);
      assertFalse(refused(file, GUESSED.withCodes("z")).contains("say which"), shape);
    }
    Path factors = npz("b.npz", "<f4[4, 2] z", "<f4[4, 2, 3] factors");
    assertEquals("b.npz: codes z [4, 2], no factors", CodesFile.read(factors).toString());
    String message = refused(factors, GUESSED.withFactors("factors"));
    assertTrue(message.contains("expected an array factors [images, ...]"), message);
    Path none = npz("c.npz", "<f4[4, 2] z");
    message = refused(none, GUESSED.withLogVariances("spread"));
    assertTrue(message.contains("expected an array spread [images, ...]"), message);
  }

  @Test
  void anArrayAloneKeepsItsFilesName() throws IOException {
    Path file = folder.resolve("X.NPY");
    byte[] header = NpzWriter.header("<f4", "3, 1");
    Files.write(file, java.util.Arrays.copyOf(header, header.length + 12));
    CodesFile codes = CodesFile.read(file);
    assertEquals("X.NPY: codes <f4 [3, 1]", codes.toString());
    assertEquals(3, codes.codes().size());
    Files.write(file, java.util.Arrays.copyOf(header, header.length + 13));
    assertTrue(refused(file, GUESSED).contains("X.NPY"), "bytes behind the array");
  }

  @Test
  void columnsThatNumberOrNameImagesAreNoFactors() throws IOException {
    Path csv =
        text(
            "a.csv",
            "Unnamed: 0,file name,Image_ID,index, z0 ,z[1],mu.0,targets1,size\n"
                + "0,a.png,7,0, 1 ,2,3,5,6\n");
    assertEquals("a.csv: codes [mu.0], factors [targets1]", CodesFile.read(csv).toString());
    CodesArrays z = GUESSED.withCodes("Z").withFactors("size");
    assertEquals("a.csv: codes [z0, z[1]], factors [size]", CodesFile.read(csv, z).toString());
    assertArrayEquals(new float[][] {{1, 2}}, CodesFile.read(csv, z).codes().means());
    Path plain = text("b.csv", "Unnamed: 0,file name,z0,logvar0,x,y\n0,a.png,1,2,3,4\n");
    assertEquals(
        "b.csv: codes [z0], log variances [logvar0], factors [x, y]",
        CodesFile.read(plain).toString());
    Path none = text("c.csv", "z0,z1\n1,2\n");
    assertEquals("c.csv: codes [z0, z1], no factors", CodesFile.read(none).toString());
    assertEquals(
        Float.NEGATIVE_INFINITY, CodesFile.read(none).codes().logVariances()[0][1], "no variances");
  }

  @Test
  void factorsGetTheirNamesInTheirOrder() throws IOException {
    Path csv = text("a.csv", "z0,x,y\n1,a,b\n2,c,b\n");
    FactorTable table =
        CodesFile.read(csv, GUESSED.withFactorNames("left", "top")).factors().orElseThrow();
    assertEquals("left", table.name(0));
    assertEquals("top", table.name(1));
    assertEquals(2, table.classes(0));
    assertEquals(1, table.classes(1));
    String message = refused(csv, GUESSED.withFactorNames("left"));
    assertTrue(message.contains("names of the factors [x, y], were given [left]"), message);
  }

  @Test
  void realNumbersAreTakenAsAskedFor() throws IOException {
    Path csv = text("a.csv", "z0,angle,size\n1,0.1,1\n2,2.5,2\n3,7.25,1\n4,3,2\n");
    CodesFile guessed = CodesFile.read(csv);
    assertTrue(guessed.factors().orElseThrow().isContinuous(0));
    assertEquals(
        "a.csv: codes [z0], factors [angle, size], real numbers angle (in 20 ranges where a score"
            + " needs classes)",
        guessed.toString());
    CodesArrays classes = GUESSED.withContinuous(ContinuousFactors.of());
    assertFalse(CodesFile.read(csv, classes).factors().orElseThrow().isContinuous(0));
    CodesArrays wrong = GUESSED.withContinuous(ContinuousFactors.of("depth"));
    String message = refused(csv, wrong);
    assertTrue(message.startsWith(csv + ": ") && message.contains("depth"), message);
    assertEquals(20, ContinuousFactors.of("angle").ranges());
  }

  @Test
  void rowsAndEntriesThatDoNotFitAreCountedFromOne() throws IOException {
    Path word = text("a.csv", "z0,z1,size\n1,2,3\n4,five,6\n");
    assertTrue(
        refused(word, GUESSED).endsWith("row 2: expected a number in column z1, found \"five\""));
    Path less = text("b.csv", "z0,z1,size\n1,2,3\n4,5,6\n7,8\n");
    assertTrue(refused(less, GUESSED).endsWith("row 3: expected 3 entries, found 2"));
    Path other = text("c.csv", "z0,size\n1,2\n");
    String message = refused(other, GUESSED.withFactors("shape"));
    assertTrue(message.endsWith("expected columns shape0, ..., found [z0, size]"), message);
    String rows = refused(npz("d.npz", "<f4[4, 2] z", "<f4[3, 2] logvar"), GUESSED);
    assertTrue(rows.endsWith("as many log variances as codes, 4 x 2, found 3 x 2"), rows);
  }
}
