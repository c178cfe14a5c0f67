package dev.disentangle.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.data.Factors;
import dev.disentangle.data.Image;
import dev.disentangle.data.ImageData;
import dev.disentangle.data.ImageShape;
import dev.disentangle.data.PixelKind;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The measures that the models on MNIST are judged by. */
class JudgedSamplesTest {

  private static final ImageShape PAIR = new ImageShape(1, 1, 2);

  private static Image pair(double first, double second) {
    return new Image(PAIR, new float[] {(float) first, (float) second});
  }

  /** As many images as MNIST's test digits, of two grey pixels each. */
  private record Pairs() implements ImageData {

    @Override
    public String name() {
      return "pairs";
    }

    @Override
    public int size() {
      return 10_000;
    }

    @Override
    public ImageShape shape() {
      return PAIR;
    }

    @Override
    public PixelKind pixelKind() {
      return PixelKind.CONTINUOUS;
    }

    @Override
    public void read(int[] indices, float[] pixels) {
      for (int i = 0; i < indices.length; i++) {
        SplittableRandom random = new SplittableRandom(indices[i]);
        pixels[2 * i] = (float) random.nextDouble();
        pixels[2 * i + 1] = (float) random.nextDouble();
      }
    }

    @Override
    public Optional<Factors> factors() {
      return Optional.empty();
    }

    @Override
    public String fingerprint() {
      return name();
    }
  }

  @Test
  void distancesAreFromEverySecondDigit() {
    ImageData data = new Pairs();
    DigitDistance distance = new DigitDistance(data);
    List<Image> even =
        IntStream.range(0, DigitDistance.JUDGED).mapToObj(i -> data.image(2 * i)).toList();
    assertEquals(even.size(), distance.real().size());
    // Roots of eigenvalues that are 0 but for rounding, 64 of them.
    assertEquals(0, distance.of(even), 1e-4);
    double floor = distance.ofOtherHalf();
    List<Image> darker =
        even.stream().map(i -> pair(0.8 * i.pixels()[0], 0.8 * i.pixels()[1])).toList();
    assertTrue(floor > distance.of(even) && 5 * floor < distance.of(darker), floor + "");
  }

  @Test
  void greyIsTheUndecidedShareOfTheWhite() {
    assertEquals(0, AdversarialModels.grey(List.of(pair(0, 1), pair(1, 1))));
    assertEquals(0.5, AdversarialModels.grey(List.of(pair(0, 0.5))), 1e-7);
    // 0.2 * 0.8 over 1.2.
    assertEquals(0.16 / 1.2, AdversarialModels.grey(List.of(pair(0.2, 0), pair(0, 1))), 1e-7);
  }

  /** Codes of ten latents, of which the first counts here, and two components. */
  private static float[] code(double z, int component) {
    float[] code = new float[12];
    code[0] = (float) z;
    code[10 + component] = 1;
    return code;
  }

  @Test
  void aCodeIsLabelledByTheNearestOfItsOwnComponent() {
    float[][] known = {code(0, 0), code(1, 0), code(0.1, 1)};
    int[] labels = {3, 4, 5};
    float[][] codes = {code(0.1, 0), code(0.8, 0), code(5, 1), code(0.1, 0)};
    assertEquals(1, MixtureModels.nearest(known, labels, codes, new int[] {3, 4, 5, 3}));
    assertEquals(0.75, MixtureModels.nearest(known, labels, codes, new int[] {3, 4, 5, 5}));
  }

  @Test
  void aComponentWithoutAKnownLabelIsWrong() {
    float[][] known = {code(0, 0)};
    assertEquals(
        0, MixtureModels.nearest(known, new int[] {0}, new float[][] {code(0, 1)}, new int[] {0}));
  }
}
