package dev.disentangle.metric;

import dev.disentangle.data.Factors;
import dev.disentangle.metric.count.Statistics;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Codes of some images with the classes of their true factors: what every score with factors starts
 * from.
 *
 * <p>Classes need not be numbered without gaps: a score sees which are equal and, for the lasso of
 * {@link DciScore}, how far apart they are. The classes of a continuous factor are ranges of its
 * numbers. Row {@code i} of all tables belongs to one image. Beware of factors in another order
 * than the codes: nothing can detect it, and every score of such a table is wrong.
 *
 * @param codes the codes, {@code [points][latents]}, usually posterior means; not copied
 * @param factors the classes, {@code [points][factors]}, each at least 0; not copied
 * @param numbers the numbers of continuous factors, {@code [points][factors]}, NaN in the columns
 *     of the others; of length 0 if no factor is continuous; not copied
 */
public record LabelledCodes(float[][] codes, int[][] factors, double[][] numbers) {

  /**
   * Pairs codes with factors none of which is continuous.
   *
   * @param codes the codes, {@code [points][latents]}
   * @param factors the classes, {@code [points][factors]}
   * @throws IllegalArgumentException as the canonical constructor does
   */
  public LabelledCodes(float[][] codes, int[][] factors) {
    this(codes, factors, new double[0][]);
  }

  /**
   * Checks the tables.
   *
   * @throws IllegalArgumentException if the tables differ in length or are empty, rows differ in
   *     length, a code is not finite, a class is negative, or a column of numbers is neither finite
   *     nor all NaN
   */
  public LabelledCodes {
    if (codes.length != factors.length) {
      throw new IllegalArgumentException(
          "codes and factors must have equally many rows, were "
              + codes.length
              + " and "
              + factors.length);
    }
    Statistics.requireCodes("codes", codes);
    if (factors[0].length == 0) {
      throw new IllegalArgumentException("factors must have at least 1 column, had 0");
    }
    requireNumbers(numbers, factors);
    for (int i = 0; i < factors.length; i++) {
      if (factors[i].length != factors[0].length) {
        throw new IllegalArgumentException(
            "factors must have rows of "
                + factors[0].length
                + " classes, row "
                + i
                + " had "
                + factors[i].length);
      }
      for (int k = 0; k < factors[i].length; k++) {
        if (factors[i][k] < 0) {
          throw new IllegalArgumentException(
              "factors must be at least 0, was "
                  + factors[i][k]
                  + " at row "
                  + i
                  + ", factor "
                  + k);
        }
      }
    }
  }

  private static void requireNumbers(double[][] numbers, int[][] factors) {
    if (numbers.length > 0 && numbers.length != factors.length) {
      throw new IllegalArgumentException(
          "numbers must have a row per point, " + factors.length + ", had " + numbers.length);
    }
    for (int i = 0; i < numbers.length; i++) {
      if (numbers[i].length != factors[0].length) {
        throw new IllegalArgumentException(
            "numbers must have rows of "
                + factors[0].length
                + ", row "
                + i
                + " had "
                + numbers[i].length);
      }
      for (int k = 0; k < numbers[i].length; k++) {
        boolean continuous = !Double.isNaN(numbers[0][k]);
        if (continuous ? !Double.isFinite(numbers[i][k]) : !Double.isNaN(numbers[i][k])) {
          throw new IllegalArgumentException(
              "numbers of a factor must all be finite, or all NaN if it is of classes, was "
                  + numbers[i][k]
                  + " at row "
                  + i
                  + ", factor "
                  + k);
        }
      }
    }
  }

