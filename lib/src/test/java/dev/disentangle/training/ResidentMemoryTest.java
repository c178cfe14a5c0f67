package dev.disentangle.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.objective.FactorVae;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trains in a process of its own, whose Java heap is all resident from the start, so that what its
 * resident memory gains is native.
 */
@Tag("slow")
class ResidentMemoryTest {

  private static final int BATCH = 128;

  /**
   * A leak of one batch of images per step, the smallest that matters, would be 128 x 64 x 4 bytes
   * x 2,000 steps = 62 MiB; the allocator and the JIT compiler move a few MiB about.
   */
  private static final double TOLERATED_MIB = 20;

  private static final int STEPS = 2_000;

  @Test
  @EnabledOnOs(OS.LINUX)
  void twoThousandStepsLeaveArraysAndMemoryFlat(@TempDir Path folder) throws Exception {
    Path output = folder.resolve("output.txt");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(
                java,
                "-Xms256m",
                "-Xmx256m",
                "-XX:+AlwaysPreTouch",
                "-cp",
                System.getProperty("java.class.path"),
                ResidentMemoryTest.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    int status = process.waitFor();
    String report = Files.readString(output);
    assertEquals(0, status, report);
    Matcher gained = Pattern.compile("gained (\\S+) MiB, (\\S+) arrays").matcher(report);
    assertTrue(gained.find(), report);
    assertEquals("0", gained.group(2), "arrays that the training owns");
    assertTrue(Double.parseDouble(gained.group(1)) < TOLERATED_MIB, report);
  }

  /** The process of its own. */
  public static void main(String[] arguments) throws IOException {
    try (Training training =
        Training.of(new FactorVae(5).withLearningRate(1e-3), new Blobs())
            .latents(3)
            .batchSize(BATCH)
            .architecture(Blobs.architecture())
            .measureEvery(0)
            .build()) {
      training.run(STEPS / 4);
      int arrays = training.manager().getManagedArrays().size();
      double before = residentMib();
      training.run(STEPS);
      System.out.printf(
          Locale.ROOT,
          "gained %.1f MiB, %d arrays%n",
          residentMib() - before,
          training.manager().getManagedArrays().size() - arrays);
    }
    // Native pools of threads would keep the process alive for a while.
    System.exit(0);
  }

  private static double residentMib() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024;
      }
    }
    throw new IOException("/proc/self/status has no VmRSS");
  }
}
