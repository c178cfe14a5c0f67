package dev.disentangle.embedding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.data.Image;
import dev.disentangle.data.ImageShape;
import dev.disentangle.metric.FrechetDistance;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorchScriptEmbeddingTest {

  private static final NetworkInput INPUT = new NetworkInput(3, 5, -1, 1);

  /**
   * Two features from a convolution of random weights, written by PyTorch:
   *
   * <pre>
   * torch.manual_seed(0)
   * net = nn.Sequential(nn.Conv2d(3, 2, 3, stride=2), nn.ReLU(), nn.AdaptiveAvgPool2d(1)).eval()
   * torch.jit.script(net).save("stand-in.pt")
   * </pre>
   */
  private static Path standIn() throws URISyntaxException {
    return Path.of(TorchScriptEmbeddingTest.class.getResource("/embedding/stand-in.pt").toURI());
  }

  /** Ramps: torch.arange(2 * 64).reshape(2, 1, 8, 8) / 128. */
  private static Image ramp(int image) {
    float[] pixels = new float[64];
    for (int p = 0; p < pixels.length; p++) {
      pixels[p] = (64 * image + p) / 128f;
    }
    return new Image(new ImageShape(1, 8, 8), pixels);
  }

  /**
   * Expected from PyTorch 2.13.0 on the same network:
   *
   * <pre>
   * x = F.interpolate(x.repeat(1, 3, 1, 1), size=(5, 5), mode="bilinear", antialias=True) * 2 - 1
   * net(x).flatten(1)
   * </pre>
   */
  @Test
  void featuresAreThoseOfPyTorch() throws Exception {
    try (TorchScriptEmbedding embedding = TorchScriptEmbedding.load(standIn(), INPUT)) {
      assertEquals("stand-in.pt", embedding.name());
      float[][] features = embedding.features(List.of(ramp(0), ramp(1)));
      // Sums of 27 products in single precision.
      assertArrayEquals(new float[] {0.30660754f, 0.07732031f}, features[0], 1e-5f);
      assertArrayEquals(new float[] {0.2639817f, 0}, features[1], 1e-5f);
      // More images than one chunk, in the same order.
      List<Image> many = Collections.nCopies(70, ramp(1));
      float[][] repeated = embedding.features(many);
      assertEquals(70, repeated.length);
      assertArrayEquals(features[1], repeated[69], 1e-6f);
      FrechetDistance same = FrechetDistance.of(repeated, repeated, embedding.name());
      assertEquals(0, same.value(), 1e-6);
      assertEquals("stand-in.pt", same.features());
    }
  }

  @Test
  void colourIsTakenAsItIs() throws Exception {
    Image grey = ramp(1);
    float[] three = new float[3 * 64];
    for (int channel = 0; channel < 3; channel++) {
      System.arraycopy(grey.pixels(), 0, three, channel * 64, 64);
    }
    Image colour = new Image(new ImageShape(3, 8, 8), three);
    try (TorchScriptEmbedding embedding = TorchScriptEmbedding.load(standIn(), INPUT)) {
      assertArrayEquals(
          embedding.features(List.of(grey))[0], embedding.features(List.of(colour))[0], 1e-6f);
    }
  }

  @Test
  void whatDoesNotFitIsNamed(@TempDir Path folder) throws Exception {
    assertThrows(
        NoSuchFileException.class,
        () -> TorchScriptEmbedding.load(folder.resolve("missing.pt"), INPUT));
    Path noise = Files.writeString(folder.resolve("noise.pt"), "not a network");
    IOException error =
        assertThrows(IOException.class, () -> TorchScriptEmbedding.load(noise, INPUT));
    assertTrue(error.getMessage().contains("noise.pt is not a TorchScript archive"));
    byte[] whole = Files.readAllBytes(standIn());
    Path half = Files.write(folder.resolve("half.pt"), Arrays.copyOf(whole, whole.length / 2));
    assertThrows(IOException.class, () -> TorchScriptEmbedding.load(half, INPUT));

    try (TorchScriptEmbedding embedding = TorchScriptEmbedding.load(standIn(), INPUT);
        TorchScriptEmbedding grey =
            TorchScriptEmbedding.load(standIn(), new NetworkInput(1, 0, 0, 1))) {
      assertMessage("empty", () -> embedding.features(List.of()));
      Image other = new Image(new ImageShape(1, 4, 4), new float[16]);
      assertMessage("one size", () -> embedding.features(List.of(ramp(0), other)));
      assertMessage("does not take (1, 1, 8, 8)", () -> grey.features(List.of(ramp(0))));
    }
    assertMessage("channels must be 1 or 3, was 2", () -> new NetworkInput(2, 0, 0, 1));
    assertMessage("side", () -> new NetworkInput(3, -1, 0, 1));
    assertMessage("high must be above low", () -> new NetworkInput(3, 0, 1, 1));
  }

  private static void assertMessage(String part, org.junit.jupiter.api.function.Executable call) {
    Throwable error = assertThrows(IllegalArgumentException.class, call);
    assertTrue(error.getMessage().contains(part), error.getMessage());
  }
}
