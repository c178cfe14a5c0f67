package dev.disentangle.objective.oracle;

import static dev.disentangle.objective.oracle.TinyStep.LATENTS;
import static dev.disentangle.objective.oracle.TinyStep.PIXELS;
import static dev.disentangle.objective.oracle.TinyStep.STILL;

import dev.disentangle.data.Attributes;
import dev.disentangle.data.Labels;
import dev.disentangle.model.AttributePrior;
import dev.disentangle.model.LabelledPrior;
import dev.disentangle.objective.ConditionalVae;
import dev.disentangle.objective.CvaeGan;
import dev.disentangle.objective.CvaeGanWeights;
import dev.disentangle.objective.SemiSupervisedVae;
import dev.disentangle.objective.StackedVae;
import dev.disentangle.objective.ZeroVaeGan;
import dev.disentangle.objective.oracle.PlainModel.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Models that are told labels: codes are {@code z} for the label that is recognised, then every
 * label's probability.
 *
 * <p>Changes go unnoticed that leave the recognised label's one-hot vector in single precision, or
 * copy it: zeros and ones are the same in both, and beside an image they take its type.
 */
final class PlainLabelledModels {

  private static final Labels ROW = Labels.of("row");
  private static final int ROWS = 5;
  private static final int TONES = 2;

  private PlainLabelledModels() {}

  static Stream<PlainModel> all() {
    return Stream.of(
        new PlainModel(
            "CVAE",
            () -> new ConditionalVae(ROW, STILL),
            LabelledPrior.OfClasses.class,
            LATENTS + ROWS,
            Optional.of("decoder"),
            List.of("encoder", "decoder", "prior"),
            (w, x) -> labelled(w, x, evidence(w, x)),
            (w, code) -> w.image("decoder", code)),
        new PlainModel(
            "M2",
            () -> new SemiSupervisedVae(ROW.known(20), 0.7, STILL),
            LabelledPrior.OfClasses.class,
            LATENTS + ROWS,
            Optional.of("decoder"),
            List.of("encoder", "decoder", "classifier"),
            (w, x) -> labelled(w, x, w.of("classifier", x)),
            (w, code) -> w.image("decoder", code)),
        new PlainModel(
            "M1+M2",
            () -> new StackedVae(Labels.of("tone"), 4, 0.6, STILL),
            LabelledPrior.OfClasses.class,
            LATENTS + TONES,
            Optional.empty(),
            List.of("encoder", "decoder", "code-encoder", "code-decoder", "code-classifier"),
            PlainLabelledModels::stacked,
            (w, code) -> w.image("decoder", Arrays.copyOf(w.of("code-decoder", code), LATENTS))),
        new PlainModel(
            "CVAE-GAN",
            () -> new CvaeGan(ROW, new CvaeGanWeights(3, 1, 1, 1), STILL, STILL),
            LabelledPrior.OfClasses.class,
            LATENTS + ROWS,
            Optional.of("decoder"),
            List.of("encoder", "decoder", "classifier-features", "classifier"),
            (w, x) -> labelled(w, x, w.of("classifier", w.of("classifier-features", x))),
            (w, code) -> w.image("decoder", code)),
        new PlainModel(
            "Zero-VAE-GAN",
            () -> new ZeroVaeGan(Attributes.of("tone", "row"), 0.7, 0.4, STILL, STILL),
            AttributePrior.OfClasses.class,
            LATENTS + TONES + ROWS,
            Optional.of("decoder"),
            List.of("encoder", "decoder", "classifier"),
            PlainLabelledModels::attributes,
            (w, code) -> w.image("decoder", code)));
  }

  /** What the encoder says about an image and one plane per number. */
  private static double[] encoded(Weights w, double[] x, double... told) {
    double[] planes = new double[told.length * PIXELS];
    Arrays.setAll(planes, i -> told[i / PIXELS]);
    return w.of("encoder", PlainSums.joined(x, planes));
  }

  private static double[] oneHot(double... logits) {
    return PlainSums.oneHot(PlainModel.largest(logits), logits.length);
  }

  private static double[] labelled(Weights w, double[] x, double... logits) {
    double[] z = Arrays.copyOf(encoded(w, x, oneHot(logits)), LATENTS);
    return PlainSums.joined(z, PlainSums.softmax(logits));
  }

  /** Every label's bound with {@code z} at the posterior's mean. */
  private static double[] evidence(Weights w, double... x) {
    double[] bounds = new double[ROWS];
    for (int label = 0; label < ROWS; label++) {
      double[] y = PlainSums.oneHot(label, ROWS);
      double[] q = encoded(w, x, y);
      int from = label * 2 * LATENTS;
      double[] prior = Arrays.copyOfRange(w.table("prior"), from, from + 2 * LATENTS);
      double[] logits = w.of("decoder", PlainSums.joined(Arrays.copyOf(q, LATENTS), y));
      bounds[label] = -PlainSums.bernoulli(x, logits) - PlainSums.divergence(q, prior);
    }
    return bounds;
  }

  private static double[] stacked(Weights w, double... x) {
    double[] first = Arrays.copyOf(w.of("encoder", x), LATENTS);
    double[] logits = w.of("code-classifier", first);
    double[] second = w.of("code-encoder", PlainSums.joined(first, oneHot(logits)));
    return PlainSums.joined(Arrays.copyOf(second, LATENTS), PlainSums.softmax(logits));
  }

  private static double[] attributes(Weights w, double... x) {
    double[] logits = w.of("classifier", x);
    double[] tone = Arrays.copyOf(logits, TONES);
    double[] row = Arrays.copyOfRange(logits, TONES, TONES + ROWS);
    double[] best = PlainSums.joined(oneHot(tone), oneHot(row));
    double[] z = Arrays.copyOf(encoded(w, x, best), LATENTS);
    return PlainSums.joined(z, PlainSums.softmax(tone), PlainSums.softmax(row));
  }
}
