package dev.disentangle.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.data.Attributes;
import dev.disentangle.data.Image;
import dev.disentangle.data.ImageData;
import dev.disentangle.data.KnownLabels;
import dev.disentangle.data.Subset;
import dev.disentangle.metric.fit.LogisticRegression;
import dev.disentangle.objective.ZeroVaeGan;
import dev.disentangle.tensor.Adam;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Zero-VAE-GAN on blobs in 49 places, of which it never sees seven. */
class ZeroShotTest {

  private final ImageData blobs = new Blobs();
  private final Attributes attributes = Attributes.of("y", "x");

  private static boolean isSeen(int place) {
    return (place / 7 + 2 * (place % 7)) % 7 != 0;
  }

  private static float[][] pixels(List<Image> images) {
    return images.stream().map(Image::pixels).toArray(float[][]::new);
  }

  @Test
  void unseenCombinationsAreRecognisedFromGeneratedImagesAlone() {
    int[] seen = IntStream.range(0, 49).filter(ZeroShotTest::isSeen).toArray();
    int[] unseen = IntStream.range(0, 49).filter(place -> !isSeen(place)).toArray();
    ImageData known = Subset.of(blobs, "seen places", seen);
    Adam adam = Adam.of(1e-2, 0.5, 0.999);
    try (Training training =
        Training.of(new ZeroVaeGan(attributes, 1, 1, adam, Adam.of(1e-3, 0.5, 0.999)), known)
            .latents(2)
            .batchSize(16)
            .seed(1)
            .architecture(Blobs.architecture())
            .measureEvery(0)
            .build()) {
      training.run(250);
      List<Image> generated = new ArrayList<>();
      List<Integer> labels = new ArrayList<>();
      for (int k = 0; k < unseen.length; k++) {
        // The grid has one image per place, so that a place's number is its class.
        generated.addAll(training.model().sample(unseen[k], 20, k));
        labels.addAll(Collections.nCopies(20, k));
      }
      LogisticRegression classifier =
          LogisticRegression.fit(
              pixels(generated), labels.stream().mapToInt(k -> k).toArray(), unseen.length);
      List<Image> real = IntStream.of(unseen).mapToObj(blobs::image).toList();
      double accuracy =
          classifier.accuracy(pixels(real), IntStream.range(0, unseen.length).toArray());
      assertTrue(accuracy > 0.7, "chance is 0.14, the accuracy was " + accuracy);
    }
  }

  @Test
  void aSubsetKeepsTheClassesThatItLacks() {
    ImageData some = Subset.of(blobs, "three", 3, 10, 48);
    KnownLabels classes = attributes.on(some);
    assertEquals(49, classes.classes());
    assertEquals(10, classes.of(1));
  }

  @Test
  void factorsThatAreNotThereAreNamedWhenTheTrainingIsBuilt() {
    Settings.Builder builder =
        Training.of(new ZeroVaeGan(Attributes.of("x", "hue")), blobs)
            .architecture(Blobs.architecture());
    String message = assertThrows(IllegalArgumentException.class, builder::build).getMessage();
    assertEquals("blobs has no factor named hue; it has [y, x]", message);
  }
}
