package dev.disentangle.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FactorTableTest {

  @TempDir Path folder;

  private Path csv(String text) throws IOException {
    Path file = folder.resolve("factors.csv");
    Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));
    return file;
  }

  @Test
  void classesAreOrderedAsNumbersOrAsText() throws IOException {
    FactorTable table = FactorTable.read(csv("size, colour\n10,red\n9,\"dark, blue\"\n10,red\n"));
    assertEquals(3, table.size());
    assertEquals(2, table.classes(0));
    assertEquals("9", table.label(0, 0));
    assertEquals("dark, blue", table.label(1, 0));
    assertArrayEquals(new int[][] {{1, 1}, {0, 0}}, table.values(new int[] {2, 1}));
    assertEquals("FactorTable[size 2, colour 2]", table.toString());
  }

  @Test
  void rowsAndColumnsCanBePicked() throws IOException {
    FactorTable table = FactorTable.read(csv("file,x\na,1\nb,2\n"));
    FactorTable picked = table.rows(new int[] {1, 1, 0}).without("file");
    assertEquals(1, picked.count());
    assertEquals(3, picked.size());
    assertEquals(1, picked.value(1, 0));
    assertThrows(IllegalArgumentException.class, () -> table.without("y"));
    assertThrows(IndexOutOfBoundsException.class, () -> table.rows(new int[] {2}));
    assertThrows(IndexOutOfBoundsException.class, () -> table.value(2, 0));
  }

  @Test
  void damagedFilesAreNamed() throws IOException {
    for (String text :
        new String[] {
          "", "x,y\n", "x,y\n1,2\n3\n", "x,x\n1,2\n", "x\n\"open\n", "x\n\u00e9\n", "x,\n1,2\n"
        }) {
      Path file = csv(text);
      Throwable error = assertThrows(IOException.class, () -> FactorTable.read(file), text);
      assertTrue(error.getMessage().contains("factors.csv"), error.getMessage());
    }
    Throwable error = assertThrows(IOException.class, () -> FactorTable.read(csv("x,y\n1,2\n3\n")));
    assertTrue(error.getMessage().contains("line 3: expected 2 entries, found 1"));
  }

  @Test
  void aByteOrderMarkIsNoPartOfAName() throws IOException {
    FactorTable table = FactorTable.read(csv("\u00EF\u00BB\u00BFsize,colour\n10,red\n9,blue\n"));
    assertEquals("size", table.name(0));
    assertEquals("9", table.label(0, 0));
  }

  @Test
  void missingEntriesAreNoClass() throws IOException {
    for (String entry : new String[] {"", " ", "NaN", "nan", "NA", "null", "?"}) {
      Path file = csv("size,colour\n1.5,red\n" + entry + ",red\n2,blue\n");
      Throwable error = assertThrows(IOException.class, () -> FactorTable.read(file), entry);
      assertTrue(
          error.getMessage().contains("factor size has no value in row 2 of 3, found"),
          error.getMessage());
    }
    Path blank = csv("size,colour\n1.5,red\n2,\n");
    Throwable error = assertThrows(IOException.class, () -> FactorTable.read(blank));
    assertTrue(error.getMessage().contains("factor colour has no value in row 2"));
    // Among words, NA may be a country and "none" an answer.
    FactorTable words = FactorTable.read(csv("country,hat\nNA,none\nDE,tall\n"));
    assertEquals(2, words.classes(0));
    assertThrows(
        IllegalArgumentException.class,
        () -> FactorTable.of(List.of("x"), List.of(List.of("1", "NaN"))));
  }

  @Test
  void realNumbersAreCutIntoBins() throws IOException {
    FactorTable table =
        FactorTable.read(csv("angle,colour\n0.5,red\n-1,red\n0.99,blue\n3,red\n1.0,blue\n"));
    assertEquals(List.of("angle"), table.nearlyUnique());
    // Four bins of width 1 from -1 to 3; nothing lies in [2, 3) but the greatest number, 3 itself.
    FactorTable cut = table.bins("angle", 4);
    assertEquals(List.of(), cut.nearlyUnique());
    assertEquals("FactorTable[angle 4, colour 2]", cut.toString());
    int[] images = {0, 1, 2, 3, 4};
    assertArrayEquals(new int[][] {{1, 1}, {0, 1}, {1, 0}, {3, 1}, {2, 0}}, cut.values(images));
    assertEquals("[-1, 0)", cut.label(0, 0));
    assertEquals("[2, 3]", cut.label(0, 3));
    // Ten bins of 0.4: five of them hold an image.
    assertEquals(5, table.bins("angle", 10).classes(0));
    assertArrayEquals(
        new int[][] {{0, 1}, {0, 1}, {0, 0}, {1, 1}, {1, 0}},
        table.bins("angle", 2).values(images));
  }

  @Test
  void realNumbersAreKeptBesideTheirRanges() throws IOException {
    FactorTable table =
        FactorTable.read(csv("angle,colour\n0.5,red\n-1,red\n0.99,blue\n3,red\n1.0,blue\n"))
            .continuous("angle", 4);
    assertTrue(table.isContinuous(0));
    assertFalse(table.isContinuous(1));
    assertEquals(List.of(), table.nearlyUnique());
    assertEquals("FactorTable[angle 4, colour 2]", table.toString());
    assertEquals(0.99, table.number(2, 0));
    assertEquals(1, table.value(2, 0));
    assertEquals(1, table.number(0, 1));
    FactorTable some = table.rows(new int[] {3, 1});
    assertEquals(-1, some.number(1, 0));
    assertEquals(3, some.value(0, 0));
    assertTrue(some.isContinuous(0));
    assertFalse(table.without("angle").isContinuous(0));
    assertThrows(IllegalArgumentException.class, () -> table.continuous("colour", 4));
  }

  /** Fractions of which many are different are no classes, even if each repeats. */
  @Test
  void manyFractionsAreNoClasses() {
    List<String> repeated =
        java.util.stream.IntStream.range(0, 404).mapToObj(i -> i % 101 + ".5").toList();
    FactorTable table = FactorTable.of(List.of("x"), List.of(repeated));
    assertEquals(List.of("x"), table.nearlyUnique());
    FactorTable fewer = FactorTable.of(List.of("x"), List.of(repeated.subList(0, 100)));
    assertEquals(List.of("x"), fewer.nearlyUnique());
    List<String> hundred =
        java.util.stream.IntStream.range(0, 400).mapToObj(i -> i % 100 + ".5").toList();
    assertEquals(List.of(), FactorTable.of(List.of("x"), List.of(hundred)).nearlyUnique());
  }

  @Test
  void columnsThatRepeatNeedNoBins() {
    assertEquals(
        List.of(),
        FactorTable.of(List.of("x"), List.of(List.of("0.5", "0.5", "1.5", "1.5"))).nearlyUnique());
    List<String> numbers = java.util.stream.IntStream.range(0, 30).mapToObj(i -> "" + i).toList();
    assertEquals(List.of("x"), FactorTable.of(List.of("x"), List.of(numbers)).nearlyUnique());
    List<String> words = numbers.stream().map(n -> "w" + n).toList();
    assertEquals(List.of(), FactorTable.of(List.of("x"), List.of(words)).nearlyUnique());
  }

  @Test
  void whatCannotBeCutIsNamed() throws IOException {
    FactorTable table = FactorTable.read(csv("x,word,same\n1,a,2\nInfinity,b,2\n"));
    for (String name : new String[] {"x", "word", "same"}) {
      Throwable error = assertThrows(IllegalArgumentException.class, () -> table.bins(name, 3));
      assertTrue(error.getMessage().contains("factor " + name), error.getMessage());
    }
    assertThrows(IllegalArgumentException.class, () -> table.bins("y", 3));
    assertThrows(IllegalArgumentException.class, () -> table.bins("x", 1));
  }

  @Test
  void badArgumentsAreNamed() {
    assertThrows(IllegalArgumentException.class, () -> FactorTable.of(List.of(), List.of()));
    assertThrows(
        IllegalArgumentException.class,
        () -> FactorTable.of(List.of("x", "y"), List.of(List.of("1"), List.of())));
    Throwable error =
        assertThrows(
            IllegalArgumentException.class, () -> FactorTable.of("digit", 10, new int[] {0, 10}));
    assertEquals("digit of image 1 must be in [0, 10), was 10", error.getMessage());
    assertThrows(IllegalArgumentException.class, () -> FactorTable.of("digit", 10, new int[0]));
  }
}
