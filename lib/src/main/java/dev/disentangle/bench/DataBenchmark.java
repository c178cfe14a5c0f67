package dev.disentangle.bench;

import dev.disentangle.data.DSprites;
import dev.disentangle.data.ImageData;
import dev.disentangle.data.Mnist;
import dev.disentangle.data.Shapes3dStandIn;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * How fast data sets are generated and read: a table with units, then one line per figure, {@code
 * figure KEY VALUE}, for scripts.
 *
 * <p>Generation is timed cold, once, as a user meets it. Memory is the highest use of the Java heap
 * above what was used before, garbage included. Rows of published files say so when the file is not
 * there.
 */
public final class DataBenchmark {

  private static final int BATCH = 64;
  private static final int BATCHES = 1_000;
  private static final int ROUNDS = 5;
  private static final double MIB = 1 << 20;
  private static final String NPZ = "dsprites_ndarray_co1sh3sc6or40x32y32_64x64.npz";

  private final Consumer<String> out;
  private final List<String> figures = new ArrayList<>();

  private DataBenchmark(Consumer<String> out) {
    this.out = out;
  }

  /**
   * Runs the benchmark.
   *
   * @param arguments the folder of data sets, {@code datasets} if there is none
   * @throws IOException if a published file is there and cannot be read
   */
  public static void main(String[] arguments) throws IOException {
    run(System.out::println, Path.of(arguments.length > 0 ? arguments[0] : "datasets"));
  }

  /**
   * Runs the benchmark on the data sets in {@code datasets}.
   *
   * @param out receives the lines
   * @throws IOException if a published file is there and cannot be read
   */
  public static void run(Consumer<String> out) throws IOException {
    run(out, Path.of("datasets"));
  }

  /**
   * Runs the benchmark.
   *
   * @param out receives the lines
   * @param datasets folder of published files: {@code dsprites/} with the npz file and {@code
   *     mnist/}
   * @throws IOException if a published file is there and cannot be read
   */
  public static void run(Consumer<String> out, Path datasets) throws IOException {
    DataBenchmark benchmark = new DataBenchmark(out);
    out.accept(String.format(Locale.ROOT, "%-52s %12s  %s", "data", "value", "unit"));
    benchmark.generated();
    benchmark.published(datasets);
    benchmark.figures.forEach(out);
  }

  private void generated() throws IOException {
    DSprites sprites =
        measured("dSprites, all 737,280 images generated", "dsprites", DSprites::generate);
    row(
        "dSprites, packed store into a float batch of " + BATCH,
        "dsprites.images_per_second",
        imagesPerSecond(sprites),
        "images/s");
    ImageData scene =
        measured("3D Shapes stand-in, 480 poses drawn", "shapes3d", Shapes3dStandIn::generate);
    row(
        "3D Shapes stand-in into a float batch of " + BATCH,
        "shapes3d.images_per_second",
        imagesPerSecond(scene),
        "images/s");
  }

  private void published(Path datasets) throws IOException {
    Path npz = datasets.resolve("dsprites").resolve(NPZ);
    if (Files.isRegularFile(npz)) {
      measured("dSprites, published npz read", "dsprites.npz", () -> DSprites.read(npz));
    } else {
      out.accept("dSprites, published npz read: not measured, " + npz + " is not there");
    }
    Path mnist = datasets.resolve("mnist");
    if (Files.isDirectory(mnist)) {
      measured("MNIST, 10,000 test images read", "mnist.test", () -> Mnist.test(mnist));
      measured("MNIST, 60,000 training images read", "mnist.train", () -> Mnist.train(mnist));
    } else {
      out.accept("MNIST: not measured, " + mnist + " is not there");
    }
  }

  /** Something that makes a data set. */
  private interface Work<T> {
    T run() throws IOException;
  }

  private <T> T measured(String title, String key, Work<T> work) throws IOException {
    double before = startOfPeak();
    long start = System.nanoTime();
    T result = work.run();
    double seconds = (System.nanoTime() - start) / 1e9;
    row(title, key + ".seconds", seconds, "s");
    row(title + ", memory", key + ".peak_mib", peak() - before, "MiB");
    return result;
  }

  /** The median over rounds of the rate at which random images are expanded, on one thread. */
  private static double imagesPerSecond(ImageData data) {
    SplittableRandom random = new SplittableRandom(1);
    int[] indices = new int[BATCH];
    float[] pixels = new float[BATCH * data.shape().pixels()];
    double[] rates = new double[ROUNDS];
    for (int round = -1; round < ROUNDS; round++) {
      long start = System.nanoTime();
      for (int b = 0; b < BATCHES; b++) {
        for (int i = 0; i < BATCH; i++) {
          indices[i] = random.nextInt(data.size());
        }
        data.read(indices, pixels);
      }
      if (round >= 0) {
        rates[round] = BATCHES * BATCH / ((System.nanoTime() - start) / 1e9);
      }
    }
    java.util.Arrays.sort(rates);
    return rates[ROUNDS / 2];
  }

  private static List<MemoryPoolMXBean> heap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .toList();
  }

  private static double startOfPeak() {
    System.gc();
    heap().forEach(MemoryPoolMXBean::resetPeakUsage);
    return heap().stream().mapToLong(pool -> pool.getUsage().getUsed()).sum() / MIB;
  }

  private static double peak() {
    return heap().stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum() / MIB;
  }

  private void row(String title, String key, double value, String unit) {
    String number = String.format(Locale.ROOT, value < 100 ? "%.3f" : "%.0f", value);
    out.accept(String.format(Locale.ROOT, "%-52s %12s  %s", title, number, unit));
    figures.add("figure " + key + " " + number);
  }
}
