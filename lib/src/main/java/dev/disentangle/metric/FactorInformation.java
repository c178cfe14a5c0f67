package dev.disentangle.metric;

import dev.disentangle.metric.count.ClassTable;
import dev.disentangle.metric.count.ContinuousInformation;
import dev.disentangle.metric.count.Discretized;
import dev.disentangle.metric.count.NeighbourInformation;
import dev.disentangle.metric.count.Statistics;
import java.util.stream.IntStream;

/**
 * What every latent tells about every factor that varies.
 *
 * @param factors the factors that vary
 * @param nats mutual information, {@code [latents][factors.length]}
 * @param entropies the entropies of these factors; of a continuous one by nearest neighbours its
 *     information about itself
 */
record FactorInformation(int[] factors, double[][] nats, double[] entropies) {

  static FactorInformation of(LabelledCodes table, InformationEstimator estimator) {
    int[] factors = table.varyingFactors();
    if (estimator.byNeighbours()) {
      return ofNeighbours(table, factors, estimator.count());
    }
    Discretized codes = new Discretized(table.codes(), estimator.count());
    double[] entropies =
        IntStream.of(factors).mapToDouble(k -> Discretized.entropy(table.classes(k))).toArray();
    return new FactorInformation(factors, codes.withFactors(table.factors(), factors), entropies);
  }

  private static FactorInformation ofNeighbours(LabelledCodes table, int[] factors, int count) {
    double[][] nats = new double[table.latents()][factors.length];
    double[] entropies = new double[factors.length];
    IntStream.range(0, factors.length)
        .parallel()
        .forEach(
            i -> {
              Neighbours neighbours = neighbours(table, factors[i], count);
              entropies[i] = neighbours.entropy();
              for (int j = 0; j < nats.length; j++) {
                nats[j][i] = neighbours.information(Statistics.column(table.codes(), j));
              }
            });
    return new FactorInformation(factors, nats, entropies);
  }

  /** A factor whose information with latents is found by nearest neighbours. */
  private interface Neighbours {
    double information(float[] latent);

    double entropy();
  }

  private static Neighbours neighbours(LabelledCodes table, int factor, int count) {
    return table.isContinuous(factor)
        ? new OfNumbers(new ContinuousInformation(table.numbers(factor), count))
        : new OfClasses(new ClassTable(table.classes(factor)), table.classes(factor), count);
  }

  private record OfNumbers(ContinuousInformation numbers) implements Neighbours {

    @Override
    public double information(float[] latent) {
      return numbers.of(latent);
    }

    @Override
    public double entropy() {
      return numbers.ofItself();
    }
  }

  private record OfClasses(ClassTable table, int[] classes, int count) implements Neighbours {

    @Override
    public double information(float[] latent) {
      return NeighbourInformation.of(latent, table.labels(classes), table.count(), count);
    }

    @Override
    public double entropy() {
      return Discretized.entropy(classes);
    }
  }
}
