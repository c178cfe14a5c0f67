package dev.disentangle.metric;

import static dev.disentangle.metric.SmallScores.SMALL;
import static dev.disentangle.metric.SmallScores.posteriors;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.data.Image;
import dev.disentangle.data.ImageData;
import dev.disentangle.data.PixelKind;
import dev.disentangle.representation.Codes;
import dev.disentangle.representation.ImageLikelihood;
import dev.disentangle.representation.LikelihoodModel;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The table's rows for a model that has a likelihood. */
class ScoresOfALikelihoodTest {

  /** A Bernoulli of continuous pixels gives a loss, but no likelihood and no bound on one. */
  @Test
  void theEvidenceOfWhatIsNoLikelihoodIsNotCalledOne() {
    Scores exact = Scores.of(new Likely(true), new SmallScores.Grid(), SMALL.only("evidence"));
    assertEquals(
        List.of(
            "evidence.negative-elbo",
            "evidence.reconstruction",
            "evidence.kl",
            "evidence.log-likelihood"),
        exact.names());
    Scores loss = Scores.of(new Likely(false), new SmallScores.Grid(), SMALL.only("evidence"));
    assertEquals(List.of("evidence.loss", "evidence.reconstruction", "evidence.kl"), loss.names());
    assertEquals(exact.value("evidence.negative-elbo"), loss.value("evidence.loss"));
    assertTrue(loss.values().get(0).estimator().startsWith("cross-entropy"), loss.toString());
  }

  /** Samples per image and images are those asked for; the parts are the evidence's own. */
  @Test
  void theEvidenceIsOfASampleOfTheImages() {
    Scores scores =
        Scores.of(new Likely(true), new SmallScores.Grid(), SMALL.only("evidence", "kl"));
    ScoreValue row = scores.values().get(0);
    assertEquals("64 samples of z, nats per image", row.estimator());
    assertEquals(128, row.points());
    assertEquals("exact, nats per image", scores.values().get(2).estimator());
    assertEquals(
        "importance-weighted, 64 samples of z, nats per image", scores.values().get(3).estimator());
    assertEquals(3, scores.value("evidence.reconstruction"), 1e-9);
    assertEquals(scores.value("kl"), scores.value("evidence.kl"), 0.3);
    assertEquals(
        scores.value("evidence.reconstruction") + scores.value("evidence.kl"),
        scores.value("evidence.negative-elbo"),
        1e-9);
  }

  /** A model of the identity codes that gives every image the log likelihood -3. */
  private record Likely(boolean distribution) implements LikelihoodModel {

    @Override
    public int latents() {
      return 4;
    }

    @Override
    public Codes encode(List<Image> images) {
      throw new UnsupportedOperationException("scores encode by index");
    }

    @Override
    public Codes encode(ImageData data, int[] indices) {
      float[][] all = SyntheticCodes.identity();
      return posteriors(Arrays.stream(indices).mapToObj(i -> all[i]).toArray(float[][]::new));
    }

    @Override
    public Optional<ImageLikelihood> likelihood() {
      return Optional.of(
          new ImageLikelihood() {
            @Override
            public double[] logLikelihoods(ImageData data, int image, float[][] codes) {
              double[] logs = new double[codes.length];
              Arrays.fill(logs, -3);
              return logs;
            }

            @Override
            public boolean isDistributionOf(PixelKind pixels) {
              return distribution;
            }
          });
    }
  }
}
