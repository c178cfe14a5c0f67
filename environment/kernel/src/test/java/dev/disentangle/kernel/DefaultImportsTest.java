package dev.disentangle.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefaultImportsTest {

  @TempDir Path folder;

  @Test
  void findsTheKitsPackagesInJarsAndFolders() throws IOException {
    Path jar = folder.resolve("kit.jar");
    try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (String name :
          List.of(
              "dev/disentangle/Disentangle.class",
              "dev/disentangle/data/Image.class",
              "dev/disentangle/data/format/Reader.class",
              "dev/disentangle/kernel/Main.class",
              "dev/disentangle/notes/readme.txt",
              "dev/other/Thing.class")) {
        out.putNextEntry(new JarEntry(name));
        out.closeEntry();
      }
    }
    Path classes = Files.createDirectories(folder.resolve("classes/dev/disentangle/plot"));
    Files.createFile(classes.resolve("Plots.class"));
    String classPath =
        String.join(
            File.pathSeparator,
            jar.toString(),
            folder.resolve("classes").toString(),
            folder.resolve("missing.jar").toString());
    assertEquals(
        List.of("dev.disentangle", "dev.disentangle.data", "dev.disentangle.plot"),
        List.copyOf(DefaultImports.kitPackages(classPath)));
    assertTrue(DefaultImports.of(classPath).contains("import dev.disentangle.plot.*;"));
  }

  @Test
  void keepsToIjavasImportsWhenAsked() {
    assertFalse(DefaultImports.ofIjava().toString().contains("disentangle"));
  }
}
