package dev.disentangle.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.data.Attributes;
import dev.disentangle.data.CroppedImages;
import dev.disentangle.data.FactorSpace;
import dev.disentangle.data.Image;
import dev.disentangle.data.ImageData;
import dev.disentangle.data.KnownLabels;
import dev.disentangle.data.Shapes3dStandIn;
import dev.disentangle.data.Subset;
import dev.disentangle.metric.RandomProjectionEmbedding;
import dev.disentangle.metric.fit.LogisticRegression;
import dev.disentangle.objective.ZeroVaeGan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Zero-VAE-GAN on solids of ten hues, of whose forty combinations it sees every second one, as on a
 * chequerboard; classifiers learn the others from what it generates, and nothing else.
 */
@Tag("slow")
class ZeroShotScenesTest {

  private static final int KINDS = 40;
  private static final int GENERATED = 40;

  private final ImageData scenes = scenes();
  private final KnownLabels kinds = Attributes.of("objectHue", "shape").on(scenes);
  private final RandomProjectionEmbedding embedding =
      new RandomProjectionEmbedding(scenes.shape(), 128, 1);

  private static ImageData scenes() {
    Shapes3dStandIn rooms = Shapes3dStandIn.generate();
    FactorSpace space = rooms.space();
    int[] plain =
        IntStream.range(0, rooms.size())
            .filter(i -> space.value(i, 0) == 7 && space.value(i, 1) == 7 && space.value(i, 3) < 4)
            .toArray();
    return CroppedImages.of(Subset.of(rooms, "one room", plain), 16, 16, 32, 1);
  }

  private static boolean isSeen(int kind) {
    return (kind / 4 + kind % 4) % 2 == 0;
  }

  private int[] images(IntPredicate chosen) {
    return IntStream.range(0, scenes.size()).filter(chosen).toArray();
  }

  private List<Image> read(int[] images) {
    return IntStream.of(images).mapToObj(scenes::image).toList();
  }

  private double accuracy(LogisticRegression classifier, int[] images) {
    return classifier.accuracy(embedding.features(read(images)), kinds.of(images));
  }

  @Test
  void unseenCombinationsAreRecognisedAloneAndAmongSeenOnes() {
    int[] shown = images(i -> isSeen(kinds.of(i)) && i % 5 > 0);
    int[] kept = images(i -> isSeen(kinds.of(i)) && i % 5 == 0);
    int[] unseen = images(i -> !isSeen(kinds.of(i)) && i % 3 == 0);
    assertEquals(KINDS / 2, IntStream.of(unseen).map(kinds::of).distinct().count());
    try (Training training =
        Training.of(
                new ZeroVaeGan(Attributes.of("objectHue", "shape")),
                Subset.of(scenes, "seen", shown))
            .latents(3)
            .batchSize(32)
            .seed(3)
            .measureEvery(0)
            .build()) {
      training.run(400);
      // 0.9 on two other seeds, where a guess is right in 1 of 20.
      double alone = accuracy(fromGenerated(training, kind -> !isSeen(kind)), unseen);
      assertTrue(alone > 0.5, "unseen among unseen: " + alone);

      LogisticRegression classifier = fromGenerated(training, kind -> true);
      double seenToo = accuracy(classifier, kept);
      double unseenToo = accuracy(classifier, unseen);
      double harmonic = 2 * seenToo * unseenToo / (seenToo + unseenToo);
      // 0.65 and 0.68 on two other seeds; what is fitted on seen images alone has 0.
      assertTrue(harmonic > 0.4, "seen %s, unseen %s".formatted(seenToo, unseenToo));
    }
  }

  private LogisticRegression fromGenerated(Training training, IntPredicate chosen) {
    List<Image> images = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (int kind = 0; kind < KINDS; kind++) {
      if (chosen.test(kind)) {
        images.addAll(training.model().sample(kind, GENERATED, kind));
        labels.addAll(Collections.nCopies(GENERATED, kind));
      }
    }
    return fit(images, labels);
  }

  private LogisticRegression fit(List<Image> images, List<Integer> labels) {
    int[] own = labels.stream().mapToInt(label -> label).toArray();
    return LogisticRegression.fit(embedding.features(images), own, KINDS);
  }
}
