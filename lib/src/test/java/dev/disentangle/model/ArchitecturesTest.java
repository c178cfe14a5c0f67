package dev.disentangle.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.data.ImageShape;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchitecturesTest {

  /** Inputs of the encoder's dense layer: what the class's table says. */
  @ParameterizedTest
  @CsvSource({
    "1, 64, 64, kim-mnih-64, 1024",
    "3, 48, 48, kim-mnih-48x48, 576",
    "1, 96, 96, kim-mnih-96x96, 2304",
    "3, 128, 128, kim-mnih-128x128, 4096",
    "3, 128, 64, kim-mnih-128x64, 2048",
    "1, 16, 16, kim-mnih-16x16, 64",
    "3, 32, 32, small-32, 1024",
    "1, 28, 28, small-28, 3136"
  })
  void presetsFitEverySizeThatHalves(
      int channels, int height, int width, String name, int denseInputs) {
    ImageShape images = new ImageShape(channels, height, width);
    Architecture preset = Architectures.of(images);
    assertEquals(name, preset.name());
    long[] pixels = {channels, height, width};
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      // Network.of refuses networks that give another shape.
      Network encoder =
          Network.of(
              "encoder",
              preset.encoder(images, 12),
              pixels,
              new long[] {12},
              manager,
              new SplittableRandom(1));
      Network.of(
          "decoder",
          preset.decoder(6, images),
          new long[] {6},
          pixels,
          manager,
          new SplittableRandom(2));
      List<Shape> weights = encoder.parameters().stream().map(w -> w.getShape()).toList();
      Shape dense = weights.get(weights.size() - 4);
      assertArrayEquals(new long[] {128, denseInputs}, dense.getShape());
    }
  }

  @ParameterizedTest
  @CsvSource({"100, 100, 96x96", "64, 60, 64x64", "250, 180, 256x176", "5, 5, 16x16 or 28x28"})
  void otherSizesAreToldWhatFits(int height, int width, String size) {
    var error =
        assertThrows(
            IllegalArgumentException.class,
            () -> Architectures.of(new ImageShape(3, height, width)));
    assertTrue(error.getMessage().contains("multiples of 16, and for 28x28"), error.getMessage());
    assertTrue(error.getMessage().contains("crop or scale them to " + size), error.getMessage());
    assertTrue(error.getMessage().contains("ImageFolder.read"), error.getMessage());
  }

  @Test
  void thePaperKeepsItsName() {
    assertEquals(Architectures.paper(), Architectures.of(new ImageShape(1, 64, 64)));
  }
}