  /**
   * Pairs the codes of some images with their factors.
   *
   * @param codes the codes, {@code [images.length][latents]}
   * @param factors the factors of the whole data set
   * @param images which image each row of {@code codes} belongs to
   * @return the table
   * @throws IllegalArgumentException if {@code codes} and {@code images} differ in length, or a
   *     code is not finite
   */
  public static LabelledCodes of(float[][] codes, Factors factors, int[] images) {
    int[] continuous = IntStream.range(0, factors.count()).filter(factors::isContinuous).toArray();
    if (continuous.length == 0) {
      return new LabelledCodes(codes, factors.values(images));
    }
    double[][] numbers = new double[images.length][factors.count()];
    for (int i = 0; i < images.length; i++) {
      Arrays.fill(numbers[i], Double.NaN);
      for (int k : continuous) {
        numbers[i][k] = factors.number(images[i], k);
      }
    }
    return new LabelledCodes(codes, factors.values(images), numbers);
  }

  /**
   * Returns the number of points.
   *
   * @return at least 1
   */
  public int size() {
    return codes.length;
  }

  /**
   * Returns the number of latents.
   *
   * @return at least 1
   */
  public int latents() {
    return codes[0].length;
  }

  /**
   * Returns some consecutive points.
   *
   * @param from first row
   * @param to row after the last
   * @return a table that shares the rows
   * @throws IllegalArgumentException if {@code from} is negative, {@code to} exceeds {@link
   *     #size()} or nothing lies between them
   */
  public LabelledCodes rows(int from, int to) {
    if (from < 0 || to > size() || from >= to) {
      throw new IllegalArgumentException(
          "from and to must satisfy 0 <= from < to <= " + size() + ", were " + from + " and " + to);
    }
    return new LabelledCodes(
        Arrays.copyOfRange(codes, from, to),
        Arrays.copyOfRange(factors, from, to),
        numbers.length == 0 ? numbers : Arrays.copyOfRange(numbers, from, to));
  }

  /**
   * Draws points uniformly with replacement, as sampling a data generator does.
   *
   * @param count how many
   * @param random the source of randomness
   * @return a table that shares the rows
   * @throws IllegalArgumentException if {@code count} is less than 1
   */
  public LabelledCodes sample(int count, RandomGenerator random) {
    Statistics.requireAtLeast("count", count, 1);
    float[][] someCodes = new float[count][];
    int[][] someFactors = new int[count][];
    double[][] someNumbers = new double[numbers.length == 0 ? 0 : count][];
    for (int i = 0; i < count; i++) {
      int row = random.nextInt(size());
      someCodes[i] = codes[row];
      someFactors[i] = factors[row];
      if (numbers.length > 0) {
        someNumbers[i] = numbers[row];
      }
    }
    return new LabelledCodes(someCodes, someFactors, someNumbers);
  }

  void requireSameColumns(LabelledCodes other) {
    if (latents() != other.latents() || factors[0].length != other.factors[0].length) {
      throw new IllegalArgumentException(
          "training and evaluation points must have equally many latents and factors, had "
              + latents()
              + " and "
              + factors[0].length
              + " against "
              + other.latents()
              + " and "
              + other.factors[0].length);
    }
  }

  /**
   * Tells whether a factor is a real number.
   *
   * @param factor which factor
   * @return true if {@code numbers} has it
   */
  public boolean isContinuous(int factor) {
    return numbers.length > 0 && !Double.isNaN(numbers[0][factor]);
  }

  /**
   * Returns one factor as numbers.
   *
   * @param factor which factor
   * @return its own numbers if it is continuous, else its classes
   */
  public double[] numbers(int factor) {
    return isContinuous(factor)
        ? Statistics.column(numbers, factor)
        : IntStream.of(classes(factor)).asDoubleStream().toArray();
  }

  /** Returns the classes of one factor. */
  int[] classes(int factor) {
    return Statistics.column(factors, factor);
  }

  /** Returns the factors that take more than one class here; scores leave the others out. */
  int[] varyingFactors() {
    int[] varying = IntStream.range(0, factors[0].length).filter(this::varies).toArray();
    if (varying.length == 0) {
      throw new IllegalArgumentException(
          "at least 1 factor must take 2 classes or more, but every one is constant over the "
              + size()
              + " points");
    }
    return varying;
  }

  private boolean varies(int factor) {
    for (int[] row : factors) {
      if (row[factor] != factors[0][factor]) {
        return true;
      }
    }
    return false;
  }
}
