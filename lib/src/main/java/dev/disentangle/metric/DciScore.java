package dev.disentangle.metric;

import dev.disentangle.metric.count.ClassTable;
import dev.disentangle.metric.count.ImportanceMatrix;
import dev.disentangle.metric.count.Statistics;
import dev.disentangle.metric.fit.BoostedTrees;
import dev.disentangle.metric.fit.Lasso;
import dev.disentangle.metric.fit.SortedPoints;
import java.util.stream.IntStream;

/**
 * Disentanglement, completeness and informativeness (Eastwood and Williams 2018).
 *
 * <p>For every factor a model predicts its class from the code; how much the model relies on latent
 * {@code j} for factor {@code k} is the importance {@code R_jk}. With {@code H_b} the entropy in
 * base {@code b} of a normalised row or column, {@code D} latents and {@code K} factors,
 *
 * <pre>disentanglement = sum_j rho_j (1 - H_K(R_j.)),  rho_j = sum_k R_jk / sum R
 * completeness    = sum_k tau_k (1 - H_D(R_.k)),  tau_k = sum_j R_jk / sum R</pre>
 *
 * and informativeness tells how well the factors are predicted. Variants: {@link #ofBoostedTrees},
 * as disentanglement_lib has it, for classes and ranges, and {@link #ofLasso}, the paper's linear
 * one. Factors of one class are left out: their columns of {@code importance} are 0. Of constant
 * codes no latent is of any importance, and informativeness is what the most frequent class (trees)
 * or the mean (lasso) achieves.
 *
 * @param disentanglement in {@code [0, 1]}; 0 when no latent is of any importance, or for one
 *     factor
 * @param completeness in {@code [0, 1]}; 0 when no latent is of any importance, or for one latent
 * @param trainInformativeness on the training points, mean over factors: accuracy for trees, {@code
 *     R^2} for lasso
 * @param informativeness the same on the evaluation points; {@code R^2} is at most 1 and may be
 *     negative
 * @param importance {@code R}, {@code [latents][factors]}
 * @param variant {@code boosted trees} or {@code lasso}
 * @param trainPoints number of training points
 * @param evaluationPoints number of evaluation points
 */
public record DciScore(
    double disentanglement,
    double completeness,
    double trainInformativeness,
    double informativeness,
    double[][] importance,
    String variant,
    int trainPoints,
    int evaluationPoints) {

  /** The lasso's penalty when none is given, on codes and factors of unit variance. */
  public static final double DEFAULT_PENALTY = 0.02;

  /**
   * Computes the score with gradient-boosted trees: 100 stages of depth 3, learning rate 0.1, and
   * the share of squared error that a latent's splits remove as its importance. These are the
   * settings of disentanglement_lib, whose values it meets up to the choice between equally good
   * splits; the reference takes 10,000 training and 5,000 evaluation points. Nothing is random.
   *
   * @param train points that the trees are fitted to
   * @param evaluation other points; a class that is not among the training points counts as an
   *     error
   * @return the score
   * @throws IllegalArgumentException if the tables differ in latents or factors, or no factor
   *     varies over the training points
   */
  public static DciScore ofBoostedTrees(LabelledCodes train, LabelledCodes evaluation) {
    train.requireSameColumns(evaluation);
    int[] factors = train.varyingFactors();
    SortedPoints sorted = new SortedPoints(train.codes());
    double[][] importance = new double[train.latents()][train.factors()[0].length];
    double[][] accuracy = new double[2][factors.length];
    IntStream.range(0, factors.length)
        .parallel()
        .forEach(
            i -> {
              int factor = factors[i];
              ClassTable classes = new ClassTable(train.classes(factor));
              int[] labels = classes.labels(train.classes(factor));
              BoostedTrees trees = BoostedTrees.fit(sorted, labels, classes.count());
              setColumn(importance, factor, trees.importances());
              accuracy[0][i] = trees.accuracy(train.codes(), labels);
              accuracy[1][i] =
                  trees.accuracy(evaluation.codes(), classes.labels(evaluation.classes(factor)));
            });
    return of(importance, accuracy, "boosted trees", train, evaluation);
  }

  /**
   * Computes the score with lasso regression and the penalty {@value #DEFAULT_PENALTY}.
   *
   * @param train points that the regression is fitted to
   * @param evaluation other points
   * @return the score
   * @throws IllegalArgumentException if the tables differ in latents or factors, or no factor
   *     varies over the training points
   */
  public static DciScore ofLasso(LabelledCodes train, LabelledCodes evaluation) {
    return ofLasso(train, evaluation, DEFAULT_PENALTY);
  }

  /**
   * Computes the score with lasso regression of each factor's number, or of its class's, on the
   * codes, all brought to zero mean and unit variance; importance is the size of a coefficient. It
   * suits continuous factors and those whose classes are ordered. Nothing is random.
   *
   * @param train points that the regression is fitted to
   * @param evaluation other points
   * @param penalty factor of the coefficients' absolute sum beside half the mean squared error, at
   *     least 0
   * @return the score
   * @throws IllegalArgumentException if the tables differ in latents or factors, {@code penalty} is
   *     negative or not finite, or no factor varies over the training points
   */
  public static DciScore ofLasso(LabelledCodes train, LabelledCodes evaluation, double penalty) {
    train.requireSameColumns(evaluation);
    int[] factors = train.varyingFactors();
    Lasso lasso = new Lasso(train.codes(), penalty);
    double[][] importance = new double[train.latents()][train.factors()[0].length];
    double[][] determination = new double[2][factors.length];
    for (int i = 0; i < factors.length; i++) {
      double[] targets = train.numbers(factors[i]);
      Lasso.Fit fit = lasso.fit(targets);
      setColumn(importance, factors[i], fit.importances());
      determination[0][i] = fit.determination(train.codes(), targets);
      determination[1][i] = fit.determination(evaluation.codes(), evaluation.numbers(factors[i]));
    }
    return of(importance, determination, "lasso", train, evaluation);
  }

  /**
   * Returns the headline number.
   *
   * @return {@link #disentanglement}
   */
  public double value() {
    return disentanglement;
  }

  private static DciScore of(
      double[][] importance,
      double[][] informativeness,
      String variant,
      LabelledCodes train,
      LabelledCodes evaluation) {
    double[][] varying = new double[importance.length][];
    int[] factors = train.varyingFactors();
    for (int j = 0; j < varying.length; j++) {
      double[] row = importance[j];
      varying[j] = IntStream.of(factors).mapToDouble(k -> row[k]).toArray();
    }
    return new DciScore(
        ImportanceMatrix.disentanglement(varying),
        ImportanceMatrix.completeness(varying),
        Statistics.mean(informativeness[0]),
        Statistics.mean(informativeness[1]),
        importance,
        variant,
        train.size(),
        evaluation.size());
  }

  private static void setColumn(double[][] matrix, int column, double[] values) {
    for (int j = 0; j < values.length; j++) {
      matrix[j][column] = values[j];
    }
  }
}
