package dev.disentangle.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.data.DSprites;
import dev.disentangle.data.DSpritesGrid;
import dev.disentangle.data.DSpritesShape;
import dev.disentangle.data.ImageData;
import dev.disentangle.model.Architecture;
import dev.disentangle.model.Architectures;
import dev.disentangle.model.Layer;
import dev.disentangle.model.LayeredBlock;
import dev.disentangle.model.Network;
import dev.disentangle.model.Precision;
import dev.disentangle.objective.BetaVae;
import dev.disentangle.tensor.GradientMode;
import dev.disentangle.tensor.Gradients;
import dev.disentangle.tensor.Operations;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/**
 * Where a beta-VAE step's time goes at the paper's setting: every layer ahead and back by itself,
 * beside the time its multiplications take at the rate of a matrix product and the time its numbers
 * take to move at the rate of a copy; then the sum of all, and the step.
 */
final class StepProfile {

  private static final int BATCH = 64;
  private static final int LATENTS = 10;
  private static final int REPEATS = 30;
  private static final int COPIED_FLOATS = 1 << 24;

  private final Options options;
  private final Report report;
  private final double gflops = MatrixProduct.gflops(2);
  private final double gigabytes = copied();
  private double total;
  private double products;
  private double moves;

  StepProfile(Options options, Report report) {
    this.options = options;
    this.report = report;
  }

  void run() {
    ImageData data =
        DSprites.generate(new DSpritesGrid(64, List.of(DSpritesShape.values()), 1, 4, 2));
    Architecture networks = Architectures.paper();
    report.row("matrix product 2048", gflops, "GFLOP/s", "");
    report.row("copy of 64 MiB", gigabytes, "GB/s", "read and written");
    profile("encoder", (LayeredBlock) networks.encoder(data.shape(), 2 * LATENTS), false);
    profile("decoder", (LayeredBlock) networks.decoder(LATENTS, data.shape()), true);
    report.row("all layers", total, "ms", floors(products, moves));
    try (StepTimer timer = new StepTimer(new BetaVae(4), data, networks, LATENTS)) {
      double step = 1e3 / timer.stepsPerSecond(options.seconds());
      report.row("whole step", step, "ms", "batch, loss and optimiser included");
      report.figure("betavae.layers_share", total / step);
      report.figure("betavae.floor_share", Math.max(products, moves) / step);
    }
  }

  private void profile(String network, LayeredBlock block, boolean inputGradient) {
    long[] shape = network.equals("encoder") ? new long[] {1, 64, 64} : new long[] {LATENTS};
    boolean wanted = inputGradient;
    for (Layer layer : block.layers()) {
      long[] next = layer.output(shape);
      if (!(layer instanceof Layer.Reshape)) {
        profile(network, layer, shape, next, wanted);
        wanted = true;
      }
      shape = next;
    }
  }

  /** Times one layer; a rectifier works in place behind another, and is not timed by itself. */
  private void profile(
      String network, Layer layer, long[] input, long[] output, boolean inputGradient) {
    if (layer instanceof Layer.Rectifier) {
      double bytes = 5.0 * 4 * BATCH * product(output);
      moves += 1e-6 * bytes / gigabytes;
      report.row(
          network + " rectifier " + LongStream.of(output).boxed().toList(),
          1e-6 * bytes / gigabytes,
          "ms",
          "not timed: its bytes at the rate of a copy");
      return;
    }
    LayeredBlock block = new LayeredBlock(Precision.FLOAT32, input, List.of(layer));
    double milliseconds = milliseconds(block, input, output, inputGradient);
    int passes = inputGradient ? 3 : 2;
    double product = 1e-6 * 2 * BATCH * passes * block.multiplications() / gflops;
    long weights = layer.weights(input).stream().mapToLong(StepProfile::product).sum();
    double floats = (1.0 * BATCH * (product(input) + product(output)) + weights) * passes;
    double move = 1e-6 * 4 * floats / gigabytes;
    total += milliseconds;
    products += product;
    moves += move;
    report.row(network + " " + layer, milliseconds, "ms", floors(product, move));
  }

  private static double milliseconds(
      LayeredBlock block, long[] input, long[] output, boolean inputGradient) {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      Network network = Network.of("layer", block, input, output, manager, new SplittableRandom(1));
      NDArray x = laidOut(manager.ones(withBatch(input)));
      x.setRequiresGradient(inputGradient);
      NDArray gradient = laidOut(manager.ones(withBatch(output)));
      List<NDArray> wanted = new ArrayList<>(network.parameters());
      if (inputGradient) {
        wanted.add(x);
      }
      List<Double> times = new ArrayList<>();
      for (int i = 0; i < REPEATS; i++) {
        long start = System.nanoTime();
        GradientMode.recording(() -> pass(network, x, gradient, wanted)).close();
        times.add((System.nanoTime() - start) / 1e6);
      }
      return Medians.of(times.subList(REPEATS / 3, REPEATS));
    }
  }

  private static NDList pass(Network network, NDArray x, NDArray gradient, List<NDArray> wanted) {
    try (NDArray y = network.forward(x)) {
      return Gradients.of(List.of(y), List.of(gradient), wanted, Gradients.Graph.FREE);
    }
  }

  /** Convolutions hand each other their pictures channels last. */
  private static NDArray laidOut(NDArray array) {
    return array.getShape().dimension() == 4
        ? GradientMode.paused(() -> Operations.channelsLast(array))
        : array;
  }

  private static double copied() {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      NDArray numbers = manager.ones(new Shape(COPIED_FLOATS));
      List<Double> times = new ArrayList<>();
      for (int i = 0; i < REPEATS; i++) {
        long start = System.nanoTime();
        numbers.duplicate().close();
        times.add((System.nanoTime() - start) / 1e9);
      }
      return 8.0 * COPIED_FLOATS / Medians.of(times) / 1e9;
    }
  }

  private static String floors(double product, double move) {
    return String.format(
        Locale.ROOT, "its products alone %.2f ms, its bytes alone %.2f ms", product, move);
  }

  private static Shape withBatch(long... shape) {
    return new Shape(LongStream.concat(LongStream.of(BATCH), LongStream.of(shape)).toArray());
  }

  private static long product(long... sizes) {
    return LongStream.of(sizes).reduce(1, Math::multiplyExact);
  }
}
