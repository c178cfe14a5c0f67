package dev.disentangle.metric.count;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.disentangle.data.FactorSpace;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The vote matrix of the FactorVAE score and the importance matrix of DCI. */
class VotesTest {

  /**
   * The first latent goes to factor 1 (a tie, to the lower of 1 and 2), the second to 0; of the
   * other votes 4 + 5 of 20 agree with that.
   */
  @Test
  void theMajorityOfOneMatrixIsMeasuredOnAnother() {
    int[][] train = {{2, 3, 3}, {9, 0, 1}, {0, 0, 0}};
    int[][] other = {{1, 4, 5}, {5, 2, 2}, {0, 1, 0}};
    assertEquals(9 / 20.0, FactorVaeVotes.accuracy(train, other), 1e-12);
    assertEquals(12 / 18.0, FactorVaeVotes.accuracy(train, train), 1e-12);
  }

  /**
   * The first latent is factor 0, the second factor 2 with noise a hundred times its variance
   * elsewhere, the third repeats the first and is inactive, the fourth varies most of all locally.
   */
  @Test
  void votesGoToTheActiveLatentThatIsSteadiestForItsSize() {
    FactorSpace space = FactorSpace.of(List.of("a", "one", "b"), 5, 1, 5);
    float[][] codes = new float[space.size()][];
    for (int i = 0; i < codes.length; i++) {
      float a = space.value(i, 0);
      float b = space.value(i, 2);
      codes[i] = new float[] {a, 1000 * b, a, a + b};
    }
    boolean[] active = {true, true, false, true};
    FactorVaeVotes voting =
        new FactorVaeVotes(
            codes, FixedFactorSampler.of(space), Statistics.variances(codes), active);
    assertEquals(4, voting.none().length);
    assertArrayEquals(new int[3], voting.none()[3]);
    int[][] votes = voting.count(400, 30, new SplittableRandom(6));
    assertArrayEquals(new int[3], votes[2]);
    assertArrayEquals(new int[3], votes[3]);
    assertEquals(400, votes[0][0] + votes[1][2]);
    assertEquals(200, votes[0][0], 40);
  }

  /** Of two equally steady latents the first is taken. */
  @Test
  void tiesGoToTheFirstLatent() {
    FactorSpace space = FactorSpace.of(List.of("a", "b"), 3, 3);
    float[][] codes = new float[9][];
    for (int i = 0; i < 9; i++) {
      codes[i] = new float[] {space.value(i, 0), space.value(i, 0)};
    }
    boolean[] active = {true, true};
    int[][] votes =
        new FactorVaeVotes(codes, FixedFactorSampler.of(space), Statistics.variances(codes), active)
            .count(100, 5, new SplittableRandom(7));
    assertEquals(0, votes[1][0]);
    assertEquals(100, Arrays.stream(votes).flatMapToInt(Arrays::stream).sum());
  }

  /**
   * Rows (3, 1) and (0, 4): entropies of (3/4, 1/4) and none, masses 4 of 8; columns (3, 0) and (1,
   * 4). The offset of 1e-11 moves them by less than 1e-9.
   */
  @Test
  void importanceInClosedForm() {
    double[][] importance = {{3, 1}, {0, 4}};
    double spread = -(0.75 * Math.log(0.75) + 0.25 * Math.log(0.25)) / Math.log(2);
    assertEquals(0.5 * (1 - spread) + 0.5, ImportanceMatrix.disentanglement(importance), 1e-9);
    double column = -(0.2 * Math.log(0.2) + 0.8 * Math.log(0.8)) / Math.log(2);
    assertEquals(3 / 8.0 + 5 / 8.0 * (1 - column), ImportanceMatrix.completeness(importance), 1e-9);
  }

  /** Three latents, two factors: the bases are the numbers of factors and of latents. */
  @Test
  void importanceOfATableThatIsNotSquare() {
    double[][] importance = {{2, 2}, {2, 2}, {2, 2}};
    assertEquals(0, ImportanceMatrix.disentanglement(importance), 1e-9);
    assertEquals(0, ImportanceMatrix.completeness(importance), 1e-9);
    double[][] split = {{1, 0}, {1, 0}, {0, 1}};
    assertEquals(1, ImportanceMatrix.disentanglement(split), 1e-9);
    double pair = 1 - Math.log(2) / Math.log(3);
    assertEquals(2 / 3.0 * pair + 1 / 3.0, ImportanceMatrix.completeness(split), 1e-9);
  }

  @Test
  void importanceWithoutAChoiceIsZero() {
    assertEquals(0, ImportanceMatrix.disentanglement(new double[][] {{3}, {1}}));
    assertEquals(0, ImportanceMatrix.completeness(new double[][] {{3, 1}}));
    assertEquals(0, ImportanceMatrix.disentanglement(new double[2][2]));
    assertEquals(0, ImportanceMatrix.completeness(new double[2][2]));
  }
}
