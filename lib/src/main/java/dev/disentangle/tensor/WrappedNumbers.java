package dev.disentangle.tensor;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Finds calls that make gradients rest on memory that Java may take back.
 *
 * <p>DJL wraps the number of {@code mul(Number)}, {@code div}, {@code pow}, {@code minimum}, {@code
 * maximum} and {@code clip} in an array which it closes at once; PyTorch's graph goes on pointing
 * at the array's memory. Under memory pressure the gradient is then computed from something else,
 * without an error. {@link Operations#scale} and {@link Operations#atMost} are safe. This class
 * reads a class file's table of called methods, so that a method written in a notebook's cell can
 * be refused before its first step.
 */
public final class WrappedNumbers {

  private static final Set<String> UNSAFE =
      Set.of(
          "mul", "muli", "div", "divi", "rdiv", "rdivi", "pow", "powi", "rpow", "rpowi", "mod",
          "modi", "rmod", "rmodi", "minimum", "maximum", "clip");

  private static final String ARRAYS = "ai/djl/ndarray/NDArray";

  private WrappedNumbers() {}

  /**
   * Looks for such a call in a class, in those that it is nested with, and in those of its package
   * that it names: in a notebook these are all cells that it uses. Classes of this library, and
   * those whose files cannot be read, are passed over.
   *
   * @param root where to start
   * @return the first such call, such as {@code mul(Number) in the class MyMethod}; empty if there
   *     is none
   */
  public static Optional<String> find(Class<?> root) {
    if (isOfThisLibrary(root)) {
      return Optional.empty();
    }
    ClassLoader loader = root.getClassLoader();
    String folder = root.getPackageName().replace('.', '/');
    Set<String> seen = new HashSet<>();
    Deque<String> waiting = new ArrayDeque<>();
    waiting.add(root.getName().replace('.', '/'));
    while (!waiting.isEmpty()) {
      String name = waiting.remove();
      if (loader == null || !seen.add(name)) {
        continue;
      }
      Constants constants = read(loader, name);
      Optional<String> call = constants.unsafeCall();
      if (call.isPresent()) {
        String shown = name.replace('/', '.').replaceFirst("^REPL\\.\\$JShell\\$\\w+?\\$", "");
        return Optional.of(call.get() + " in the class " + shown);
      }
      constants.classes.stream().filter(c -> isIn(folder, c)).forEach(waiting::add);
    }
    return Optional.empty();
  }

  private static boolean isOfThisLibrary(Class<?> type) {
    return type.getProtectionDomain().getCodeSource() != null
        && type.getProtectionDomain()
            .getCodeSource()
            .equals(WrappedNumbers.class.getProtectionDomain().getCodeSource());
  }

  private static boolean isIn(String folder, String name) {
    return name.lastIndexOf('/') == (folder.isEmpty() ? -1 : folder.length())
        && name.startsWith(folder);
  }

  private static Constants read(ClassLoader loader, String name) {
    try (InputStream in = loader.getResourceAsStream(name + ".class")) {
      return in == null ? new Constants(0) : Constants.read(new DataInputStream(in));
    } catch (IOException e) {
      // A loader that keeps its classes to itself; what cannot be read cannot be judged.
      return new Constants(0);
    }
  }

  /** The constants of a class file (The Java Virtual Machine Specification, section 4.4). */
  private static final class Constants {

    private final byte[] tags;
    private final String[] texts;
    private final int[] first;
    private final int[] second;
    private final Set<String> classes = new HashSet<>();

    Constants(int count) {
      tags = new byte[count];
      texts = new String[count];
      first = new int[count];
      second = new int[count];
    }

    static Constants read(DataInputStream in) throws IOException {
      in.skipNBytes(8);
      Constants constants = new Constants(in.readUnsignedShort());
      for (int i = 1; i < constants.tags.length; i++) {
        constants.tags[i] = in.readByte();
        i += constants.readEntry(i, in);
      }
      for (int i = 1; i < constants.tags.length; i++) {
        if (constants.tags[i] == 7) {
          constants.classes.add(constants.texts[constants.first[i]]);
        }
      }
      return constants;
    }

    /** Reads one entry and returns how many places after it are unused. */
    private int readEntry(int i, DataInputStream in) throws IOException {
      switch (tags[i]) {
        case 1 -> texts[i] = in.readUTF();
        case 3, 4 -> in.skipNBytes(4);
        case 5, 6 -> in.skipNBytes(8);
        case 7, 8, 16, 19, 20 -> first[i] = in.readUnsignedShort();
        case 15 -> in.skipNBytes(3);
        default -> {
          first[i] = in.readUnsignedShort();
          second[i] = in.readUnsignedShort();
        }
      }
      // Numbers of 64 bits take two places.
      return tags[i] == 5 || tags[i] == 6 ? 1 : 0;
    }

    Optional<String> unsafeCall() {
      for (int i = 1; i < tags.length; i++) {
        if (tags[i] == 10 || tags[i] == 11) {
          String owner = texts[first[first[i]]];
          String name = texts[first[second[i]]];
          String types = texts[second[second[i]]];
          if (owner.startsWith(ARRAYS) && UNSAFE.contains(name) && types.contains("/Number;")) {
            return Optional.of(name + "(Number)");
          }
        }
      }
      return Optional.empty();
    }
  }
}
