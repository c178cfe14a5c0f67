package dev.disentangle.metric;

import dev.disentangle.metric.count.ClassTable;
import dev.disentangle.metric.count.Standardisation;
import dev.disentangle.metric.count.Statistics;
import dev.disentangle.metric.fit.LogisticRegression;
import dev.disentangle.metric.fit.RocArea;
import java.util.stream.IntStream;

/**
 * Explicitness (Ridgeway and Mozer 2018, section 3): whether the factors can be read off the code
 * linearly.
 *
 * <p>Codes are brought to zero mean and unit variance by the training points' statistics. For every
 * factor a multinomial logistic regression (penalty {@code |W|^2 / 2}) predicts the class from
 * them; the score is the area under the ROC curve of each of its {@code C_k} classes against the
 * rest, averaged over classes and then over the {@code K} factors,
 *
 * <pre>explicitness = 1/K sum_k 1/C_k sum_c AUC( p(v_k = c | z) ).</pre>
 *
 * <p>0.5 is chance, and the value of constant codes. The size of a latent does not matter, nor its
 * sign or place; a rotation changes the score by no more than the penalty does. These are the
 * values of disentanglement_lib's entry point, which standardises the codes. A class that is
 * missing among the training or the evaluated points is left out of the average; without any class
 * left a factor counts as 0.5. Factors of one class are left out. disentanglement_lib takes 10,000
 * training and 5,000 evaluation points. Nothing is random.
 *
 * @param trainValue on the training points, in {@code [0, 1]}
 * @param value on the evaluation points, in {@code [0, 1]}
 * @param trainPoints number of training points
 * @param evaluationPoints number of evaluation points
 */
public record ExplicitnessScore(
    double trainValue, double value, int trainPoints, int evaluationPoints) {

  /**
   * Computes the score.
   *
   * @param train points that the classifiers are fitted to
   * @param evaluation other points
   * @return the score
   * @throws IllegalArgumentException if the tables differ in latents or factors, or no factor
   *     varies over the training points
   */
  public static ExplicitnessScore of(LabelledCodes train, LabelledCodes evaluation) {
    train.requireSameColumns(evaluation);
    int[] factors = train.varyingFactors();
    Standardisation standard = Standardisation.of(train.codes());
    float[][] trainCodes = standard.apply(train.codes());
    float[][] evaluationCodes = standard.apply(evaluation.codes());
    double[][] areas = new double[2][factors.length];
    IntStream.range(0, factors.length)
        .parallel()
        .forEach(
            i -> {
              ClassTable classes = new ClassTable(train.classes(factors[i]));
              int[] labels = classes.labels(train.classes(factors[i]));
              int[] others = classes.labels(evaluation.classes(factors[i]));
              LogisticRegression model =
                  LogisticRegression.fit(trainCodes, labels, classes.count());
              areas[0][i] = RocArea.oneAgainstRest(model, trainCodes, labels, classes.count());
              areas[1][i] = RocArea.oneAgainstRest(model, evaluationCodes, others, classes.count());
            });
    return new ExplicitnessScore(
        Statistics.mean(areas[0]), Statistics.mean(areas[1]), train.size(), evaluation.size());
  }
}
