package dev.disentangle.objective.oracle;

import dev.disentangle.data.Attributes;
import dev.disentangle.history.Terms;
import dev.disentangle.objective.InfoGan;
import dev.disentangle.objective.SemiSupervisedVae;
import dev.disentangle.objective.ZeroVaeGan;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Gao et al. 2020: four players, each with its own loss; classes are made of two attributes. */
class ZeroVaeGanOracleTest {

  private static final int TONES = 2;
  private static final int ROWS = 5;
  private static final int[] LABELS = {7, 0, 4, 9, 5};
  private static final double ADVERSARY = 0.7;
  private static final double CATEGORY = 0.4;

  private final TinyStep step =
      TinyStep.of(
          new ZeroVaeGan(
              Attributes.of("tone", "row"), ADVERSARY, CATEGORY, TinyStep.STILL, TinyStep.STILL),
          List.of(LABELS));
  private final PlainFeatures judge = new PlainFeatures(step, "discriminator");
  private final double[][] x = step.images(0);
  private final int[] tones = Arrays.stream(LABELS).map(label -> label / ROWS).toArray();
  private final int[] rows = Arrays.stream(LABELS).map(label -> label % ROWS).toArray();
  private final double[][] a =
      PlainRows.beside(PlainRows.oneHot(tones, TONES), PlainRows.oneHot(rows, ROWS));

  /** The pass of the batch, its logits made of codes and attributes. */
  private PlainPass pass() {
    double[][] noise = step.noise().normal(TinyStep.BATCH, TinyStep.LATENTS);
    PlainPass encoded = PlainPass.encoded(step, PlainRows.planes(x, a), noise);
    double[][] logits = logits(encoded.z());
    return new PlainPass(x, encoded.mean(), encoded.logVariance(), encoded.z(), logits);
  }

  private double[][] drawn() {
    PlainNoise noise = step.noise();
    noise.normal(TinyStep.BATCH, TinyStep.LATENTS);
    return PlainPass.logistic(logits(noise.normal(TinyStep.BATCH, TinyStep.LATENTS)));
  }

  private double[][] logits(double[][] z) {
    return step.network("decoder").of(PlainRows.beside(z, a));
  }

  private double judged(double[][] images, boolean generated) {
    return judge.surprise(PlainRows.beside(judge.ofImages(images), a), generated);
  }

  private double fooled() {
    return judged(PlainPass.logistic(pass().logits()), false) + judged(drawn(), false);
  }

  private double told() {
    return judged(x, false)
        + judged(PlainPass.logistic(pass().logits()), true)
        + judged(drawn(), true);
  }

  private double surprise(double[][] images) {
    double[][] logits = step.network("classifier").of(images);
    double[][] ofTone = new double[logits.length][];
    double[][] ofRow = new double[logits.length][];
    for (int i = 0; i < logits.length; i++) {
      ofTone[i] = Arrays.copyOf(logits[i], TONES);
      ofRow[i] = Arrays.copyOfRange(logits[i], TONES, TONES + ROWS);
    }
    return PlainRows.surprise(ofTone, tones) + PlainRows.surprise(ofRow, rows);
  }

  private double bound() {
    return pass().reconstruction() + pass().kl();
  }

  private double wanted() {
    return ADVERSARY * fooled() + CATEGORY * surprise(drawn());
  }

  @Test
  void everyPlayerMinimisesItsOwnLoss() {
    step.requireTerm(Terms.RECONSTRUCTION, pass().reconstruction());
    step.requireTerm(Terms.KL, pass().kl());
    step.requireTerm(InfoGan.GENERATOR_LOSS, fooled());
    step.requireTerm(InfoGan.RECOGNITION_LOSS, surprise(drawn()));
    step.requireTerm(Terms.LOSS, bound() + wanted());
    step.requireTerm(Terms.DISCRIMINATOR_LOSS, told() / 3);
    step.requireTerm(SemiSupervisedVae.CLASSIFICATION_LOSS, surprise(x));
    step.requireGradient("encoder", this::bound);
    step.requireGradient("decoder", () -> pass().reconstruction() + wanted());
    step.requireGradient("discriminator", this::told);
    step.requireGradient("classifier", () -> surprise(x));
  }
}
