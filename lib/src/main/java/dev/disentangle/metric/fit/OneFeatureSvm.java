package dev.disentangle.metric.fit;

import java.util.Arrays;

/**
 * Linear support vector machines on one feature {@code x} and a bias, one class against the rest.
 * Each minimises
 *
 * <pre>(w^2 + b^2) / 2 + sum_i C_i max(0, 1 - y_i (w x_i + b))^2,  y_i = +1 or -1,</pre>
 *
 * with {@code C_i} equal to {@value #C}, times {@code n / (classes * count)} for the class itself:
 * what liblinear solves for scikit-learn's {@code LinearSVC} with balanced classes. For two classes
 * one machine serves both, and both have such a weight.
 *
 * <p>With one feature the points inside the margin are a prefix or suffix of the sorted values, so
 * sums over them are differences of running sums and a Newton step takes two binary searches. A
 * general solver visits every point in every step, which made the score ten times slower.
 */
public final class OneFeatureSvm {

  /** Weight of a point outside its margin against the size of the weights. */
  public static final double C = 0.01;

  private static final int MAX_STEPS = 100;

  private final double[] slopes;
  private final double[] biases;

  private OneFeatureSvm(int classes) {
    slopes = new double[classes];
    biases = new double[classes];
  }

  /**
   * Fits to values of the feature.
   *
   * @param values one finite value per point
   * @param order the points in ascending order of their values
   * @param labels the points' classes, each of which must occur
   * @param classes number of classes
   * @return the classifier
   */
  public static OneFeatureSvm fit(float[] values, int[] order, int[] labels, int classes) {
    OneFeatureSvm svm = new OneFeatureSvm(classes);
    float[] ascending = new float[values.length];
    for (int i = 0; i < order.length; i++) {
      ascending[i] = values[order[i]];
    }
    RunningSums all = new RunningSums(ascending);
    float[][] ofClass = byClass(values, order, labels, classes);
    for (int k = 0; k < classes; k++) {
      RunningSums own = new RunningSums(ofClass[k]);
      double weight = C * values.length / ((double) classes * own.count());
      double other = classes == 2 ? C * values.length / (2.0 * (values.length - own.count())) : C;
      double[] solution = new Margin(own, all, weight, other).minimise();
      svm.slopes[k] = solution[0];
      svm.biases[k] = solution[1];
    }
    return svm;
  }

  /** Returns the values of each class in ascending order. */
  private static float[][] byClass(float[] values, int[] order, int[] labels, int classes) {
    int[] counts = new int[classes];
    for (int label : labels) {
      counts[label]++;
    }
    float[][] ofClass = new float[classes][];
    Arrays.setAll(ofClass, k -> new float[counts[k]]);
    int[] filled = new int[classes];
    for (int point : order) {
      int label = labels[point];
      ofClass[label][filled[label]++] = values[point];
    }
    return ofClass;
  }

  /**
   * Returns the class with the largest score.
   *
   * @param value of the feature
   * @return the class, ties to the lowest
   */
  public int predict(float value) {
    int best = 0;
    for (int k = 1; k < slopes.length; k++) {
      if (slopes[k] * value + biases[k] > slopes[best] * value + biases[best]) {
        best = k;
      }
    }
    return best;
  }

  /**
   * Returns the share of values whose predicted class is theirs.
   *
   * @param values one per point
   * @param labels their classes
   * @return between 0 and 1
   */
  public double accuracy(float[] values, int[] labels) {
    int right = 0;
    for (int i = 0; i < values.length; i++) {
      right += predict(values[i]) == labels[i] ? 1 : 0;
    }
    return (double) right / values.length;
  }

  /** The objective of one class against the rest. */
  private record Margin(RunningSums own, RunningSums all, double ownWeight, double otherWeight) {

    double[] minimise() {
      double w = 0;
      double b = 0;
      double[] here = evaluate(w, b);
      for (int step = 0; step < MAX_STEPS; step++) {
        double determinant = here[3] * here[5] - here[4] * here[4];
        double wStep = (here[5] * here[1] - here[4] * here[2]) / determinant;
        double bStep = (here[3] * here[2] - here[4] * here[1]) / determinant;
        double slope = here[1] * wStep + here[2] * bStep;
        if (slope <= 1e-14 * here[0]) {
          break;
        }
        double length = 1;
        double[] next = evaluate(w - wStep, b - bStep);
        while (next[0] > here[0] - 1e-4 * length * slope && length > 1e-8) {
          length /= 2;
          next = evaluate(w - length * wStep, b - length * bStep);
        }
        w -= length * wStep;
        b -= length * bStep;
        here = next;
      }
      return new double[] {w, b};
    }

    /** Returns value, slopes in w and b, and curvatures ww, wb, bb. */
    private double[] evaluate(double w, double b) {
      double[] result = {0.5 * (w * w + b * b), w, b, 1, 0, 1};
      // Own points matter where w x + b < 1, the others where w x + b > -1.
      add(own.sums(-w, 1 - b), ownWeight, 1, w, b, result);
      double[] others = all.sums(w, 1 + b);
      double[] ownAmongThem = own.sums(w, 1 + b);
      for (int s = 0; s < others.length; s++) {
        others[s] -= ownAmongThem[s];
      }
      add(others, otherWeight, -1, w, b, result);
      return result;
    }

    /** Adds weight * sum (target - w x - b)^2 over points of given count, sum and square sum. */
    private static void add(
        double[] sums, double weight, double target, double w, double b, double[] result) {
      double count = sums[0];
      double sum = sums[1];
      double squares = sums[2];
      double bias = b - target;
      result[0] += weight * (w * w * squares + 2 * w * bias * sum + bias * bias * count);
      result[1] += 2 * weight * (w * squares + bias * sum);
      result[2] += 2 * weight * (w * sum + bias * count);
      result[3] += 2 * weight * squares;
      result[4] += 2 * weight * sum;
      result[5] += 2 * weight * count;
    }
  }
}
