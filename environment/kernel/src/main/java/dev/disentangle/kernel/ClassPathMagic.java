package dev.disentangle.kernel;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The two line magics, as IJava has them: {@code %classpath ENTRY...} adds jars and folders of
 * classes, {@code %jars PATTERN...} adds the jars that a pattern such as {@code libs/*.jar} names.
 */
final class ClassPathMagic {

  private static final String NAME = "MagicError";

  private ClassPathMagic() {}

  /** The class path entries that one magic line names. */
  static List<Path> entries(String line) throws CellException {
    String[] words = line.substring(1).strip().split("\\s+");
    List<String> arguments = List.of(words).subList(1, words.length);
    boolean known = words[0].equals("classpath") || words[0].equals("jars");
    if (!known) {
      throw failure("there is no magic %" + words[0] + "; this kernel has %classpath and %jars");
    }
    if (arguments.isEmpty()) {
      throw failure("%" + words[0] + " needs at least one path");
    }
    List<Path> entries = new ArrayList<>();
    for (String argument : arguments) {
      entries.addAll(words[0].equals("jars") ? jars(argument) : folders(argument));
    }
    return entries;
  }

  private static List<Path> folders(String argument) throws CellException {
    List<Path> found = new ArrayList<>();
    for (String entry : argument.split(File.pathSeparator)) {
      Path path = Path.of(entry);
      if (!Files.exists(path)) {
        throw failure("class path entry " + path.toAbsolutePath() + " does not exist");
      }
      found.add(path);
    }
    return found;
  }

  private static List<Path> jars(String pattern) throws CellException {
    Path path = Path.of(pattern);
    if (Files.isRegularFile(path)) {
      return List.of(path);
    }
    Path folder = path.getParent() == null ? Path.of("") : path.getParent();
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(folder, path.getFileName().toString())) {
      files.forEach(found::add);
    } catch (IOException e) {
      throw failure("cannot list " + folder.toAbsolutePath() + ": " + e);
    }
    if (found.isEmpty()) {
      throw failure("no file matches " + path.toAbsolutePath());
    }
    Collections.sort(found);
    return found;
  }

  private static CellException failure(String message) {
    return new CellException(NAME, message, List.of(NAME + ": " + message));
  }
}
