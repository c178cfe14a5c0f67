package dev.disentangle.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.history.History;
import dev.disentangle.history.Recorded;
import dev.disentangle.history.Terms;
import java.awt.image.BufferedImage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Legends tell runs apart, and charts say what does not compare. */
class RunNamesTest {

  /** A run of ten rows with some terms, and with choices given as key, value, key, value. */
  private static Recorded run(String name, Map<String, Double> terms, String... choices) {
    History history = new History();
    for (int step = 0; step < 100; step += 10) {
      history.record(step, terms);
    }
    Map<String, String> chosen = new LinkedHashMap<>();
    for (int i = 0; i < choices.length; i += 2) {
      chosen.put(choices[i], choices[i + 1]);
    }
    return new Recorded() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public History history() {
        return history;
      }

      @Override
      public Map<String, String> choices() {
        return chosen;
      }
    };
  }

  private static Recorded betaVae(double beta, int seed) {
    return run(
        "beta-VAE",
        Map.of(Terms.KL, beta, Terms.LOSS, beta),
        "objective",
        "beta-VAE",
        "objective.beta",
        String.valueOf(beta),
        "seed",
        String.valueOf(seed));
  }

  @Test
  void sameNamesAreToldApartByWhatDiffers() {
    Recorded vae = run("VAE", Map.of(Terms.KL, 1.0));
    assertEquals(
        List.of("VAE", "beta-VAE (beta 1)", "beta-VAE (beta 4)", "beta-VAE (beta 16)"),
        RunNames.of(vae, betaVae(1, 0), betaVae(4, 0), betaVae(16, 0)));
    assertEquals(
        List.of("beta-VAE (beta 1, seed 0)", "beta-VAE (beta 4, seed 2)"),
        RunNames.of(betaVae(1, 0), betaVae(4, 2)));
    assertEquals(
        List.of("beta-VAE, run 1", "beta-VAE, run 2"), RunNames.of(betaVae(1, 0), betaVae(1, 0)));
    assertEquals(List.of("VAE, run 1", "VAE, run 2"), RunNames.of(vae, vae));
  }

  @Test
  void settingsOfAnOptimiserAreToldOneByOne() {
    String slow = "Adam[learningRate=1.0E-4, beta1=0.9]";
    String fast = "Adam[learningRate=0.001, beta1=0.9]";
    assertEquals(
        List.of("VAE (learning rate 1e-4)", "VAE (learning rate 0.001)"),
        RunNames.of(
            run("VAE", Map.of(Terms.KL, 1.0), "objective.adam", slow),
            run("VAE", Map.of(Terms.KL, 1.0), "objective.adam", fast)));
  }

  @Test
  void settingsOfAnotherPlayerAreItsOwn() {
    String slow = "Adam[learningRate=1.0E-4, beta1=0.5]";
    String fast = "Adam[learningRate=0.001, beta1=0.5]";
    assertEquals(
        List.of("G (discriminator learning rate 1e-4)", "G (discriminator learning rate 0.001)"),
        RunNames.of(
            run("G", Map.of(Terms.KL, 1.0), "objective.discriminatorAdam", slow),
            run("G", Map.of(Terms.KL, 1.0), "objective.discriminatorAdam", fast)));
  }

  @Test
  void linesThroughFewPointsAreNamed() {
    History two = new History();
    two.record(0, Map.of(Terms.TOTAL_CORRELATION, 0.));
    two.record(90, Map.of(Terms.TOTAL_CORRELATION, 3.));
    Recorded often = run("FactorVAE", Map.of(Terms.TOTAL_CORRELATION, .2));
    BufferedImage chart = Plots.compare(Terms.TOTAL_CORRELATION, Recorded.of("VAE", two), often);
    assertTrue(words(chart).contains("few values, joined by straight lines: VAE (2)."));
    BufferedImage alone = Plots.compare(Terms.TOTAL_CORRELATION, Recorded.of("VAE", two));
    assertFalse(words(alone).contains("few values"));
  }

  @Test
  void namesOfOnesOwnAreTakenAndChecked() {
    Recorded[] runs = {betaVae(1, 0), betaVae(4, 0)};
    BufferedImage picture = Plots.compare(Terms.KL, List.of("weak", "strong"), runs);
    assertTrue(Pictures.description(picture).contains("strong goes from 4 at step 0 to 4"));
    assertThrows(
        IllegalArgumentException.class, () -> Plots.compare(Terms.KL, List.of("one"), runs));
    assertThrows(
        IllegalArgumentException.class, () -> Plots.compare(Terms.KL, List.of("a", "a"), runs));
    assertThrows(
        IllegalArgumentException.class, () -> Plots.compare(Terms.KL, List.of("a", " "), runs));
  }

  private static String words(BufferedImage picture) {
    return Pictures.description(picture);
  }

  @Test
  void lossesOfDifferentWeightsDoNotCompareAndOfSeedsDo() {
    String note = "heights do not compare between methods";
    BufferedImage weights = Plots.compare(Terms.LOSS, betaVae(1, 0), betaVae(4, 0));
    assertTrue(words(weights).contains(note), words(weights));
    assertTrue(Pictures.height(weights) > Theme.HEIGHT, "the note is drawn below");
    BufferedImage seeds = Plots.compare(Terms.LOSS, betaVae(4, 0), betaVae(4, 1));
    assertFalse(words(seeds).contains(note));
    assertEquals(Theme.HEIGHT, Pictures.height(seeds));
    assertFalse(words(Plots.compare(Terms.KL, betaVae(1, 0), betaVae(4, 0))).contains(note));
  }

  @Test
  void runsWithoutTheTermAreNamed() {
    Recorded other = run("other", Map.of(Terms.LOSS, 1.0));
    String words = words(Plots.compare(Terms.KL, betaVae(1, 0), other));
    assertTrue(words.contains("not recorded by other"), words);
  }

  @Test
  void estimatesOfTwoKindsAreNotLaidOverEachOtherSilently() {
    String term = Terms.TOTAL_CORRELATION_ESTIMATE;
    Recorded judged = run("FactorVAE", Map.of(term, 1.0, Terms.DISCRIMINATOR_LOSS, .6));
    Recorded sampled = run("beta-TCVAE", Map.of(term, 2.0));
    String words = words(Plots.compare(term, judged, sampled));
    String kinds = "by a discriminator FactorVAE; from the batch's densities beta-TCVAE";
    assertTrue(words.contains(kinds), words);
    assertFalse(words(Plots.compare(term, judged, judged)).contains("two kinds"));
    assertTrue(words(Plots.totalCorrelation(sampled)).contains("batch's estimate goes"));
    assertTrue(words(Plots.totalCorrelation(judged)).contains("discriminator's estimate goes"));
  }

  @Test
  void termsOfOtherNamesAreNotDrawnAsTotalCorrelation() {
    Recorded judged =
        run("FactorVAE", Map.of(Terms.TOTAL_CORRELATION, .5, Terms.TOTAL_CORRELATION_ESTIMATE, .4));
    Recorded weighted =
        run("beta-TCVAE", Map.of(Terms.TOTAL_CORRELATION, .7, "weighted_total_correlation", 121.));
    String words = words(Plots.totalCorrelation(judged, weighted));
    assertTrue(words.contains("no estimate that compares with the truth: beta-TCVAE"), words);
    assertFalse(words.contains("121"));
  }
}
