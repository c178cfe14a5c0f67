package dev.disentangle.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.data.Attributes;
import dev.disentangle.data.Factors;
import dev.disentangle.data.Image;
import dev.disentangle.data.ImageData;
import dev.disentangle.data.KnownLabels;
import dev.disentangle.data.Labels;
import dev.disentangle.objective.ConditionalVae;
import dev.disentangle.objective.CvaeGan;
import dev.disentangle.objective.Objective;
import dev.disentangle.objective.SemiSupervisedVae;
import dev.disentangle.objective.StackedVae;
import dev.disentangle.objective.Vae;
import dev.disentangle.objective.ZeroVaeGan;
import dev.disentangle.tensor.Adam;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Methods that are told labels, on images of three kinds. */
class LabelledTrainingTest {

  private static final int LATENTS = 2;
  private static final int KINDS = 3;
  private static final Labels TEN = Labels.of("kind").known(10);

  private final ImageData clusters = new Clusters();
  private final int[] all = IntStream.range(0, clusters.size()).toArray();

  private Settings.Builder builder(Objective method, ImageData data) {
    return Training.of(method, data)
        .latents(LATENTS)
        .batchSize(8)
        .seed(1)
        .architecture(Blobs.architecture())
        .recordEvery(1)
        .measureEvery(0);
  }

  static Stream<Objective> methods() {
    Adam adam = Adam.of(1e-2);
    return Stream.of(
        new ConditionalVae(Labels.of("kind"), adam),
        new ConditionalVae(TEN, adam),
        new SemiSupervisedVae(Labels.of("kind"), 0.1, adam),
        new SemiSupervisedVae(TEN, 1, adam),
        new StackedVae(TEN, 5, 1, adam),
        new CvaeGan(TEN),
        new ZeroVaeGan(Attributes.of("kind")));
  }

  private int kind(int image) {
    return clusters.factors().get().value(image, 0);
  }

  /** The kind whose mean image is nearest. */
  private int nearest(Image image) {
    double[] distances = new double[KINDS];
    for (int other : all) {
      for (int p = 0; p < 64; p++) {
        double difference = image.pixels()[p] - clusters.image(other).pixels()[p];
        distances[kind(other)] += difference * difference;
      }
    }
    return IntStream.range(0, KINDS)
        .boxed()
        .min((a, b) -> Double.compare(distances[a], distances[b]))
        .get();
  }

  static Stream<Objective> fewLabels() {
    return Stream.of(
        new ConditionalVae(TEN, Adam.of(1e-2)), new SemiSupervisedVae(TEN, 1, Adam.of(1e-2)));
  }

  @ParameterizedTest
  @MethodSource("fewLabels")
  void samplesOfALabelAreOfItsKind(Objective method) {
    try (Training training = builder(method, clusters).build()) {
      training.run(200);
      for (int label = 0; label < KINDS; label++) {
        for (Image image : training.model().sample(label, 20, 5)) {
          assertEquals(label, nearest(image));
        }
      }
      float[][] codes = training.model().encode(clusters, all).means();
      int right = 0;
      for (int image : all) {
        int best = LATENTS;
        for (int k = LATENTS; k < LATENTS + KINDS; k++) {
          best = codes[image][k] > codes[image][best] ? k : best;
        }
        right += best - LATENTS == kind(image) ? 1 : 0;
      }
      assertTrue(right > 0.9 * all.length, right + " of " + all.length + " recognised");
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void checkpointsGoOnAndOpenAlone(Objective method, @TempDir Path folder) throws IOException {
    try (Training straight = builder(method, clusters).build();
        Training stopped = builder(method, clusters).build();
        Training later = builder(method, clusters).build()) {
      straight.run(9);
      stopped.run(4).save(folder.resolve("checkpoint"));
      later.load(folder.resolve("checkpoint")).run(5);
      assertEquals(straight.history().names(), later.history().names());
      for (String term : straight.history().names()) {
        assertArrayEquals(straight.history().values(term), later.history().values(term), term);
      }
      later.save(folder.resolve("checkpoint"));
      try (TrainedModel alone = TrainedModel.open(folder.resolve("checkpoint"))) {
        assertEquals(LATENTS + KINDS, alone.latents());
        List<Image> expected = straight.model().sample(1, 3, 9);
        for (int i = 0; i < 3; i++) {
          assertArrayEquals(
              expected.get(i).pixels(), alone.sample(1, 3, 9).get(i).pixels(), "image " + i);
        }
      }
    }
  }

  /** The clusters, with labels that lie once told to. */
  private static final class Poisoned implements Factors {

    private final Factors honest;
    private final KnownLabels known;
    private boolean lies;

    Poisoned(Factors honest, KnownLabels known) {
      this.honest = honest;
      this.known = known;
    }

    @Override
    public int size() {
      return honest.size();
    }

    @Override
    public int count() {
      return honest.count();
    }

    @Override
    public String name(int factor) {
      return honest.name(factor);
    }

    @Override
    public int classes(int factor) {
      return honest.classes(factor);
    }

    @Override
    public int value(int image, int factor) {
      int value = honest.value(image, factor);
      boolean hidden = known.of(image) == KnownLabels.HIDDEN;
      return lies && factor == 0 && hidden ? (value + 1) % KINDS : value;
    }
  }

  @Test
  void aHiddenLabelIsNeverRead() {
    Poisoned factors = new Poisoned(clusters.factors().get(), TEN.on(clusters));
    ImageData poisoned =
        (ImageData)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ImageData.class},
                (proxy, method, arguments) ->
                    method.getName().equals("factors")
                        ? Optional.of(factors)
                        : method.invoke(clusters, arguments));
    Objective method = new SemiSupervisedVae(TEN, 1, Adam.of(3e-3));
    try (Training honest = builder(method, clusters).build();
        Training fooled = builder(method, poisoned).build()) {
      factors.lies = true;
      honest.run(30);
      fooled.run(30);
      for (String term : honest.history().names()) {
        assertArrayEquals(honest.history().values(term), fooled.history().values(term), term);
      }
    }
    factors.lies = false;
    Labels told = Labels.of("kind");
    try (Training honest = builder(new ConditionalVae(told), clusters).build()) {
      factors.lies = true;
      try (Training fooled = builder(new ConditionalVae(told), poisoned).build()) {
        double truth = honest.run(30).history().last("loss");
        assertTrue(truth != fooled.run(30).history().last("loss"), "a label that is told counts");
      }
    }
  }

  @Test
  void onlyLabelsOfTheModelCanBeAskedFor() {
    try (Training told = builder(new ConditionalVae(TEN), clusters).build();
        Training untold = builder(new Vae(), clusters).build()) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> told.model().sample(3, 1, 0))
              .getMessage();
      assertEquals("label must be one of the 3 that CVAE was trained with, from 0, was 3", message);
      assertThrows(IllegalArgumentException.class, () -> untold.model().sample(0, 1, 0));
      assertEquals(7, told.model().sample(7, 0).size());
    }
  }
}
