package dev.disentangle.metric.count;

/**
 * Codes cut into bins of equal width, each latent over its own range, and mutual information of the
 * bins: what the reference's information-based scores share.
 *
 * <p>The largest value belongs to the last bin; a constant latent has all its points in one.
 */
public final class Discretized {

  /** The number of bins of disentanglement_lib's study. */
  public static final int DEFAULT_BINS = 20;

  private final int bins;
  private final int[][] latents;

  /**
   * Cuts codes.
   *
   * @param codes the codes, {@code [points][latents]}
   * @param bins bins per latent, at least 2
   * @throws IllegalArgumentException if {@code bins} is less than 2, there are fewer points than
   *     bins, or a code is not finite
   */
  public Discretized(float[][] codes, int bins) {
    Statistics.requireAtLeast("bins", bins, 2);
    Statistics.requireCodes("codes", codes);
    if (codes.length < bins) {
      throw new IllegalArgumentException(
          "codes must have at least as many rows as there are bins, "
              + bins
              + ", had "
              + codes.length);
    }
    this.bins = bins;
    latents = new int[codes[0].length][];
    for (int j = 0; j < latents.length; j++) {
      latents[j] = cut(Statistics.column(codes, j), bins);
    }
  }

  /**
   * Cuts class numbers into bins of equal width over their own range.
   *
   * @param classes one class per point
   * @param bins number of bins, at least 2
   * @return one bin per point, from 0
   */
  public static int[] cut(int[] classes, int bins) {
    float[] values = new float[classes.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = classes[i];
    }
    return cut(values, bins);
  }

  /**
   * Cuts numbers into bins of equal width over their own range.
   *
   * @param values one finite number per point
   * @param bins number of bins, at least 2
   * @return one bin per point, from 0; 0 for all if they are equal
   */
  public static int[] cut(float[] values, int bins) {
    float min = values[0];
    float max = values[0];
    for (float value : values) {
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
    int[] cut = new int[values.length];
    if (max == min) {
      return cut;
    }
    double width = ((double) max - min) / bins;
    for (int i = 0; i < cut.length; i++) {
      int bin = Math.min(bins - 1, (int) ((values[i] - (double) min) / width));
      // The quotient may round across an edge; edges are compared in single precision like values.
      if (bin + 1 < bins && values[i] >= (float) (min + (bin + 1) * width)) {
        bin++;
      } else if (values[i] < (float) (min + bin * width)) {
        bin--;
      }
      cut[i] = bin;
    }
    return cut;
  }

  /**
   * Computes the mutual information of two latents.
   *
   * @param one a latent
   * @param other a latent, which may be the same
   * @return nats, at least 0
   */
  public double betweenLatents(int one, int other) {
    return mutualInformation(latents[one], bins, latents[other], bins);
  }

  /**
   * Computes the entropy of a latent's bins.
   *
   * @param latent which latent
   * @return nats; 0 for a constant latent
   */
  public double entropy(int latent) {
    return entropy(latents[latent]);
  }

  /**
   * Counts a latent's bins against classes.
   *
   * @param latent which latent
   * @param labels each point's class, in {@code [0, classes)}
   * @param classes number of classes
   * @return the joint table
   */
  public JointTable joint(int latent, int[] labels, int classes) {
    return JointTable.ofPoints(latents[latent], bins, labels, classes);
  }

  /**
   * Computes the mutual information of every latent with some factors.
   *
   * @param table classes of all factors, {@code [points][factors]}
   * @param factors which factors
   * @return nats, {@code [latents][factors.length]}
   */
  public double[][] withFactors(int[][] table, int[] factors) {
    double[][] matrix = new double[latents.length][factors.length];
    for (int k = 0; k < factors.length; k++) {
      int[] values = Statistics.column(table, factors[k]);
      ClassTable classes = new ClassTable(values);
      int[] labels = classes.labels(values);
      for (int j = 0; j < latents.length; j++) {
        matrix[j][k] = mutualInformation(latents[j], bins, labels, classes.count());
      }
    }
    return matrix;
  }

  /**
   * Computes the entropy of classes.
   *
   * @param classes one class per point
   * @return nats, at least 0
   */
  public static double entropy(int[] classes) {
    ClassTable table = new ClassTable(classes);
    int[] counts = new int[table.count()];
    for (int label : table.labels(classes)) {
      counts[label]++;
    }
    double entropy = 0;
    double n = classes.length;
    for (int count : counts) {
      entropy += count / n * Math.log(n / count);
    }
    return entropy;
  }

  private static double mutualInformation(int[] a, int aCount, int[] b, int bCount) {
    int[] joint = new int[aCount * bCount];
    int[] aMarginal = new int[aCount];
    int[] bMarginal = new int[bCount];
    for (int i = 0; i < a.length; i++) {
      joint[a[i] * bCount + b[i]]++;
      aMarginal[a[i]]++;
      bMarginal[b[i]]++;
    }
    double information = 0;
    double n = a.length;
    for (int x = 0; x < aCount; x++) {
      for (int y = 0; y < bCount; y++) {
        int count = joint[x * bCount + y];
        if (count > 0) {
          information += count / n * Math.log(count * n / ((double) aMarginal[x] * bMarginal[y]));
        }
      }
    }
    return Math.max(0, information);
  }
}
