package dev.disentangle.metric.count;

/**
 * The joint distribution of a latent's bin and a factor's class, with its entropies and mutual
 * information.
 */
public final class JointTable {

  private final double[][] shares;
  private final double[] bins;
  private final double[] classes;

  private JointTable(double[][] shares) {
    this.shares = shares;
    bins = new double[shares.length];
    classes = new double[shares[0].length];
    for (int b = 0; b < bins.length; b++) {
      for (int c = 0; c < classes.length; c++) {
        bins[b] += shares[b][c];
        classes[c] += shares[b][c];
      }
    }
  }

  /**
   * Counts points.
   *
   * @param bin each point's bin, in {@code [0, bins)}
   * @param bins number of bins
   * @param label each point's class, in {@code [0, labels)}
   * @param labels number of classes
   * @return the table of the points' shares
   */
  public static JointTable ofPoints(int[] bin, int bins, int[] label, int labels) {
    double[][] counts = new double[bins][labels];
    for (int i = 0; i < bin.length; i++) {
      counts[bin[i]][label[i]]++;
    }
    for (double[] row : counts) {
      for (int c = 0; c < labels; c++) {
        row[c] /= bin.length;
      }
    }
    return new JointTable(counts);
  }

  /**
   * Sums distributions over bins, one per point.
   *
   * @param masses each point's distribution, {@code [points][bins]}, each row with the sum 1
   * @param label each point's class, in {@code [0, labels)}
   * @param labels number of classes
   * @return the table of the points' mean masses
   */
  public static JointTable ofMasses(double[][] masses, int[] label, int labels) {
    double[][] sums = new double[masses[0].length][labels];
    for (int i = 0; i < masses.length; i++) {
      for (int b = 0; b < sums.length; b++) {
        sums[b][label[i]] += masses[i][b] / masses.length;
      }
    }
    return new JointTable(sums);
  }

  /**
   * Computes the entropy of the bins.
   *
   * @return nats
   */
  public double entropyOfBins() {
    return entropy(bins);
  }

  /**
   * Computes the entropy of the classes.
   *
   * @return nats
   */
  public double entropyOfClasses() {
    return entropy(classes);
  }

  /**
   * Computes the joint entropy of bin and class.
   *
   * @return nats
   */
  public double jointEntropy() {
    double sum = 0;
    for (double[] row : shares) {
      sum += entropy(row);
    }
    return sum;
  }

  /**
   * Computes the mutual information of bin and class.
   *
   * @return nats, at least 0
   */
  public double information() {
    return Math.max(0, entropyOfBins() + entropyOfClasses() - jointEntropy());
  }

  private static double entropy(double[] shares) {
    double sum = 0;
    for (double share : shares) {
      sum -= share > 0 ? share * Math.log(share) : 0;
    }
    return sum;
  }
}
