package dev.disentangle.bench;

import ai.djl.nn.Block;
import dev.disentangle.data.ImageData;
import dev.disentangle.model.Architecture;
import dev.disentangle.model.LayeredBlock;
import dev.disentangle.objective.Objective;
import dev.disentangle.training.Training;

/** One training whose steps are timed: everything a user's step does, batches included. */
final class StepTimer implements AutoCloseable {

  private final Training training;
  private final double gflopPerStep;

  StepTimer(Objective objective, ImageData data, Architecture networks, int latents) {
    training =
        Training.of(objective, data)
            .latents(latents)
            .architecture(networks)
            .measureEvery(0)
            .build();
    gflopPerStep = gflop(objective, data, networks, latents);
    training.run(8);
  }

  /** Steps per second over at least so many seconds. */
  double stepsPerSecond(double seconds) {
    long start = System.nanoTime();
    long steps = 0;
    double elapsed;
    do {
      training.run(1);
      steps++;
      elapsed = (System.nanoTime() - start) / 1e9;
    } while (elapsed < seconds);
    return steps / elapsed;
  }

  double gflopPerStep() {
    return gflopPerStep;
  }

  /**
   * Counts the multiplications the mathematics needs: forward, gradient towards inputs and gradient
   * towards weights, except that images need no gradient. The discriminator sees two batches ahead
   * and back, once for both losses; the second batch is encoded ahead only.
   */
  private static double gflop(
      Objective objective, ImageData data, Architecture networks, int latents) {
    Block encoder = networks.encoder(data.shape(), 2 * latents);
    Block decoder = networks.decoder(latents, data.shape());
    long first = firstLayer(networks, data, latents);
    double total = 3.0 * (multiplications(encoder) + multiplications(decoder)) - first;
    if (objective.name().equals("FactorVAE")) {
      long discriminator = multiplications(networks.discriminator(latents, 2));
      total += 6.0 * discriminator;
      total += multiplications(encoder);
    }
    return 2 * 64 * total / 1e9;
  }

  private static long firstLayer(Architecture networks, ImageData data, int latents) {
    return ((LayeredBlock) networks.encoder(data.shape(), 2 * latents)).firstMultiplications();
  }

  private static long multiplications(Block block) {
    return ((LayeredBlock) block).multiplications();
  }

  @Override
  public void close() {
    training.close();
  }
}
