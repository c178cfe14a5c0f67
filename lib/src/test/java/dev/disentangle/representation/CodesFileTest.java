package dev.disentangle.representation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.data.Factors;
import dev.disentangle.data.format.NpzWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodesFileTest {

  @TempDir Path folder;

  private Path text(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  /** An npz file of float64 zeros in these shapes, such as {@code means 6, 3}. */
  private Path npz(String... arrays) throws IOException {
    Path file = folder.resolve("made.npz");
    try (NpzWriter writer = new NpzWriter(file)) {
      for (String array : arrays) {
        String name = array.substring(0, array.indexOf(' '));
        String shape = array.substring(name.length() + 1);
        int elements = 1;
        for (String axis : shape.split(",")) {
          elements *= Integer.parseInt(axis.strip());
        }
        int bytes = 8 * elements;
        writer.add(name, NpzWriter.header("<f8", shape), out -> out.write(new byte[bytes]));
      }
    }
    return file;
  }

  private static int[][] classes(Factors factors) {
    int[] all = java.util.stream.IntStream.range(0, factors.size()).toArray();
    return factors.values(all);
  }

  private void assertRefused(Path file, CodesArrays arrays, String message) {
    Throwable error = assertThrows(IOException.class, () -> CodesFile.read(file, arrays));
    assertTrue(error.getMessage().contains(message), error.getMessage());
    assertTrue(error.getMessage().contains(file.getFileName().toString()), error.getMessage());
  }

  /**
   * numpy-codes.npz was written by NumPy 2.4: mu = arange(18) / 8 as float16 [6, 3] in Fortran
   * order, z = other numbers, logvar = -mu as float64, factors = [i % 2, 10 (i / 2)] as int64 in
   * Fortran order, note = pickled objects.
   */
  @Test
  void readsWhatNumpyWroteInAnyOrderAndWidth() throws IOException {
    Path npz = folder.resolve("codes.npz");
    try (InputStream resource = CodesFileTest.class.getResourceAsStream("numpy-codes.npz")) {
      Files.copy(resource, npz);
    }
    CodesFile file = CodesFile.read(npz);
    assertEquals(6, file.codes().size());
    for (int i = 0; i < 18; i++) {
      assertEquals(i / 8f, file.codes().means()[i / 3][i % 3]);
      assertEquals(-(i / 8f), file.codes().logVariances()[i / 3][i % 3]);
    }
    Factors factors = file.factors().orElseThrow();
    assertArrayEquals(
        new int[][] {{0, 0}, {1, 0}, {0, 1}, {1, 1}, {0, 2}, {1, 2}}, classes(factors));
    assertEquals("factor 1", factors.name(1));
    assertEquals(
        "codes.npz: codes mu [6, 3], log variances logvar [6, 3], factors factors [6, 2]",
        file.toString());
    CodesFile named =
        CodesFile.read(npz, CodesArrays.guessed().withCodes("z").withFactorNames("shape", "posX"));
    assertEquals("posX", named.factors().orElseThrow().name(1));
    assertTrue(named.toString().contains("codes z [6, 3]"), named::toString);
    assertArrayEquals(file.codes().means(), Codes.read(npz).means());
  }

  @Test
  void namesAreGuessedOrListed() throws IOException {
    CodesArrays guessed = CodesArrays.guessed();
    assertEquals(
        "made.npz: codes Z_mean [4, 2], factors Labels [4]",
        CodesFile.read(npz("Z_mean 4, 2", "Labels 4", "images 4, 8, 8")).toString());
    CodesFile only = CodesFile.read(npz("whatever 4, 2"));
    assertEquals(Optional.empty(), only.factors());
    assertEquals(Float.NEGATIVE_INFINITY, only.codes().logVariances()[3][1]);
    Path two = npz("one 4, 2", "two 4, 3", "three 5");
    assertRefused(two, guessed, "found [one [4, 2], two [4, 3], three [5]]; say which");
    assertRefused(two, guessed.withCodes("four"), "found [one [4, 2]");
    assertRefused(two, guessed.withCodes("three"), "expected codes [images, latents]");
    assertRefused(two, guessed.withCodes("one").withFactors("y"), "an array y");
    CodesFile chosen = CodesFile.read(two, guessed.withCodes("two").withFactors("one"));
    assertEquals(3, chosen.codes().latents());
    assertEquals(2, chosen.factors().orElseThrow().count());
  }

  /** A position is called y as often as labels are. */
  @Test
  void aColumnYBesideOthersIsOneFactorOfSeveral() throws IOException {
    CodesFile file = CodesFile.read(text("xy.csv", "z0,z1,shape,x,y\n1,2,0,1,2\n3,4,1,2,1\n"));
    assertEquals("xy.csv: codes [z0, z1], factors [shape, x, y]", file.toString());
    CodesFile only = CodesFile.read(text("y.csv", "z0,z1,y\n1,2,0\n3,4,1\n"));
    assertEquals("y.csv: codes [z0, z1], factors [y]", only.toString());
    CodesFile two = CodesFile.read(text("ys.csv", "z0,y0,y1,loss\n1,2,0,7\n3,4,1,8\n"));
    assertEquals("ys.csv: codes [z0], factors [y0, y1]", two.toString());
    CodesFile label = CodesFile.read(text("label.csv", "z0,label,loss\n1,2,7\n3,4,8\n"));
    assertEquals("label.csv: codes [z0], factors [label]", label.toString());
    CodesArrays named = CodesArrays.guessed().withFactors("y");
    CodesFile asked = CodesFile.read(text("xy.csv", "z0,x,y\n1,2,0\n3,4,1\n"), named);
    assertEquals("xy.csv: codes [z0], factors [y]", asked.toString());
  }

  @Test
  void tablesThatDoNotFitAreRefused() throws IOException {
    CodesArrays guessed = CodesArrays.guessed();
    assertRefused(npz("means 4, 2", "factors 3, 2"), guessed, "for each of 4 codes, found 3");
    assertRefused(npz("means 4, 2", "logvars 4, 3"), guessed, "4 x 2, found 4 x 3");
    assertRefused(
        npz("means 4, 2", "factors 4, 2"),
        guessed.withFactorNames("one"),
        "names of 2 factors in factors, were given [one]");
    assertRefused(npz("means 4, 0"), guessed, "expected codes");
    assertRefused(folder.resolve("missing.npz"), guessed, "found none");
    assertRefused(text("broken.npz", "no zip"), guessed, "npz");
  }

  @Test
  void oneArrayAloneIsCodes() throws IOException {
    Path file = folder.resolve("x.npy");
    byte[] header = NpzWriter.header("<f4", "2, 2");
    ByteBuffer all = ByteBuffer.allocate(header.length + 16).order(ByteOrder.LITTLE_ENDIAN);
    Files.write(file, all.put(header).putFloat(1).putFloat(2).putFloat(3).putFloat(4).array());
    assertArrayEquals(new float[][] {{1, 2}, {3, 4}}, Codes.read(file).means());
    assertRefused(file, CodesArrays.guessed().withFactors("y"), "expected no names");
    byte[] vector = NpzWriter.header("<f4", "2,");
    Files.write(file, java.util.Arrays.copyOf(vector, vector.length + 8));
    assertRefused(file, CodesArrays.guessed(), "expected codes [images, latents], found <f4 [2]");
  }

  @Test
  void readsCsvWithCodesInNumberedColumns() throws IOException {
    // As pandas writes it: an index without a name first.
    Path csv =
        text(
            "codes.csv",
            "\uFEFF,z0,z_1,shape,posX,logvar0,logvar1\n0,1.5,-2,heart,3,0,-1\n1,2,1e-1,square,20,0,-2\n");
    CodesFile file = CodesFile.read(csv);
    assertArrayEquals(new float[][] {{1.5f, -2}, {2, 0.1f}}, file.codes().means());
    assertArrayEquals(new float[][] {{0, -1}, {0, -2}}, file.codes().logVariances());
    Factors factors = file.factors().orElseThrow();
    assertEquals(2, factors.count());
    assertEquals("posX", factors.name(1));
    assertArrayEquals(new int[][] {{0, 0}, {1, 1}}, classes(factors));
    assertEquals(
        "codes.csv: codes [z0, z_1], log variances [logvar0, logvar1], factors [shape, posX]",
        file.toString());
    // Samples beside means are neither codes nor factors.
    Path both = text("both.csv", "mu 0,mu 1,z 0,z 1,label\n1,2,3,4,a\n");
    assertEquals("both.csv: codes [mu 0, mu 1], factors [label]", CodesFile.read(both).toString());
    assertEquals(
        "both.csv: codes [z 0, z 1], factors [label]",
        CodesFile.read(both, CodesArrays.guessed().withCodes("z")).toString());
    Path own = text("own.csv", "h0,h1,size\n1,2,3\n");
    CodesFile chosen = CodesFile.read(own, CodesArrays.guessed().withCodes("h"));
    assertEquals("own.csv: codes [h0, h1], factors [size]", chosen.toString());
  }

  @Test
  void wrongCsvIsNamed() throws IOException {
    CodesArrays guessed = CodesArrays.guessed();
    assertRefused(text("a.csv", "x,y\n1,2\n"), guessed, "found [x, y]; say which");
    assertRefused(text("a.csv", "z0,z1\n1,2\n3,oops\n"), guessed, "row 2: expected a number in");
    assertRefused(text("a.csv", "z0,z1\n1,2\n3\n"), guessed, "row 2: expected 2 entries, found 1");
    assertRefused(
        text("a.csv", "z0,size\n1,2\n3,\n"), guessed, "factor size has no value in row 2");
    assertRefused(text("a.csv", "z0,z1\n"), guessed, "at least one image");
    assertRefused(text("a.csv", ""), guessed, "expected");
    assertRefused(text("a.csv", "z0,z0\n1,2\n"), guessed, "header");
    assertRefused(text("a.csv", "z0,z1\n1,2\n"), guessed.withFactors("y"), "columns y0");
    Path latin = folder.resolve("latin.csv");
    Files.write(latin, "z0,é\n1,2\n".getBytes(StandardCharsets.ISO_8859_1));
    assertRefused(latin, guessed, "UTF-8");
  }
}
