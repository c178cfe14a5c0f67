package dev.disentangle.metric.fit;

/**
 * Grows one tree of a gradient-boosted classifier on points that are sorted once for all trees.
 *
 * <p>A node's split is the one that lowers the squared error of the residuals most, tried between
 * all neighbouring values of all features; for two children this is the order that Friedman's
 * improvement gives, too. The sorted order of every feature is handed down to the children by a
 * stable partition, so no node sorts again. Not safe for use by several threads.
 */
final class TreeGrower {

  /** Neighbouring values closer than this are not separated, as in scikit-learn. */
  private static final float LEAST_GAP = 1e-7f;

  private final SortedPoints points;
  private final int depth;
  private final double leafFactor;
  private final double rate;
  private final int[][][] orders;
  private final byte[] goesLeft;

  private double[] residuals;
  private double[] scores;
  private double[] gains;
  private RegressionTree tree;
  private int bestFeature;
  private int bestPosition;
  private double bestProxy;

  /**
   * Prepares to grow trees.
   *
   * @param points the training points
   * @param depth largest number of tests on a path
   * @param leafFactor {@code (classes - 1) / classes}, or 1 for two classes
   * @param rate learning rate, a factor on every leaf
   */
  TreeGrower(SortedPoints points, int depth, double leafFactor, double rate) {
    this.points = points;
    this.depth = depth;
    this.leafFactor = leafFactor;
    this.rate = rate;
    orders = new int[depth][points.features()][];
    for (int f = 0; f < points.features(); f++) {
      orders[0][f] = points.order(f);
      for (int level = 1; level < depth; level++) {
        orders[level][f] = new int[points.size()];
      }
    }
    goesLeft = new byte[points.size()];
  }

  /**
   * Grows a tree on residuals {@code y - p} and adds its leaves to the points' scores.
   *
   * @param residuals one per point
   * @param scores one per point, changed in place
   * @param gains one per feature: how much its splits lower the squared error is added
   */
  RegressionTree grow(double[] residuals, double[] scores, double[] gains) {
    this.residuals = residuals;
    this.scores = scores;
    this.gains = gains;
    tree = new RegressionTree(depth);
    grow(0, 0, 0, points.size(), orders[0][0]);
    return tree;
  }

  private void grow(int node, int level, int from, int to, int[] members) {
    int count = to - from;
    double sum = 0;
    double squares = 0;
    for (int i = from; i < to; i++) {
      double residual = residuals[members[i]];
      sum += residual;
      squares += residual * residual;
    }
    double mean = sum / count;
    if (level == depth || squares / count - mean * mean <= Math.ulp(1.0)) {
      setLeaf(node, from, to, members);
      return;
    }
    findSplit(level, from, to, sum);
    if (bestFeature < 0) {
      setLeaf(node, from, to, members);
      return;
    }
    int feature = bestFeature;
    int position = bestPosition;
    gains[feature] += bestProxy - sum * mean;
    int[] order = orders[level][feature];
    float[] column = points.column(feature);
    tree.setTest(node, feature, threshold(column[order[position - 1]], column[order[position]]));
    if (level + 1 < depth) {
      partition(level, from, to, order, position);
      order = orders[level + 1][feature];
    }
    grow(2 * node + 1, level + 1, from, position, order);
    grow(2 * node + 2, level + 1, position, to, order);
  }

  private static float threshold(float below, float above) {
    float middle = below / 2 + above / 2;
    return middle < above ? middle : below;
  }

  private void findSplit(int level, int from, int to, double sum) {
    bestFeature = -1;
    bestProxy = Double.NEGATIVE_INFINITY;
    for (int f = 0; f < points.features(); f++) {
      findSplit(f, orders[level][f], from, to, sum);
    }
  }

  /** Maximises (left sum)^2 / left count + (right sum)^2 / right count over one feature. */
  private void findSplit(int feature, int[] order, int from, int to, double sum) {
    double[] r = residuals;
    double[] reciprocals = points.reciprocals();
    float[] column = points.column(feature);
    double best = bestProxy;
    double left = 0;
    for (int i = from + 1; i < to; i++) {
      left += r[order[i - 1]];
      double right = sum - left;
      double proxy = left * left * reciprocals[i - from] + right * right * reciprocals[to - i];
      if (proxy > best && column[order[i]] > column[order[i - 1]] + LEAST_GAP) {
        best = proxy;
        bestFeature = feature;
        bestPosition = i;
      }
    }
    bestProxy = best;
  }

  /** Hands every feature's order down: points before the position first, in their order. */
  private void partition(int level, int from, int to, int[] splitOrder, int position) {
    for (int i = from; i < to; i++) {
      goesLeft[splitOrder[i]] = (byte) (i < position ? 1 : 0);
    }
    for (int f = 0; f < points.features(); f++) {
      int[] order = orders[level][f];
      int[] next = orders[level + 1][f];
      int left = from;
      int right = position;
      for (int i = from; i < to; i++) {
        int point = order[i];
        int goes = goesLeft[point];
        // Without a branch, since its outcome is as good as random: left when goes is 1.
        next[right ^ ((left ^ right) & -goes)] = point;
        left += goes;
        right += 1 - goes;
      }
    }
  }

  /** One Newton step of the log-likelihood for the points of a leaf, as Friedman (2001) has it. */
  private void setLeaf(int node, int from, int to, int[] members) {
    double numerator = 0;
    double denominator = 0;
    for (int i = from; i < to; i++) {
      double size = Math.abs(residuals[members[i]]);
      numerator += residuals[members[i]];
      denominator += size * (1 - size);
    }
    double value = denominator < 1e-150 ? 0 : rate * leafFactor * numerator / denominator;
    tree.setValue(node, value);
    for (int i = from; i < to; i++) {
      scores[members[i]] += value;
    }
  }
}
