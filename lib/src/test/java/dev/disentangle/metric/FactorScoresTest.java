package dev.disentangle.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** True factors, constant codes and rotated codes through every score that needs factors. */
class FactorScoresTest {

  private static final LabelledCodes IDENTITY = sample(SyntheticCodes.identity());
  private static final LabelledCodes ROTATED = sample(SyntheticCodes.rotated());
  private static final LabelledCodes CONSTANT = sample(SyntheticCodes.constant());

  private static LabelledCodes sample(float[][] codes) {
    return SyntheticCodes.labelled(codes).sample(3_000, new SplittableRandom(1));
  }

  private static LabelledCodes train(LabelledCodes table) {
    return table.rows(0, 2_000);
  }

  private static LabelledCodes evaluation(LabelledCodes table) {
    return table.rows(2_000, 3_000);
  }

  /** 20 bins separate at most 10 classes, so only sampled dependence of factors is missing to 1. */
  @Test
  void mutualInformationGap() {
    assertEquals(1, MutualInformationGap.of(IDENTITY).value(), 0.01);
    assertEquals(0, MutualInformationGap.of(CONSTANT).value());
    assertTrue(MutualInformationGap.of(ROTATED).value() < 0.1);
  }

  @Test
  void modularity() {
    assertEquals(1, ModularityScore.of(IDENTITY).value(), 0.01);
    assertEquals(0, ModularityScore.of(CONSTANT).value());
    // All factors share each rotated latent; those of more classes get more, which is worth a
    // little.
    assertTrue(ModularityScore.of(ROTATED).value() < 0.8);
  }

  /** A linear read-out cannot single out middle classes of a scalar perfectly, rotated or not. */
  @Test
  void explicitness() {
    double identity = ExplicitnessScore.of(train(IDENTITY), evaluation(IDENTITY)).value();
    double rotated = ExplicitnessScore.of(train(ROTATED), evaluation(ROTATED)).value();
    assertTrue(identity > 0.95, "identity " + identity);
    assertEquals(0.5, ExplicitnessScore.of(train(CONSTANT), evaluation(CONSTANT)).value());
    // Rotation leaves linear read-outs as they are, up to sampling: explicitness does not see it.
    assertEquals(identity, rotated, 1e-3);
  }

  /** A linear machine on one scalar recognises few of 6 to 10 classes, so the maximum is low. */
  @Test
  void separatedAttributePredictability() {
    SapScore identity = SapScore.of(train(IDENTITY), evaluation(IDENTITY));
    assertTrue(identity.value() > 0.08, "identity " + identity.value());
    assertEquals(0, SapScore.of(train(CONSTANT), evaluation(CONSTANT)).value(), 1e-12);
    assertTrue(SapScore.of(train(ROTATED), evaluation(ROTATED)).value() < identity.value() / 3);
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

  @Test
  void interventionalRobustness() {
    IrsScore identity = IrsScore.of(IDENTITY);
    assertEquals(1, identity.value(), 1e-6);
    assertArrayEquals(new int[] {0, 1, 2, 3}, identity.parents());
    IrsScore constant = IrsScore.of(CONSTANT);
    assertEquals(0, constant.value());
    assertArrayEquals(new int[] {-1, -1, -1, -1}, constant.parents());
    assertTrue(IrsScore.of(ROTATED).value() < 0.6);
  }

  @Test
  void boostedTreesDci() {
    DciScore identity = DciScore.ofBoostedTrees(train(IDENTITY), evaluation(IDENTITY));
    assertEquals(1, identity.disentanglement(), 0.01);
    assertEquals(1, identity.completeness(), 0.01);
    assertEquals(1, identity.informativeness(), 0.01);
    DciScore constant = DciScore.ofBoostedTrees(train(CONSTANT), evaluation(CONSTANT));
    assertEquals(0, constant.disentanglement());
    assertEquals(0, constant.completeness());
    // Without information the most frequent class is predicted, right for about 1 in 6 to 10.
    assertTrue(constant.informativeness() < 0.2);
    DciScore rotated = DciScore.ofBoostedTrees(train(ROTATED), evaluation(ROTATED));
    assertTrue(rotated.disentanglement() < 0.3, "rotated " + rotated.disentanglement());
    assertTrue(rotated.completeness() < 0.3, "rotated " + rotated.completeness());
  }

  @Test
  void lassoDci() {
    DciScore identity = DciScore.ofLasso(train(IDENTITY), evaluation(IDENTITY));
    assertTrue(identity.disentanglement() > 0.95);
    assertTrue(identity.completeness() > 0.95);
    // The penalty shrinks each coefficient to 0.98, which leaves 0.02^2 of the variance.
    assertEquals(1 - 0.02 * 0.02, identity.informativeness(), 0.002);
    DciScore constant = DciScore.ofLasso(train(CONSTANT), evaluation(CONSTANT));
    assertEquals(0, constant.disentanglement());
    assertEquals(0, constant.informativeness(), 0.01);
    assertTrue(DciScore.ofLasso(train(ROTATED), evaluation(ROTATED)).disentanglement() < 0.3);
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
    assertEquals(0, MutualInformationGap.of(binary).gaps()[1]);
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
}
