package dev.disentangle.metric;

import dev.disentangle.metric.count.ClassTable;
import dev.disentangle.metric.count.Discretized;
import dev.disentangle.metric.count.GaussianBins;
import dev.disentangle.metric.count.JointTable;
import dev.disentangle.metric.count.Statistics;
import dev.disentangle.representation.Codes;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The joint entropy minus mutual information gap, JEMMIG, and the robust mutual information gap,
 * RMIG (Do and Tran 2020, section 4). With {@code a} and {@code b} the latents of largest and
 * second largest mutual information with factor {@code k},
 *
 * <pre>RMIG   = 1/K sum_k ( I(z_a; v_k) - I(z_b; v_k) ) / H(v_k)
 * JEMMIG = 1/K sum_k ( 1 - ( H(z_a, v_k) - I(z_a; v_k) + I(z_b; v_k) ) / ( H(v_k) + log bins ) ),
 * </pre>
 *
 * JEMMIG so that a latent which holds more than its factor is punished by the joint entropy; both
 * are 1 at best and normalised as the paper does it. There are two ways to a distribution over
 * bins:
 *
 * <ul>
 *   <li>{@link #ofPosteriors}, the paper's: a latent's posterior gives each of 100 bins over {@code
 *       [-4, 4]} its mass, so that an uncertain latent is spread over many; what lies outside
 *       belongs to the outermost bins;
 *   <li>{@link #ofPoints}, as in the code of the review by Zaidi et al. (2020), whose JEMMIG it
 *       meets: every code is a point, the bins are those of each latent's own range. Its RMIG is
 *       {@link MutualInformationGap}.
 * </ul>
 *
 * Factors of one class are left out. Nothing is random.
 *
 * @param value JEMMIG, in {@code [0, 1]}
 * @param rmig RMIG, in {@code [0, 1]}
 * @param perFactor each factor's term of JEMMIG; NaN for a factor of one class
 * @param gaps each factor's term of RMIG; NaN for a factor of one class
 * @param bins bins per latent
 * @param points number of points
 */
public record JemmigScore(
    double value, double rmig, double[] perFactor, double[] gaps, int bins, int points) {

  /** The paper's number of bins. */
  public static final int PAPER_BINS = 100;

  /** The paper's bins lie within this distance of 0. */
  private static final double PAPER_RANGE = 4;

  /** Gives the joint table of one latent and classes that are numbered without gaps. */
  @FunctionalInterface
  private interface Tables {
    JointTable of(int latent, int[] labels, int classes);
  }

  /**
   * Computes the scores from posteriors, with {@value #PAPER_BINS} bins over {@code [-4, 4]}.
   *
   * @param codes the posteriors; a deterministic code lies in one bin
   * @param factors the classes of the same images, {@code [points][factors]}
   * @return the scores
   * @throws IllegalArgumentException if {@code codes} and {@code factors} differ in length, a mean
   *     is not finite, a log variance is NaN or positive infinity, or no factor varies
   */
  public static JemmigScore ofPosteriors(Codes codes, int[][] factors) {
    LabelledCodes table = new LabelledCodes(codes.means(), factors);
    double[][][] masses = new double[codes.latents()][][];
    IntStream.range(0, masses.length)
        .parallel()
        .forEach(j -> masses[j] = GaussianBins.masses(codes, j, PAPER_BINS, PAPER_RANGE));
    return of(table, PAPER_BINS, (j, labels, n) -> JointTable.ofMasses(masses[j], labels, n));
  }

  /**
   * Computes the scores from points.
   *
   * @param table codes and factors
   * @param bins bins per latent, at least 2
   * @return the scores
   * @throws IllegalArgumentException if {@code bins} is less than 2, there are fewer points than
   *     bins, or no factor varies
   */
  public static JemmigScore ofPoints(LabelledCodes table, int bins) {
    Discretized codes = new Discretized(table.codes(), bins);
    return of(table, bins, (j, labels, n) -> codes.joint(j, labels, n));
  }

  private static JemmigScore of(LabelledCodes table, int bins, Tables tables) {
    int[] varying = table.varyingFactors();
    double[] perFactor = new double[table.factors()[0].length];
    double[] gaps = new double[perFactor.length];
    Arrays.fill(perFactor, Double.NaN);
    Arrays.fill(gaps, Double.NaN);
    double jemmig = 0;
    double rmig = 0;
    for (int factor : varying) {
      ClassTable classes = new ClassTable(table.classes(factor));
      int[] labels = classes.labels(table.classes(factor));
      double[] information = new double[table.latents()];
      double joint = 0;
      double entropy = 0;
      int best = -1;
      for (int j = 0; j < information.length; j++) {
        JointTable both = tables.of(j, labels, classes.count());
        information[j] = both.information();
        if (best < 0 || information[j] > information[best]) {
          best = j;
          joint = both.jointEntropy();
          entropy = both.entropyOfClasses();
        }
      }
      double gap = Statistics.topMinusSecond(information);
      gaps[factor] = gap / entropy;
      perFactor[factor] = 1 - (joint - gap) / (entropy + Math.log(bins));
      rmig += gaps[factor] / varying.length;
      jemmig += perFactor[factor] / varying.length;
    }
    return new JemmigScore(jemmig, rmig, perFactor, gaps, bins, table.size());
  }
}
