package dev.disentangle.objective.oracle;

import java.util.SplittableRandom;

/** The numbers that a step draws, in its order, rounded to single precision as it rounds them. */
final class PlainNoise {

  private final SplittableRandom random;

  PlainNoise(long seed) {
    random = new SplittableRandom(seed);
  }

  double[][] normal(int rows, int columns) {
    double[][] values = new double[rows][columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        values[i][j] = (float) random.nextGaussian();
      }
    }
    return values;
  }

  double[][] uniform(double low, double high, int rows, int columns) {
    double[][] values = new double[rows][columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        values[i][j] = (float) (low + (high - low) * random.nextFloat());
      }
    }
    return values;
  }

  int[] categories(int rows, int categories) {
    int[] chosen = new int[rows];
    for (int i = 0; i < rows; i++) {
      chosen[i] = random.nextInt(categories);
    }
    return chosen;
  }

  /** Every column of a table in an order of its own, by the shuffle that grows a permutation. */
  double[][] permuted(double[][] table) {
    int rows = table.length;
    int columns = table[0].length;
    double[][] result = new double[rows][columns];
    for (int j = 0; j < columns; j++) {
      int[] order = new int[rows];
      for (int i = 0; i < rows; i++) {
        int other = random.nextInt(i + 1);
        order[i] = order[other];
        order[other] = i;
      }
      for (int i = 0; i < rows; i++) {
        result[i][j] = table[order[i]][j];
      }
    }
    return result;
  }
}
