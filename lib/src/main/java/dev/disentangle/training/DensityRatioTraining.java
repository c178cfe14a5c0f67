package dev.disentangle.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.history.History;
import dev.disentangle.history.Recorded;
import dev.disentangle.history.Terms;
import dev.disentangle.learner.Player;
import dev.disentangle.learner.Step;
import dev.disentangle.model.Architecture;
import dev.disentangle.model.Architectures;
import dev.disentangle.model.Network;
import dev.disentangle.objective.estimator.DensityRatio;
import dev.disentangle.tensor.Adam;
import dev.disentangle.tensor.GradientMode;
import dev.disentangle.tensor.Operations;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * FactorVAE's discriminator on codes that stand still: it learns to tell them from codes whose
 * dimensions were permuted (Kim &amp; Mnih 2018, section 3), step by step, so that one can watch
 * the density-ratio estimate of the total correlation rise towards the truth.
 *
 * <p>Every step takes a batch of codes and a second one, whose columns it permutes, and records
 * {@link Terms#TOTAL_CORRELATION_ESTIMATE}, {@link Terms#DISCRIMINATOR_LOSS} and {@link
 * Terms#DISCRIMINATOR_ACCURACY}, averaged over {@value #RECORD_EVERY} steps. The optimiser is Adam
 * with rate 1e-3 and momentum (0.5, 0.9). The same codes, seed and thread count give the same
 * numbers.
 */
public final class DensityRatioTraining implements Recorded, AutoCloseable {

  /** Codes per batch. */
  public static final int BATCH = 256;

  private static final int RECORD_EVERY = 10;

  private final float[][] codes;
  private final long seed;
  private final NDManager manager = NDManager.newBaseManager("PyTorch");
  private final Network discriminator;
  private final Player player;
  private final History history = new History();
  private final TermAverages averages = new TermAverages();
  private long step;

  /**
   * Makes a discriminator of three layers of 256 units, that of {@link Architectures#small()}.
   *
   * @param codes samples of {@code q(z)}, {@code [points][latents]}, at least one
   * @param seed seed of weights, batches and permutations
   * @throws IllegalArgumentException if there are no codes
   */
  public DensityRatioTraining(float[][] codes, long seed) {
    this(codes, Architectures.small(), seed);
  }

  /**
   * Makes a discriminator.
   *
   * @param codes samples of {@code q(z)}, {@code [points][latents]}, at least one
   * @param architecture whose discriminator to use, such as {@link Architectures#paper()}
   * @param seed seed of weights, batches and permutations
   * @throws IllegalArgumentException if there are no codes
   */
  public DensityRatioTraining(float[][] codes, Architecture architecture, long seed) {
    if (codes.length == 0) {
      throw new IllegalArgumentException("codes must hold at least one point, was empty");
    }
    this.codes = codes.clone();
    this.seed = seed;
    int latents = codes[0].length;
    RandomGenerator random = Seeds.random(seed, Seeds.Purpose.WEIGHTS, 0);
    discriminator =
        Network.of(
            "discriminator",
            architecture.discriminator(latents, 2),
            new long[] {latents},
            new long[] {2},
            manager,
            random);
    player = new Player("discriminator", Adam.of(1e-3, 0.5, 0.9), List.of(discriminator));
  }

  /**
   * Learns for some steps.
   *
   * @param steps how many, at least 0
   * @return this
   * @throws IllegalArgumentException if {@code steps} is negative
   */
  public DensityRatioTraining run(long steps) {
    if (steps < 0) {
      throw new IllegalArgumentException("steps must be at least 0, was " + steps);
    }
    for (long end = step + steps; step < end; ) {
      learn();
      step++;
      if (step % RECORD_EVERY == 0) {
        history.record(step, averages.take());
      }
    }
    return this;
  }

  private void learn() {
    try (NDManager scope = manager.newSubManager()) {
      Step current = new Step(step, scope, List.of(), Seeds.of(seed, Seeds.Purpose.NOISE, step));
      int latents = codes[0].length;
      NDArray z = batch(scope, current.random());
      NDArray permuted =
          Operations.permuteDimensions(
              batch(scope, current.random()), current.permutations(BATCH, latents));
      NDList ratios =
          GradientMode.recording(
              () -> {
                NDList both = logRatios(z.concat(permuted, 0)).split(2, 0);
                NDArray loss = DensityRatio.discriminatorLoss(both.get(0), both.get(1));
                current.minimise(player, loss);
                return new NDList(both.get(0), both.get(1), loss);
              });
      current.update();
      averages.add(terms(ratios.get(0), ratios.get(1), ratios.get(2)));
    }
  }

  private NDArray batch(NDManager scope, RandomGenerator random) {
    int latents = codes[0].length;
    float[] rows = new float[BATCH * latents];
    for (int i = 0; i < BATCH; i++) {
      System.arraycopy(codes[random.nextInt(codes.length)], 0, rows, i * latents, latents);
    }
    return scope.create(rows, new Shape(BATCH, latents));
  }

  private NDArray logRatios(NDArray z) {
    return Operations.logDensityRatio(discriminator.forward(z));
  }

  private static Map<String, Double> terms(NDArray own, NDArray other, NDArray loss) {
    float[] joint = Operations.contiguous(own).toFloatArray();
    float[] permuted = Operations.contiguous(other).toFloatArray();
    double sum = 0;
    int right = 0;
    for (int i = 0; i < BATCH; i++) {
      sum += joint[i];
      right += (joint[i] > 0 ? 1 : 0) + (permuted[i] < 0 ? 1 : 0);
    }
    Map<String, Double> terms = new LinkedHashMap<>();
    terms.put(Terms.TOTAL_CORRELATION_ESTIMATE, sum / BATCH);
    terms.put(Terms.DISCRIMINATOR_LOSS, (double) loss.getFloat());
    terms.put(Terms.DISCRIMINATOR_ACCURACY, right / (2.0 * BATCH));
    return terms;
  }

  /**
   * Computes what the discriminator thinks of some codes.
   *
   * @param some {@code [points][latents]}
   * @return {@code log D(z) / (1 - D(z))} per point, in nats: positive where it takes a code for
   *     one of {@code q(z)}, negative where for a permuted one
   */
  public double[] logRatios(float[][] some) {
    int latents = codes[0].length;
    float[] rows = new float[some.length * latents];
    for (int i = 0; i < some.length; i++) {
      System.arraycopy(some[i], 0, rows, i * latents, latents);
    }
    try (NDManager scope = manager.newSubManager()) {
      NDArray z = scope.create(rows, new Shape(some.length, latents));
      float[] ratios =
          GradientMode.paused(() -> Operations.contiguous(logRatios(z))).toFloatArray();
      double[] values = new double[ratios.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = ratios[i];
      }
      return values;
    }
  }

  /**
   * Estimates the total correlation as the mean log ratio of all codes.
   *
   * @return the estimate, in nats
   */
  public double estimate() {
    double sum = 0;
    for (double ratio : logRatios(codes)) {
      sum += ratio;
    }
    return sum / codes.length;
  }

  @Override
  public String name() {
    return "discriminator";
  }

  @Override
  public History history() {
    return history;
  }

  @Override
  public void close() {
    player.close();
    manager.close();
  }
}
