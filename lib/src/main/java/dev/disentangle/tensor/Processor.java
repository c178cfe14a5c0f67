package dev.disentangle.tensor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** What the processor can do, as Linux tells it; other systems do not say. */
public final class Processor {

  private static final Path FILE = Path.of("/proc/cpuinfo");

  private Processor() {}

  private static final class Holder {
    static final List<String> LINES = lines();
    static final Set<String> FLAGS = flags(LINES);

    private static List<String> lines() {
      try {
        return Files.isReadable(FILE) ? Files.readAllLines(FILE) : List.of();
      } catch (IOException e) {
        return List.of();
      }
    }
  }

  /** The first processor's flags. */
  static Set<String> flags(List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith("flags"))
        .findFirst()
        .map(line -> Set.of(line.substring(line.indexOf(':') + 1).strip().split(" +")))
        .orElse(Set.of());
  }

  /**
   * Tells whether products in bfloat16 have instructions of their own; without, that format is
   * emulated and slow.
   *
   * @return true if so; false where it is not known
   */
  public static boolean hasBfloat16() {
    return Holder.FLAGS.contains("avx512_bf16") || Holder.FLAGS.contains("amx_bf16");
  }

  /**
   * Tells whether PyTorch's two libraries of products differ much: MKL does not use the AVX-512
   * instructions of AMD's processors, oneDNN does.
   *
   * @return true on such a processor; false where it is not known
   */
  public static boolean prefersOneDnn() {
    boolean amd = Holder.LINES.stream().anyMatch(line -> line.endsWith("AuthenticAMD"));
    return amd && Holder.FLAGS.contains("avx512f");
  }
}
