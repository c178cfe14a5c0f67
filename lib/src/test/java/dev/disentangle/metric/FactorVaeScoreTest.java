package dev.disentangle.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.data.FactorSpace;
import dev.disentangle.representation.Codes;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class FactorVaeScoreTest {

  private static final FactorVaeProtocol REFERENCE = FactorVaeProtocol.reference();

  private static FactorVaeScore reference(float[][] codes) {
    return FactorVaeScore.of(codes, SyntheticCodes.SPACE, REFERENCE, 1);
  }

  @Test
  void trueFactorsScoreOneAndEveryVoteIsOnTheDiagonal() {
    FactorVaeScore score = reference(SyntheticCodes.identity());
    assertEquals(1, score.trainAccuracy());
    assertEquals(1, score.evaluationAccuracy());
    for (int j = 0; j < 4; j++) {
      for (int k = 0; k < 4; k++) {
        assertEquals(j == k, score.votes()[j][k] > 0);
      }
    }
    assertEquals(10_000, Arrays.stream(score.votes()).flatMapToInt(Arrays::stream).sum());
  }

  @Test
  void constantCodesHaveNoActiveLatentAndScoreZero() {
    FactorVaeScore score = reference(SyntheticCodes.constant());
    assertEquals(0, score.value());
    assertArrayEquals(new boolean[4], score.active());
  }

  /** Chance is 1/4; 5,000 votes have a standard error of 0.006 and the majority adds a little. */
  @Test
  void noiseScoresNearChance() {
    assertEquals(0.25, reference(SyntheticCodes.noise(3)).value(), 0.03);
  }

  @Test
  void rotatedCodesScoreClearlyLower() {
    assertTrue(reference(SyntheticCodes.rotated()).value() < 0.8);
  }

  /** Figure 3 of Kim and Mnih (2018): a missing factor is what the Higgins score cannot see. */
  @Test
  void codesWithoutOneFactorFoolOnlyTheHigginsScore() {
    float[][] codes = SyntheticCodes.identity();
    for (int i = 0; i < codes.length; i++) {
      codes[i] = Arrays.copyOf(codes[i], 3);
    }
    HigginsScore higgins =
        HigginsScore.of(codes, SyntheticCodes.SPACE, HigginsProtocol.reference(), 1);
    assertTrue(higgins.value() > 0.99, "Higgins score " + higgins.value());
    double value = reference(codes).value();
    // Votes for the missing factor go to any of 3 latents, whose majority is another factor.
    assertEquals(0.75, value, 0.03);
  }

  @Test
  void pointsOutsideAGridGiveTheSameScoreAsTheGrid() {
    float[][] rotated = SyntheticCodes.rotated();
    double grid = reference(rotated).value();
    double table = FactorVaeScore.of(SyntheticCodes.labelled(rotated), REFERENCE, 2).value();
    // Two independent runs of 5,000 votes: 0.02 is more than two standard errors of the difference.
    assertEquals(grid, table, 0.02);
  }

  @Test
  void paperProtocolPrunesLatentsThatEqualThePrior() {
    float[][] means = SyntheticCodes.identity();
    float[][] logVariances = new float[means.length][5];
    for (int i = 0; i < means.length; i++) {
      means[i] = Arrays.copyOf(means[i], 5);
      // The fifth latent varies a little with the first factor, but its posterior is the prior.
      means[i][4] = 0.01f * means[i][0];
      Arrays.fill(logVariances[i], 0, 4, -4);
    }
    FactorVaeScore score =
        FactorVaeScore.of(
            new Codes(means, logVariances), SyntheticCodes.SPACE, FactorVaeProtocol.paper(), 1);
    assertArrayEquals(new boolean[] {true, true, true, true, false}, score.active());
    assertEquals(1, score.value());
    assertEquals(800, Arrays.stream(score.votes()).flatMapToInt(Arrays::stream).sum());
  }

  @Test
  void factorOfOneClassIsLeftOut() {
    FactorSpace space = FactorSpace.of(List.of("shape", "x", "y"), 1, 8, 8);
    float[][] codes = new float[space.size()][2];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = new float[] {space.value(i, 1), space.value(i, 2)};
    }
    FactorVaeScore score = FactorVaeScore.of(codes, space, REFERENCE, 1);
    assertEquals(1, score.value());
    assertEquals(0, score.votes()[0][0]);
  }

  @Test
  void sameSeedGivesTheSameVotes() {
    FactorVaeScore once = reference(SyntheticCodes.noise(3));
    FactorVaeScore again = reference(SyntheticCodes.noise(3));
    assertArrayEquals(once.votes(), again.votes());
    assertEquals(once.value(), again.value());
  }

  @Test
  void badInputIsNamed() {
    float[][] codes = SyntheticCodes.identity();
    FactorSpace other = FactorSpace.of(List.of("a"), 3);
    assertTrue(
        assertThrows(
                IllegalArgumentException.class, () -> FactorVaeScore.of(codes, other, REFERENCE, 1))
            .getMessage()
            .contains("3360"));
    codes[7][1] = Float.NaN;
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> reference(codes))
            .getMessage()
            .contains("row 7, latent 1"));
    FactorSpace constant = FactorSpace.of(List.of("a"), 1);
    assertThrows(
        IllegalArgumentException.class,
        () -> FactorVaeScore.of(new float[1][1], constant, REFERENCE, 1));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new FactorVaeProtocol(
                "x", 1, 1, 1, 0, FactorVaeProtocol.Pruning.STANDARD_DEVIATION, 0.05));
  }

  /**
   * disentanglement_lib on the whole dSprites grid of a published FactorVAE, five seeds: training
   * accuracy 0.7706 to 0.7827, mean 0.7775; evaluation accuracy 0.7634 to 0.7908, mean 0.7778. The
   * tolerances are three of their standard deviations (0.005 and 0.010).
   */
  @Test
  void agreesWithTheReferenceImplementationOnTheFullGrid() {
    Optional<float[][]> codes = ReferenceCodes.grid();
    Assumptions.assumeTrue(codes.isPresent(), "the 30 MB reference grid is not at hand");
    FactorSpace space =
        FactorSpace.of(List.of("shape", "scale", "orientation", "posX", "posY"), 3, 6, 40, 32, 32);
    FactorVaeScore score = FactorVaeScore.of(codes.get(), space, REFERENCE, 0);
    assertEquals(0.7775, score.trainAccuracy(), 0.015);
    assertEquals(0.7778, score.evaluationAccuracy(), 0.03);
    // The same seeds of the reference give 0.8612 to 0.8666 for the Higgins score, mean 0.8635.
    HigginsScore higgins = HigginsScore.of(codes.get(), space, HigginsProtocol.reference(), 0);
    assertEquals(0.8678, higgins.trainAccuracy(), 0.012);
    assertEquals(0.8635, higgins.evaluationAccuracy(), 0.012);
  }

  /** Fresh votes are other votes: on noise the majority of the training votes does better there. */
  @Test
  void evaluationVotesAreFreshOnes() {
    FactorVaeProtocol few =
        new FactorVaeProtocol(
            "few", 40, 40, 8, 0, FactorVaeProtocol.Pruning.STANDARD_DEVIATION, 0.05);
    double train = 0;
    double fresh = 0;
    for (int seed = 0; seed < 20; seed++) {
      FactorVaeScore score =
          FactorVaeScore.of(SyntheticCodes.noise(3), SyntheticCodes.SPACE, few, seed);
      train += score.trainAccuracy() / 20;
      fresh += score.evaluationAccuracy() / 20;
      assertEquals(score.evaluationAccuracy(), score.value());
    }
    // 40 votes on 4 latents leave a majority that fits their noise.
    assertTrue(train > fresh + 0.05, train + " against " + fresh);
    assertEquals(0.25, fresh, 0.06);
  }

  /**
   * One image apart makes the deviation over all images 1.7 and is hardly ever among ten of them; a
   * latent that is inactive for lack of variance gets no vote.
   */
  @Test
  void theGlobalVarianceIsThatOfAsManyPointsAsTheProtocolSays() {
    float[][] codes = SyntheticCodes.identity();
    codes[1234][0] = 100;
    for (int i = 0; i < codes.length; i++) {
      codes[i][0] = i == 1234 ? 100 : 0;
    }
    for (int points : new int[] {0, 10}) {
      FactorVaeProtocol protocol =
          new FactorVaeProtocol(
              "x", 50, 50, 8, points, FactorVaeProtocol.Pruning.STANDARD_DEVIATION, 0.05);
      FactorVaeScore score = FactorVaeScore.of(codes, SyntheticCodes.SPACE, protocol, 1);
      assertEquals(points == 0, score.active()[0]);
    }
    FactorVaeScore none = reference(SyntheticCodes.constant());
    assertEquals(0, none.trainAccuracy());
    assertArrayEquals(new int[4][4], none.votes());
  }

  /** Points have no divergence to be pruned by, however high the threshold. */
  @Test
  void deterministicCodesAreNotPrunedByDivergence() {
    FactorVaeProtocol strict =
        new FactorVaeProtocol("x", 50, 0, 8, 0, FactorVaeProtocol.Pruning.KL, 1e6);
    float[][] codes = SyntheticCodes.identity();
    assertArrayEquals(
        new boolean[] {true, true, true, true},
        FactorVaeScore.of(codes, SyntheticCodes.SPACE, strict, 1).active());
    Codes fewer = new Codes(new float[5][4], new float[5][4]);
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> FactorVaeScore.of(fewer, SyntheticCodes.SPACE, strict, 1))
            .getMessage();
    assertTrue(message.contains("3360") && message.contains("had 5"), message);
  }
}
