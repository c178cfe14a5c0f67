package dev.disentangle.metric;

import dev.disentangle.metric.count.Statistics;
import dev.disentangle.metric.fit.Lasso;
import dev.disentangle.representation.Codes;
import java.util.Arrays;
import java.util.List;
import org.hipparchus.stat.ranking.NaNStrategy;
import org.hipparchus.stat.ranking.NaturalRanking;
import org.hipparchus.stat.ranking.TiesStrategy;

/**
 * Unsupervised disentanglement ranking, UDR (Duan et al. 2020, section 4): models of one kind that
 * learned the same latents up to permutation and sign are likely to be disentangled. It needs
 * several models, encoding the same images, and no factors.
 *
 * <p>{@code R_ab} is the similarity of latent {@code a} of one model and {@code b} of another: the
 * size of Spearman's rank correlation, or of the lasso weight of {@code a} in the regression of
 * {@code b}. With {@code I(a) = 1} for a latent whose mean divergence from the prior exceeds 0.01
 * nats, {@code d} the number of those, and {@code r_b = max_a R_ab},
 *
 * <pre>UDR_ij = 1/(d_i + d_j) ( sum_b r_b^2 I(b) / sum_a R_ab  +  sum_a r_a^2 I(a) / sum_b R_ab )
 * </pre>
 *
 * over informative latents; a model's score is the median over the other models {@code j}. The
 * lasso predicts the other model's latents from the model's own, so its {@code UDR_ij} and {@code
 * UDR_ji} are two regressions and may differ; a model's score does not depend on its place in the
 * list. A pair without informative latents scores 0. Nothing is random.
 *
 * @param values one score per model, in {@code [0, 1]} for {@link Similarity#SPEARMAN}
 * @param pairs {@code UDR_ij}, {@code [models][models]}, 0 on the diagonal; symmetric for {@link
 *     Similarity#SPEARMAN}
 * @param similarity which similarity
 * @param points number of images
 */
public record UnsupervisedDisentanglementRanking(
    double[] values, double[][] pairs, Similarity similarity, int points) {

  /** How two latents of different models are compared. */
  public enum Similarity {
    /** Size of the rank correlation. */
    SPEARMAN,
    /** Size of the lasso weight, penalty 0.1 on standardised codes. */
    LASSO
  }

  private static final double INFORMATIVE_NATS = 0.01;
  private static final double LASSO_PENALTY = 0.1;

  /**
   * Ranks models.
   *
   * @param models posteriors of the same images in the same order by at least two models
   * @param similarity which similarity
   * @return the scores
   * @throws IllegalArgumentException if there are fewer than 2 models, they differ in the number of
   *     images or there are fewer than 2, or a code is not finite
   */
  public static UnsupervisedDisentanglementRanking of(List<Codes> models, Similarity similarity) {
    Statistics.requireAtLeast("number of models", models.size(), 2);
    int points = models.get(0).size();
    Statistics.requireAtLeast("number of images", points, 2);
    float[][][] informative = new float[models.size()][][];
    for (int i = 0; i < informative.length; i++) {
      if (models.get(i).size() != points) {
        throw new IllegalArgumentException(
            "models must encode the same images, model 0 has "
                + points
                + ", model "
                + i
                + " "
                + models.get(i).size());
      }
      informative[i] = informativeColumns(models.get(i));
      if (similarity == Similarity.SPEARMAN) {
        informative[i] = ranks(informative[i]);
      }
    }
    double[][] pairs = new double[informative.length][informative.length];
    for (int i = 0; i < pairs.length; i++) {
      for (int j = 0; j < pairs.length; j++) {
        if (i != j) {
          pairs[i][j] = pair(similarities(informative[i], informative[j], similarity));
        }
      }
    }
    double[] values = new double[pairs.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = medianOfOthers(pairs[i], i);
    }
    return new UnsupervisedDisentanglementRanking(values, pairs, similarity, points);
  }

  /** Returns the informative latents that vary, {@code [points][informative latents]}. */
  private static float[][] informativeColumns(Codes codes) {
    double[] nats = KlPerLatent.of(codes).nats();
    double[] variances = Statistics.variances(codes.means());
    int[] kept =
        java.util.stream.IntStream.range(0, nats.length)
            .filter(j -> nats[j] > INFORMATIVE_NATS && variances[j] > 0)
            .toArray();
    float[][] columns = new float[codes.size()][kept.length];
    for (int i = 0; i < columns.length; i++) {
      for (int j = 0; j < kept.length; j++) {
        columns[i][j] = codes.means()[i][kept[j]];
      }
    }
    return columns;
  }

  private static float[][] ranks(float[][] codes) {
    NaturalRanking ranking = new NaturalRanking(NaNStrategy.FAILED, TiesStrategy.AVERAGE);
    float[][] ranked = new float[codes.length][codes[0].length];
    for (int j = 0; j < codes[0].length; j++) {
      double[] column = new double[codes.length];
      for (int i = 0; i < column.length; i++) {
        column[i] = codes[i][j];
      }
      double[] ranks = ranking.rank(column);
      for (int i = 0; i < column.length; i++) {
        // Ranks relative to the middle keep single precision exact for 16 million points.
        ranked[i][j] = (float) (ranks[i] - 0.5 * (column.length + 1));
      }
    }
    return ranked;
  }

  /** Computes {@code R}, {@code [latents of one][latents of the other]}. */
  private static double[][] similarities(float[][] one, float[][] other, Similarity similarity) {
    int rows = one[0].length;
    int columns = other[0].length;
    double[][] matrix = new double[rows][columns];
    if (rows == 0 || columns == 0) {
      return new double[0][0];
    }
    Lasso lasso = new Lasso(one, LASSO_PENALTY);
    for (int b = 0; b < columns; b++) {
      double[] target = new double[other.length];
      for (int i = 0; i < target.length; i++) {
        target[i] = other[i][b];
      }
      double[] column =
          similarity == Similarity.LASSO
              ? lasso.fit(target).importances()
              : lasso.correlations(target);
      for (int a = 0; a < rows; a++) {
        matrix[a][b] = Math.abs(column[a]);
      }
    }
    return matrix;
  }

  private static double pair(double[][] similarity) {
    if (similarity.length == 0) {
      return 0;
    }
    double[][] transposed = new double[similarity[0].length][similarity.length];
    for (int a = 0; a < similarity.length; a++) {
      for (int b = 0; b < transposed.length; b++) {
        transposed[b][a] = similarity[a][b];
      }
    }
    return (concentration(similarity) + concentration(transposed))
        / (similarity.length + transposed.length);
  }

  private static double concentration(double[][] rows) {
    double total = 0;
    for (double[] row : rows) {
      double sum = Arrays.stream(row).sum();
      double max = Arrays.stream(row).max().orElse(0);
      total += sum > 0 ? max * max / sum : 0;
    }
    return total;
  }

  private static double medianOfOthers(double[] row, int own) {
    double[] others = new double[row.length - 1];
    for (int j = 0, k = 0; j < row.length; j++) {
      if (j != own) {
        others[k++] = row[j];
      }
    }
    Arrays.sort(others);
    int middle = others.length / 2;
    return others.length % 2 == 1 ? others[middle] : 0.5 * (others[middle - 1] + others[middle]);
  }
}
