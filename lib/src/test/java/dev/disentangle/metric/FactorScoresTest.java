package dev.disentangle.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Closed forms and special cases of the scores that need factors; {@link KnownCodesTest} holds what
 * all of them have in common.
 */
class FactorScoresTest {

  private static final LabelledCodes IDENTITY = sample(SyntheticCodes.identity());
  private static final LabelledCodes CONSTANT = sample(SyntheticCodes.constant());

  private static LabelledCodes sample(float[][] codes) {
    return SyntheticCodes.labelled(codes).sample(3_000, new SplittableRandom(1));
  }

  /** With two classes per factor a linear machine reads each off its latent without error. */
  @Test
  void separatedAttributePredictabilityOfTwoClasses() {
    LabelledCodes binary = binary(4_000, 2);
    // 1 for the latent itself against one half for every other.
    assertEquals(0.5, SapScore.of(binary.rows(0, 2_000), binary.rows(2_000, 4_000)).value(), 0.05);
  }

  private static LabelledCodes binary(int points, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][] codes = new float[points][3];
    int[][] factors = new int[points][3];
    for (int i = 0; i < points; i++) {
      for (int k = 0; k < 3; k++) {
        factors[i][k] = random.nextInt(2);
        codes[i][k] = 2 * factors[i][k] - 1;
      }
    }
    return new LabelledCodes(codes, factors);
  }

  /** Every latent's parent is its own factor; constants have none. */
  @Test
  void interventionalRobustnessNamesTheParents() {
    assertArrayEquals(new int[] {0, 1, 2, 3}, IrsScore.of(IDENTITY).parents());
    assertArrayEquals(new int[] {-1, -1, -1, -1}, IrsScore.of(CONSTANT).parents());
  }

  /** The penalty shrinks each coefficient to 0.98, which leaves 0.02^2 of the variance. */
  @Test
  void lassoOfTrueFactorsExplainsAllButThePenaltysShare() {
    DciScore identity = DciScore.ofLasso(IDENTITY.rows(0, 2_000), IDENTITY.rows(2_000, 3_000));
    assertEquals(1 - 0.02 * 0.02, identity.informativeness(), 0.002);
  }

  /** A latent's size and sign are no part of what can be read off it. Powers of 2 are exact. */
  @Test
  void explicitnessDoesNotDependOnTheCodesScale() {
    float[][] scaled = SyntheticCodes.rotated();
    float[] factors = {1 / 1024f, -32, 4, 1024};
    for (float[] code : scaled) {
      for (int j = 0; j < code.length; j++) {
        code[j] *= factors[j];
      }
    }
    LabelledCodes plain = sample(SyntheticCodes.rotated());
    LabelledCodes other = sample(scaled);
    ExplicitnessScore expected =
        ExplicitnessScore.of(plain.rows(0, 2_000), plain.rows(2_000, 3_000));
    ExplicitnessScore value = ExplicitnessScore.of(other.rows(0, 2_000), other.rows(2_000, 3_000));
    assertEquals(expected.trainValue(), value.trainValue(), 1e-12);
    assertEquals(expected.value(), value.value(), 1e-12);
  }

  @Test
  void factorOfOneClassIsLeftOutOfEveryScore() {
    LabelledCodes binary = binary(600, 3);
    for (int[] row : binary.factors()) {
      row[1] = 5;
    }
    LabelledCodes train = binary.rows(0, 400);
    LabelledCodes test = binary.rows(400, 600);
    assertTrue(MutualInformationGap.of(binary).value() > 0.9);
    // What is not defined is not a number: 0 would be the worst gap and the worst accuracy.
    assertEquals(Double.NaN, MutualInformationGap.of(binary).gaps()[1]);
    assertEquals(0, MutualInformationGap.of(binary).entropies()[1]);
    for (int latent = 0; latent < 3; latent++) {
      assertEquals(Double.NaN, SapScore.of(train, test).accuracy()[latent][1]);
      assertTrue(SapScore.of(train, test).accuracy()[latent][0] > 0.4);
    }
    assertTrue(Double.isFinite(ModularityScore.of(binary).value()));
    assertTrue(Double.isFinite(ExplicitnessScore.of(train, test).value()));
    assertTrue(Double.isFinite(SapScore.of(train, test).value()));
    assertTrue(Double.isFinite(IrsScore.of(binary).value()));
    assertEquals(0, DciScore.ofBoostedTrees(train, test).importance()[1][1]);
    assertTrue(DciScore.ofLasso(train, test).disentanglement() > 0.9);
  }

  @Test
  void aClassThatTrainingDoesNotKnowIsAnError() {
    LabelledCodes binary = binary(200, 4);
    for (int i = 100; i < 200; i++) {
      binary.factors()[i][0] = 7;
    }
    DciScore score = DciScore.ofBoostedTrees(binary.rows(0, 100), binary.rows(100, 200));
    assertEquals(2 / 3.0, score.informativeness(), 1e-9);
    assertTrue(
        Double.isFinite(ExplicitnessScore.of(binary.rows(0, 100), binary.rows(100, 200)).value()));
  }

  @Test
  void badInputIsNamed() {
    float[][] codes = {{1}, {2}};
    assertThrows(IllegalArgumentException.class, () -> new LabelledCodes(codes, new int[][] {{0}}));
    assertThrows(
        IllegalArgumentException.class,
        () -> new LabelledCodes(new float[][] {{Float.NaN}}, new int[][] {{0}}));
    assertThrows(
        IllegalArgumentException.class, () -> new LabelledCodes(codes, new int[][] {{0}, {-1}}));
    LabelledCodes few = new LabelledCodes(codes, new int[][] {{0}, {1}});
    assertThrows(IllegalArgumentException.class, () -> MutualInformationGap.of(few));
    LabelledCodes flat = new LabelledCodes(new float[50][2], new int[50][2]);
    assertThrows(IllegalArgumentException.class, () -> ModularityScore.of(flat));
    assertThrows(IllegalArgumentException.class, () -> DciScore.ofBoostedTrees(flat, flat));
    assertThrows(IllegalArgumentException.class, () -> SapScore.of(few, flat));
    assertThrows(IllegalArgumentException.class, () -> DciScore.ofLasso(few, few, -1));
  }

  /** Each latent tells its own factor and guesses the others, one time in two. */
  @Test
  void accuraciesOfSingleLatents() {
    LabelledCodes binary = binary(4_000, 2);
    SapScore score = SapScore.of(binary.rows(0, 3_000), binary.rows(3_000, 4_000));
    for (int j = 0; j < 3; j++) {
      for (int k = 0; k < 3; k++) {
        assertEquals(j == k ? 1 : 0.5, score.accuracy()[j][k], j == k ? 0 : 0.06);
      }
    }
    assertEquals(3_000, score.trainPoints());
    assertEquals(1_000, score.evaluationPoints());
  }

  /** Importance is a latent's share for its own factor; what the parts of the record are. */
  @Test
  void importanceOfTrueFactorsIsDiagonal() {
    LabelledCodes train = IDENTITY.rows(0, 700);
    LabelledCodes test = IDENTITY.rows(700, 1_000);
    DciScore trees = DciScore.ofBoostedTrees(train, test);
    DciScore lasso = DciScore.ofLasso(train, test, 0.05);
    for (int j = 0; j < 4; j++) {
      for (int k = 0; k < 4; k++) {
        assertEquals(j == k ? 1 : 0, trees.importance()[j][k], 0.01);
        assertEquals(j == k ? 0.95 : 0, lasso.importance()[j][k], 0.03);
      }
    }
    assertEquals("boosted trees", trees.variant());
    assertEquals("lasso", lasso.variant());
    assertEquals(700, trees.trainPoints());
    assertEquals(300, trees.evaluationPoints());
    assertEquals(trees.disentanglement(), trees.value());
    assertEquals(1, trees.trainInformativeness(), 1e-9);
    assertEquals(1 - 0.05 * 0.05, lasso.trainInformativeness(), 1e-3);
    assertEquals(
        1 - 0.02 * 0.02, DciScore.ofLasso(train, test).trainInformativeness(), 1e-3, "default");
  }

  /** Explicitness of two classes that a threshold tells apart is 1, of noise one half. */
  @Test
  void explicitnessOfBinaryFactors() {
    LabelledCodes binary = binary(600, 5);
    ExplicitnessScore score = ExplicitnessScore.of(binary.rows(0, 400), binary.rows(400, 600));
    assertEquals(1, score.trainValue(), 1e-9);
    assertEquals(1, score.value(), 1e-9);
    assertEquals(400, score.trainPoints());
    assertEquals(200, score.evaluationPoints());
    // The first factor is read from nothing but noise, the other two are there.
    for (float[] code : binary.codes()) {
      code[0] = 3;
    }
    ExplicitnessScore less = ExplicitnessScore.of(binary.rows(0, 400), binary.rows(400, 600));
    assertEquals((0.5 + 1 + 1) / 3, less.value(), 0.05);
  }

  /** Class numbers are names: with gaps, and however large, they give the same scores. */
  @Test
  void classesNeedNotBeNumberedWithoutGaps() {
    LabelledCodes plain = noisy();
    int[][] renamed = new int[plain.size()][];
    for (int i = 0; i < renamed.length; i++) {
      int[] row = plain.factors()[i];
      renamed[i] = new int[] {row[0] * 90_000 + 7, row[1] * 2 + 3, row[2] + 1_000_000};
    }
    LabelledCodes other = new LabelledCodes(plain.codes(), renamed);
    LabelledCodes train = plain.rows(0, 200);
    LabelledCodes test = plain.rows(200, 300);
    LabelledCodes otherTrain = other.rows(0, 200);
    LabelledCodes otherTest = other.rows(200, 300);
    assertEquals(SapScore.of(train, test).value(), SapScore.of(otherTrain, otherTest).value());
    assertEquals(
        ExplicitnessScore.of(train, test).value(),
        ExplicitnessScore.of(otherTrain, otherTest).value());
    DciScore trees = DciScore.ofBoostedTrees(train, test);
    DciScore same = DciScore.ofBoostedTrees(otherTrain, otherTest);
    assertEquals(trees.disentanglement(), same.disentanglement());
    assertEquals(trees.informativeness(), same.informativeness());
    assertEquals(trees.trainInformativeness(), same.trainInformativeness());
    assertEquals(MutualInformationGap.of(plain).value(), MutualInformationGap.of(other).value());
    assertEquals(ModularityScore.of(plain).value(), ModularityScore.of(other).value());
    assertEquals(ModularityScore.of(plain).value(), ModularityScore.of(plain, 20).value());
    assertEquals(
        IrsScore.of(plain, IrsProtocol.paper()).value(),
        IrsScore.of(other, IrsProtocol.paper()).value());
    assertEquals(InfoMecScore.of(plain).modularity(), InfoMecScore.of(other).modularity());
  }

  /** Latents in another order are the same representation. */
  @Test
  void theOrderOfTheLatentsDoesNotMatter() {
    LabelledCodes plain = noisy();
    float[][] turned = new float[plain.size()][];
    for (int i = 0; i < turned.length; i++) {
      float[] z = plain.codes()[i];
      turned[i] = new float[] {z[2], z[0], z[1]};
    }
    LabelledCodes other = new LabelledCodes(turned, plain.factors());
    SapScore sap = SapScore.of(plain.rows(0, 200), plain.rows(200, 300));
    SapScore again = SapScore.of(other.rows(0, 200), other.rows(200, 300));
    assertEquals(sap.value(), again.value(), 1e-12);
    assertArrayEquals(sap.accuracy()[0], again.accuracy()[1]);
    assertArrayEquals(sap.accuracy()[2], again.accuracy()[0]);
    DciScore lasso = DciScore.ofLasso(plain.rows(0, 200), plain.rows(200, 300), 0.01);
    DciScore lassoAgain = DciScore.ofLasso(other.rows(0, 200), other.rows(200, 300), 0.01);
    assertArrayEquals(lasso.importance()[1], lassoAgain.importance()[2], 1e-6);
    assertEquals(lasso.completeness(), lassoAgain.completeness(), 1e-6);
    assertEquals(lasso.informativeness(), lassoAgain.informativeness(), 1e-6);
    MutualInformationGap gap = MutualInformationGap.of(plain);
    assertArrayEquals(
        gap.mutualInformation()[0], MutualInformationGap.of(other).mutualInformation()[1]);
    assertEquals(gap.value(), MutualInformationGap.of(other).value(), 1e-12);
  }

  /** Three factors of 2, 3 and 4 classes, each with noise in a latent of its own. */
  private static LabelledCodes noisy() {
    SplittableRandom random = new SplittableRandom(6);
    float[][] codes = new float[300][3];
    int[][] factors = new int[300][3];
    for (int i = 0; i < 300; i++) {
      for (int k = 0; k < 3; k++) {
        factors[i][k] = random.nextInt(k + 2);
        codes[i][k] = (float) (factors[i][k] + 0.4 * random.nextGaussian());
      }
    }
    return new LabelledCodes(codes, factors);
  }
}
