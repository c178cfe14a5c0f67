package dev.disentangle.representation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.data.Image;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What the interfaces say of a model that says nothing. */
class DefaultsTest {

  private record Silent(int latents) implements PortableDecoder {
    @Override
    public List<Image> decode(float[][] codes) {
      return List.of();
    }

    @Override
    public Optional<List<DecoderLayer>> decoderLayers() {
      return Optional.empty();
    }
  }

  /** The generator's numbers fill the codes row by row. */
  @Test
  void codesAreDrawnFromAStandardNormal() {
    float[][] codes = new Silent(2).drawCodes(3, new SplittableRandom(5));
    SplittableRandom same = new SplittableRandom(5);
    assertEquals(3, codes.length);
    for (float[] code : codes) {
      float first = (float) same.nextGaussian();
      assertArrayEquals(new float[] {first, (float) same.nextGaussian()}, code);
    }
  }

  @Test
  void aDecoderWithoutLayersSaysWhatAPageCanRun() {
    assertEquals(PortableDecoder.UNKNOWN_LAYERS, new Silent(1).whatIsNotPortable());
    assertTrue(new Silent(1).decoderLayers().isEmpty());
  }

  @Test
  void thePriorOfALikelihoodIsStandardNormal() {
    ImageLikelihood plain = (data, image, codes) -> new double[codes.length];
    assertEquals(Optional.empty(), plain.logPriors(new float[1][1]));
  }
}
