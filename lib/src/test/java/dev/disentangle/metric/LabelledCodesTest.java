package dev.disentangle.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.data.FactorSpace;
import dev.disentangle.data.Factors;
import dev.disentangle.representation.Codes;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Tables of codes with factors, and the points that the scores of one table share. */
class LabelledCodesTest {

  private static final float[][] CODES = {{0, 1}, {2, 3}, {4, 5}, {6, 7}};
  private static final int[][] FACTORS = {{0, 5, 1}, {0, 5, 1}, {0, 5, 2}, {3, 5, 2}};
  private static final LabelledCodes TABLE = new LabelledCodes(CODES, FACTORS);

  @Test
  void rowsKeepCodesAndFactorsTogether() {
    LabelledCodes rows = TABLE.rows(1, 3);
    assertEquals(2, rows.size());
    assertEquals(2, rows.latents());
    assertSame(CODES[1], rows.codes()[0]);
    assertSame(FACTORS[2], rows.factors()[1]);
    assertEquals(4, TABLE.rows(0, 4).size());
    requireNamed("0 <= from < to <= 4, were -1 and 2", () -> TABLE.rows(-1, 2));
    requireNamed("were 1 and 5", () -> TABLE.rows(1, 5));
    requireNamed("were 2 and 2", () -> TABLE.rows(2, 2));
  }

  /** 4,000 draws with replacement: each row 1,000 times, deviation 27, with its own factors. */
  @Test
  void samplesDrawEveryRowEquallyOften() {
    LabelledCodes sample = TABLE.sample(4_000, new SplittableRandom(1));
    int[] counts = new int[4];
    for (int i = 0; i < 4_000; i++) {
      int row = Math.round(sample.codes()[i][0] / 2);
      counts[row]++;
      assertSame(FACTORS[row], sample.factors()[i]);
    }
    for (int count : counts) {
      assertEquals(1_000, count, 110);
    }
    assertEquals(1, TABLE.sample(1, new SplittableRandom(2)).size());
    requireNamed("count must be at least 1", () -> TABLE.sample(0, new SplittableRandom(1)));
  }

  @Test
  void factorsThatVary() {
    assertArrayEquals(new int[] {0, 2}, TABLE.varyingFactors());
    assertArrayEquals(new int[] {2}, TABLE.rows(0, 3).varyingFactors());
    assertArrayEquals(new int[] {1, 1, 2, 2}, TABLE.classes(2));
    requireNamed("over the 2 points", () -> TABLE.rows(0, 2).varyingFactors());
  }

  @Test
  void tablesThatDoNotFitAreNamed() {
    requireNamed(
        "rows of 3 classes, row 1 had 2",
        () -> new LabelledCodes(new float[2][1], new int[][] {{1, 2, 3}, {1, 2}}));
    requireNamed(
        "was -1 at row 1, factor 2",
        () -> new LabelledCodes(new float[2][1], new int[][] {{1, 2, 3}, {1, 2, -1}}));
    requireNamed("at least 1 column", () -> new LabelledCodes(new float[1][1], new int[1][0]));
    LabelledCodes narrow = new LabelledCodes(new float[4][1], FACTORS);
    requireNamed("had 2 and 3 against 1 and 3", () -> TABLE.requireSameColumns(narrow));
    LabelledCodes fewer = new LabelledCodes(CODES, new int[4][2]);
    requireNamed("against 2 and 2", () -> TABLE.requireSameColumns(fewer));
    TABLE.requireSameColumns(TABLE.rows(0, 1));
  }

  @Test
  void factorsAreLookedUpByImage() {
    FactorSpace space = FactorSpace.of(List.of("a", "b"), 2, 3);
    LabelledCodes table = LabelledCodes.of(new float[2][1], space, new int[] {5, 1});
    assertArrayEquals(new int[] {1, 2}, table.factors()[0]);
    assertArrayEquals(new int[] {0, 1}, table.factors()[1]);
  }

  // ---- the points that the scores of one table share

  private static final FactorSpace SPACE = FactorSpace.of(List.of("a", "b"), 6, 10);

  private static ScoreInput input(int train, int evaluation, float logVariance, int[] images) {
    float[][] means = new float[images.length][2];
    float[][] logVariances = new float[images.length][2];
    for (int i = 0; i < means.length; i++) {
      means[i] = new float[] {images[i], -images[i]};
      Arrays.fill(logVariances[i], logVariance);
    }
    ScoreOptions options = ScoreOptions.defaults().points(train, evaluation).seed(3);
    return new ScoreInput(
        new Codes(means, logVariances), Optional.of((Factors) SPACE), images, options);
  }

