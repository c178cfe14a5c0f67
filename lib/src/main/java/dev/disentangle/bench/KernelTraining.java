package dev.disentangle.bench;

import dev.disentangle.data.DSprites;
import dev.disentangle.data.ImageData;
import dev.disentangle.model.Architectures;
import dev.disentangle.objective.BetaVae;
import dev.disentangle.training.Training;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The training that {@code environment/bench kernel} times in a cell and in a process. */
public final class KernelTraining {

  private static final int WARM_UP = 40;
  private static final int AT_ONCE = 10;

  private KernelTraining() {}

  /**
   * Returns the images.
   *
   * @return all of dSprites
   */
  public static ImageData data() {
    return DSprites.generate();
  }

  /**
   * Makes the training.
   *
   * @param data the images
   * @return a beta-VAE of the paper's size
   */
  public static Training of(ImageData data) {
    return Training.of(new BetaVae(4), data)
        .latents(10)
        .architecture(Architectures.paper())
        .measureEvery(0)
        .build();
  }

  /**
   * The process: times the training whenever it reads a line, and prints {@code rate} with the
   * steps per second.
   *
   * @param arguments seconds of one timing
   * @throws IOException if its input cannot be read
   */
  public static void main(String... arguments) throws IOException {
    double seconds = Double.parseDouble(arguments[0]);
    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (Training training = of(data())) {
      training.run(WARM_UP);
      while (input.readLine() != null) {
        long start = System.nanoTime();
        long first = training.step();
        while (System.nanoTime() - start < seconds * 1e9) {
          training.run(AT_ONCE);
        }
        double rate = (training.step() - first) * 1e9 / (System.nanoTime() - start);
        System.out.printf(Locale.ROOT, "rate %.3f%n", rate);
      }
    }
  }
}
