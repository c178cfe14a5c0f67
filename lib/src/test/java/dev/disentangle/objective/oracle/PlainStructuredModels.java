package dev.disentangle.objective.oracle;

import static dev.disentangle.objective.oracle.TinyStep.LATENTS;
import static dev.disentangle.objective.oracle.TinyStep.PIXELS;
import static dev.disentangle.objective.oracle.TinyStep.STILL;

import dev.disentangle.model.ClusteredPrior;
import dev.disentangle.model.CodebookPrior;
import dev.disentangle.model.Prior;
import dev.disentangle.model.StickBreaking;
import dev.disentangle.model.TwoLevelPrior;
import dev.disentangle.objective.GaussianMixtureVae;
import dev.disentangle.objective.InfiniteMixtureVae;
import dev.disentangle.objective.InfoGan;
import dev.disentangle.objective.VqVae;
import dev.disentangle.objective.VqVae2;
import dev.disentangle.objective.oracle.PlainModel.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Models whose codes have parts: clusters, components, vectors of a codebook, categories.
 *
 * <p>Changes of the infinite mixture go unnoticed that show the prior the second encoder in place
 * of the first, of which it sees the type of the weights alone, or that leave or copy an array that
 * has the right type.
 */
final class PlainStructuredModels {

  private static final int PARTS = 3;
  private static final int MIXING = 2;
  private static final int WIDTH = 2;
  private static final int TOP = 2;
  private static final double CONCENTRATION = 2;

  private PlainStructuredModels() {}

  static Stream<PlainModel> all() {
    return Stream.concat(discrete(), mixtures());
  }

  private static Stream<PlainModel> discrete() {
    return Stream.of(
        new PlainModel(
            "VQ-VAE",
            () -> new VqVae(4, WIDTH, 0.3, 0.9, STILL, STILL),
            CodebookPrior.OfPositions.class,
            LATENTS * WIDTH,
            Optional.of("decoder"),
            List.of("encoder", "decoder", "codebook", "codebook-averages", "choices"),
            (w, x) -> chosen(w.of("encoder", x), w.table("codebook")),
            (w, code) -> w.image("decoder", code)),
        new PlainModel(
            "VQ-VAE-2",
            () -> new VqVae2(TOP, 4, WIDTH, 0.9, 0.3, 5, STILL, STILL),
            TwoLevelPrior.OfLevels.class,
            (TOP + LATENTS) * WIDTH,
            Optional.of("decoder"),
            List.of(
                "encoder",
                "top-encoder",
                "bottom-encoder",
                "decoder",
                "top-codebook",
                "top-codebook-averages",
                "bottom-codebook",
                "bottom-codebook-averages",
                "choices"),
            PlainStructuredModels::levels,
            (w, code) -> w.image("decoder", code)),
        new PlainModel(
            "InfoGAN",
            () -> new InfoGan(1, 2, 2, STILL, STILL),
            Prior.class,
            LATENTS,
            Optional.of("generator"),
            List.of("generator", "discriminator"),
            PlainStructuredModels::recognised,
            (w, code) -> w.image("generator", PlainSums.joined(code, new double[2]))));
  }

  private static Stream<PlainModel> mixtures() {
    return Stream.of(
        new PlainModel(
            "GMVAE",
            () -> new GaussianMixtureVae(PARTS, MIXING, 6, 0, STILL),
            ClusteredPrior.OfClusters.class,
            LATENTS + PARTS,
            Optional.empty(),
            List.of("encoder", "decoder", "components"),
            PlainStructuredModels::clustered,
            (w, code) -> w.image("decoder", Arrays.copyOf(code, LATENTS))),
        new PlainModel(
            "infinite mixture",
            () -> new InfiniteMixtureVae(PARTS, CONCENTRATION, 10, 0.2, STILL),
            StickBreaking.OfComponents.class,
            LATENTS + PARTS,
            Optional.empty(),
            List.of(
                "encoder-0",
                "encoder-1",
                "encoder-2",
                "decoder-0",
                "decoder-1",
                "decoder-2",
                "sticks"),
            PlainStructuredModels::component,
            PlainStructuredModels::mixed));
  }

  /** The nearest vectors of a table. */
  private static double[] chosen(double[] z, double... table) {
    double[] vectors = new double[z.length];
    for (int from = 0; from < z.length; from += WIDTH) {
      double least = Double.POSITIVE_INFINITY;
      for (int k = 0; k < table.length; k += WIDTH) {
        double distance = Math.hypot(z[from] - table[k], z[from + 1] - table[k + 1]);
        if (distance < least) {
          least = distance;
          System.arraycopy(table, k, vectors, from, WIDTH);
        }
      }
    }
    return vectors;
  }

  private static double[] levels(Weights w, double... x) {
    double[] features = w.of("encoder", x);
    double[] top = chosen(w.layers("top-encoder").of(features), w.table("top-codebook"));
    double[] seen = PlainSums.joined(features, top);
    double[] bottom = chosen(w.layers("bottom-encoder").of(seen), w.table("bottom-codebook"));
    return PlainSums.joined(top, bottom);
  }

  /** Beside the verdict one continuous code, then two categories. */
  private static double[] recognised(Weights w, double... x) {
    double[] outputs = w.of("discriminator", x);
    double[] mean = {outputs[1]};
    return PlainSums.joined(mean, PlainSums.softmax(outputs[2], outputs[3]));
  }

  private static double[] clustered(Weights w, double... x) {
    double[] q = w.of("encoder", x);
    double[] z = Arrays.copyOf(q, LATENTS);
    double[] mixing = Arrays.copyOfRange(q, 2 * LATENTS, 2 * LATENTS + MIXING);
    double[] components = w.layers("components").of(mixing);
    return PlainSums.joined(z, PlainSums.responsibilities(components, z));
  }

  /** The means of the component of the largest responsibility, and which it is. */
  private static double[] component(Weights w, double... x) {
    double[] logs = InfiniteMixtureVaeOracleTest.logWeights(CONCENTRATION, w.table("sticks"));
    double[][] means = new double[PARTS][];
    for (int c = 0; c < PARTS; c++) {
      double[] q = w.of("encoder-" + c, x);
      means[c] = Arrays.copyOf(q, LATENTS);
      logs[c] -= PlainSums.bernoulli(x, w.of("decoder-" + c, means[c]));
      logs[c] -= PlainSums.divergence(q, new double[2 * LATENTS]);
    }
    int best = PlainModel.largest(logs);
    return PlainSums.joined(means[best], PlainSums.oneHot(best, PARTS));
  }

  /** All components' images, times what the code says of each. */
  private static double[] mixed(Weights w, double... code) {
    double[] sum = new double[PIXELS];
    for (int c = 0; c < PARTS; c++) {
      double[] image = w.image("decoder-" + c, Arrays.copyOf(code, LATENTS));
      for (int p = 0; p < PIXELS; p++) {
        sum[p] += code[LATENTS + c] * image[p];
      }
    }
    return sum;
  }
}
