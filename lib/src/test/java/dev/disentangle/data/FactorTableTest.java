package dev.disentangle.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
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
