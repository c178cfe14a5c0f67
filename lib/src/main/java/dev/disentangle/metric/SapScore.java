package dev.disentangle.metric;

import dev.disentangle.metric.count.ClassTable;
import dev.disentangle.metric.count.Statistics;
import dev.disentangle.metric.fit.Lasso;
import dev.disentangle.metric.fit.OneFeatureSvm;
import dev.disentangle.metric.fit.SortedPoints;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The separated attribute predictability score, SAP (Kumar et al. 2018, section 3):
 *
 * <pre>SAP = 1/K sum_k ( S_ak - S_bk ),</pre>
 *
 * where {@code S_jk} is how well latent {@code j} alone predicts factor {@code k}, and {@code a},
 * {@code b} are the best and second best latents for {@code k}. As in disentanglement_lib, {@code
 * S_jk} is the accuracy on other points of a linear support vector machine (squared hinge loss, C =
 * 0.01, classes weighted by their inverse frequency, one against rest); that study takes 10,000
 * training and 5,000 evaluation points. With one latent the second is 0. Constant latents predict
 * equally badly, so constant codes score 0. For a continuous factor {@code S_jk} is the paper's
 * {@code R^2} of a linear regression on the training points, {@code cov(z_j, v_k)^2 / (var(z_j)
 * var(v_k))}. Factors of one class are left out. Nothing is random.
 *
 * @param value the score, in {@code [0, 1]}
 * @param accuracy {@code S}, {@code [latents][factors]}: accuracy for classes, {@code R^2} for
 *     continuous factors; NaN for a factor of one class
 * @param trainPoints number of training points
 * @param evaluationPoints number of evaluation points
 */
public record SapScore(double value, double[][] accuracy, int trainPoints, int evaluationPoints) {

  /**
   * Computes the score.
   *
   * @param train points that the classifiers are fitted to
   * @param evaluation other points; a class that is not among the training points counts as an
   *     error
   * @return the score
   * @throws IllegalArgumentException if the tables differ in latents or factors, or no factor
   *     varies over the training points
   */
  public static SapScore of(LabelledCodes train, LabelledCodes evaluation) {
    train.requireSameColumns(evaluation);
    int[] factors = train.varyingFactors();
    int latents = train.latents();
    double[][] accuracy = new double[latents][train.factors()[0].length];
    for (double[] row : accuracy) {
      Arrays.fill(row, Double.NaN);
    }
    int[] counts = new int[factors.length];
    int[][] labels = new int[factors.length][];
    int[][] others = new int[factors.length][];
    for (int i = 0; i < factors.length; i++) {
      ClassTable classes = new ClassTable(train.classes(factors[i]));
      counts[i] = classes.count();
      labels[i] = classes.labels(train.classes(factors[i]));
      others[i] = classes.labels(evaluation.classes(factors[i]));
    }
    IntStream.range(0, latents)
        .parallel()
        .forEach(
            j -> {
              float[] values = Statistics.column(train.codes(), j);
              float[] otherValues = Statistics.column(evaluation.codes(), j);
              int[] order = SortedPoints.order(values);
              for (int i = 0; i < factors.length; i++) {
                if (train.isContinuous(factors[i])) {
                  continue;
                }
                OneFeatureSvm svm = OneFeatureSvm.fit(values, order, labels[i], counts[i]);
                accuracy[j][factors[i]] = svm.accuracy(otherValues, others[i]);
              }
            });
    determination(train, factors, accuracy);
    double sum = 0;
    for (int factor : factors) {
      sum += Statistics.topMinusSecond(Statistics.column(accuracy, factor));
    }
    return new SapScore(sum / factors.length, accuracy, train.size(), evaluation.size());
  }

  /**
   * Puts the share of variance that each latent explains of continuous factors in their columns.
   */
  private static void determination(LabelledCodes train, int[] factors, double[][] to) {
    Lasso regression = new Lasso(train.codes(), 0);
    for (int factor : factors) {
      if (train.isContinuous(factor)) {
        double[] correlations = regression.correlations(train.numbers(factor));
        for (int j = 0; j < to.length; j++) {
          to[j][factor] = correlations[j] * correlations[j];
        }
      }
    }
  }
}
