package dev.disentangle.kernel;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** What every session imports before its first cell. */
final class DefaultImports {

  private static final String KIT = "dev/disentangle";
  private static final int KIT_DOTS = 2;

  private static final List<String> JSHELL =
      List.of(
          "java.io.*",
          "java.math.*",
          "java.net.*",
          "java.nio.file.*",
          "java.util.*",
          "java.util.concurrent.*",
          "java.util.function.*",
          "java.util.prefs.*",
          "java.util.regex.*",
          "java.util.stream.*");

  private static final List<String> IJAVA =
      List.of(
          "java.io.*",
          "java.math.*",
          "java.net.*",
          "java.util.*",
          "java.util.concurrent.*",
          "java.util.prefs.*",
          "java.util.regex.*");

  private DefaultImports() {}

  /** IJava's imports alone: what runs with these needs nothing that only this kernel imports. */
  static List<String> ofIjava() {
    return IJAVA.stream().map(name -> "import " + name + ";").toList();
  }

  /** Import statements: JShell's own defaults, the kit's packages and the display functions. */
  static List<String> of(String classPath) {
    List<String> imports = new ArrayList<>();
    JSHELL.forEach(name -> imports.add("import " + name + ";"));
    kitPackages(classPath).forEach(name -> imports.add("import " + name + ".*;"));
    for (String function : List.of("render", "display", "updateDisplay")) {
      imports.add("import static " + Display.class.getName() + "." + function + ";");
    }
    return imports;
  }

  /**
   * The kit's packages, {@code dev.disentangle} and those one level below, but not the kernel's
   * own. Deeper ones hold details, whose names may repeat what users know from above.
   */
  static SortedSet<String> kitPackages(String classPath) {
    SortedSet<String> packages = new TreeSet<>();
    for (String entry : classPath.split(File.pathSeparator)) {
      try (Stream<String> classes = classes(Path.of(entry))) {
        classes
            .filter(name -> name.startsWith(KIT + "/") && name.endsWith(".class"))
            .map(name -> name.substring(0, name.lastIndexOf('/')).replace('/', '.'))
            .filter(name -> name.chars().filter(c -> c == '.').count() <= KIT_DOTS)
            .forEach(packages::add);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read class path entry " + entry, e);
      }
    }
    packages.remove(DefaultImports.class.getPackageName());
    return packages;
  }

  private static Stream<String> classes(Path entry) throws IOException {
    if (Files.isDirectory(entry.resolve(KIT))) {
      return Files.walk(entry.resolve(KIT))
          .map(file -> entry.relativize(file).toString().replace(File.separatorChar, '/'));
    }
    if (Files.isRegularFile(entry) && entry.toString().endsWith(".jar")) {
      try (JarFile jar = new JarFile(entry.toFile())) {
        return jar.stream().map(file -> file.getName()).toList().stream();
      }
    }
    return Stream.empty();
  }
}