  private static int[] all() {
    int[] all = new int[60];
    Arrays.setAll(all, i -> i);
    return all;
  }

  private static Set<Integer> images(float[][] codes) {
    Set<Integer> images = new HashSet<>();
    for (float[] code : codes) {
      images.add(Math.round(code[0]));
    }
    return images;
  }

  @Test
  void trainingAndEvaluationPointsAreDifferentImages() {
    ScoreInput input = input(30, 20, -1, all());
    assertEquals(30, input.train().size());
    assertEquals(20, input.evaluation().size());
    Set<Integer> train = images(input.train().codes());
    Set<Integer> evaluation = images(input.evaluation().codes());
    assertEquals(30, train.size());
    assertEquals(20, evaluation.size());
    assertTrue(train.stream().noneMatch(evaluation::contains));
    assertSame(input.train(), input.train());
    int image = Math.round(input.train().codes()[7][0]);
    assertArrayEquals(SPACE.values(image), input.train().factors()[7]);
    int other = Math.round(input.evaluation().codes()[7][0]);
    assertArrayEquals(SPACE.values(other), input.evaluation().factors()[7]);
    assertNotEquals(images(input.sample()), images(input.evaluation().codes()));
    assertEquals(train, images(input.sample()));
    assertTrue(input.samplingNanos() > 0);
  }

  /** Too few images: two thirds of them train. Exactly enough are enough. */
  @Test
  void tooFewImagesAreSharedOutTwoToOne() {
    ScoreInput few = input(50, 11, -1, all());
    assertEquals(40, few.train().size());
    assertEquals(20, few.evaluation().size());
    ScoreInput enough = input(50, 10, -1, all());
    assertEquals(50, enough.train().size());
    assertEquals(10, enough.evaluation().size());
    assertEquals(60, input(70, 1, -1, all()).sample().length);
    ScoreInput two = input(5, 5, -1, new int[] {7, 8});
    assertEquals(1, two.train().size());
    assertEquals(1, two.evaluation().size());
  }

  @Test
  void posteriorsOfTheTrainingPointsAreInTheirOrder() {
    ScoreInput input = input(30, 20, -1, all());
    for (int i = 0; i < 60; i++) {
      input.codes().logVariances()[i][1] = -i;
    }
    Codes posteriors = input.trainPosteriors();
    assertEquals(30, posteriors.size());
    for (int i = 0; i < 30; i++) {
      assertEquals(input.train().codes()[i][1], posteriors.means()[i][1]);
      assertEquals(posteriors.means()[i][1], posteriors.logVariances()[i][1]);
    }
  }

  @Test
  void whatIsKnownOfTheCodes() {
    ScoreInput input = input(30, 20, -1, all());
    assertTrue(input.hasFactors() && !input.deterministic() && !input.hasLikelihood());
    assertTrue(!input.likelihoodIsDistribution());
    assertEquals(Optional.of(SPACE), input.grid());
    assertEquals(60, input.labelled().size());
    assertThrows(IllegalStateException.class, () -> input.evidence(2, 2));
    assertTrue(input(30, 20, Float.NEGATIVE_INFINITY, all()).deterministic());
    int[] shuffled = all();
    shuffled[3] = 4;
    shuffled[4] = 3;
    assertEquals(Optional.empty(), input(30, 20, -1, shuffled).grid());
    assertEquals(Optional.empty(), input(3, 2, -1, new int[] {0, 1, 2, 3, 4, 5}).grid());
    // Images 0 and 1 differ in the second factor, twice the same image in none.
    assertTrue(input(3, 2, -1, new int[] {0, 1}).hasFactors());
    assertTrue(!input(3, 2, -1, new int[] {5, 5}).hasFactors());
    ScoreInput unknown =
        new ScoreInput(input.codes(), Optional.empty(), all(), ScoreOptions.defaults());
    assertTrue(!unknown.hasFactors() && unknown.grid().isEmpty());
    assertThrows(IllegalStateException.class, unknown::labelled);
    assertThrows(IllegalStateException.class, unknown::train);
    assertEquals(60, unknown.sample().length);
  }

  private static void requireNamed(String what, Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(what), message);
  }
}
