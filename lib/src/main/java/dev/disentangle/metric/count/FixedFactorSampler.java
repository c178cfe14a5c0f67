package dev.disentangle.metric.count;

import dev.disentangle.data.FactorSpace;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Draws rows of a code table that agree in one factor, as interventional scores need. */
public interface FixedFactorSampler {

  /**
   * Returns the number of rows.
   *
   * @return at least 1
   */
  int size();

  /**
   * Returns the factors that take more than one class; the others cannot be fixed.
   *
   * @return at least one factor, ascending
   */
  int[] varyingFactors();

  /**
   * Draws one row uniformly from those in which the factor has the same class as in {@code row}.
   *
   * @param row a row
   * @param factor a factor that varies
   * @param random the source of randomness
   * @return a row, which may be the same
   */
  int sibling(int row, int factor, RandomGenerator random);

  /**
   * Samples a full grid by arithmetic: row {@code i} is the grid's point {@code i}.
   *
   * @param space the grid
   * @return the sampler
   * @throws IllegalArgumentException if every factor has one class
   */
  static FixedFactorSampler of(FactorSpace space) {
    int[] varying = IntStream.range(0, space.count()).filter(k -> space.classes(k) > 1).toArray();
    if (varying.length == 0) {
      throw new IllegalArgumentException("space must have a factor of 2 classes or more: " + space);
    }
    return new FixedFactorSampler() {
      @Override
      public int size() {
        return space.size();
      }

      @Override
      public int[] varyingFactors() {
        return varying;
      }

      @Override
      public int sibling(int row, int factor, RandomGenerator random) {
        return space.with(random.nextInt(space.size()), factor, space.value(row, factor));
      }
    };
  }

  /**
   * Samples a table by lists of the rows that share each class.
   *
   * @param table classes of all factors, {@code [points][factors]}
   * @param varying the factors that take more than one class
   * @return the sampler
   */
  static FixedFactorSampler of(int[][] table, int[] varying) {
    int[][] labels = new int[table[0].length][];
    int[][][] rows = new int[labels.length][][];
    for (int factor : varying) {
      int[] values = Statistics.column(table, factor);
      ClassTable classes = new ClassTable(values);
      labels[factor] = classes.labels(values);
      rows[factor] = rowsByLabel(labels[factor], classes.count());
    }
    return new FixedFactorSampler() {
      @Override
      public int size() {
        return table.length;
      }

      @Override
      public int[] varyingFactors() {
        return varying;
      }

      @Override
      public int sibling(int row, int factor, RandomGenerator random) {
        int[] same = rows[factor][labels[factor][row]];
        return same[random.nextInt(same.length)];
      }
    };
  }

  private static int[][] rowsByLabel(int[] labels, int count) {
    int[] counts = new int[count];
    for (int label : labels) {
      counts[label]++;
    }
    int[][] rows = new int[count][];
    Arrays.setAll(rows, label -> new int[counts[label]]);
    for (int i = labels.length - 1; i >= 0; i--) {
      rows[labels[i]][--counts[labels[i]]] = i;
    }
    return rows;
  }
}
