package dev.disentangle.data.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueTest {

  private static final String HEADER = "dataset,file,url,bytes,sha256,licence,citation\n";

  @TempDir Path folder;

  private Path csv(String text) throws IOException {
    return Files.writeString(folder.resolve("catalogue.csv"), text);
  }

  @Test
  void theLibrarysOwnCatalogueIsSound() {
    Catalogue catalogue = Catalogue.standard();
    assertEquals(4, catalogue.files("mnist").size());
    assertEquals(6, catalogue.files("smallnorb").size());
    CatalogueEntry shapes = catalogue.files("shapes3d").get(0);
    assertEquals(267_573_662, shapes.bytes().getAsLong());
    for (CatalogueEntry entry : catalogue.entries()) {
      assertTrue(!entry.licence().isBlank() && !entry.citation().isBlank(), entry.file());
    }
    Throwable error =
        assertThrows(IllegalArgumentException.class, () -> catalogue.files("unheard-of"));
    assertTrue(error.getMessage().contains("mnist"), error.getMessage());
  }

  @Test
  void wrongRowsAreNamed() throws IOException {
    for (String row :
        new String[] {
          "set,../file,,,,free,page",
          "set,file,ftp://example.org/x,,,free,page",
          "set,file,http://bad address,,,free,page",
          "set,file,,many,,free,page",
          "set,file,,-1,,free,page",
          "set,file,,,abc,free,page",
          "set,file"
        }) {
      Path file = csv(HEADER + row + "\n");
      Throwable error = assertThrows(IOException.class, () -> Catalogue.read(file), row);
      assertTrue(error.getMessage().contains("catalogue.csv, line"), error.getMessage());
    }
    Path header = csv("a,b\nc,d\n");
    assertThrows(IOException.class, () -> Catalogue.read(header));
    assertEquals(1, Catalogue.read(csv(HEADER + "set,file,,,,free,page\n")).entries().size());
  }
}
