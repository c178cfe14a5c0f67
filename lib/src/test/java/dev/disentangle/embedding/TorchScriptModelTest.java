package dev.disentangle.embedding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.data.Image;
import dev.disentangle.data.ImageShape;
import dev.disentangle.metric.ScoreOptions;
import dev.disentangle.metric.Scores;
import dev.disentangle.representation.Codes;
import dev.disentangle.representation.CodesFile;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A model that PyTorch 2.13 wrote:
 *
 * <pre>
 * class Encoder(nn.Module):  # hidden, log_variance, mean: nn.Linear(16, 6), (6, 2), (6, 2)
 *     def forward(s, x):
 *         h = torch.tanh(s.hidden(x.flatten(1)))
 *         return s.log_variance(h), s.mean(h)
 * class Decoder(nn.Module):  # out: nn.Linear(2, 16)
 *     def forward(s, z):
 *         return torch.tanh(s.out(z)).reshape(-1, 4, 4, 1)
 * torch.jit.script(e).save("python-encoder.pt"); torch.jit.script(d).save("python-decoder.pt")
 * torch.save(e.state_dict(), "python-weights.pt")
 * torch.save(e.state_dict(), "python-weights-legacy.pt", _use_new_zipfile_serialization=False)
 * i = torch.arange(240); x = ((i[:, None] * 7 + torch.arange(16)[None] * 5) % 11) / 10.
 * v, m = e((2 * x - 1).reshape(-1, 4, 4, 1))
 * np.savez("python-codes.npz", means=m, logvars=v, factors=[i % 11, i % 3])
 * np.save("python-decoded.npy", (d(m[:2]) + 1) / 2)
 * </pre>
 */
class TorchScriptModelTest {

  private static final ImageShape SHAPE = new ImageShape(1, 4, 4);

  /** Log variances first, values in [-1, 1], channels last. */
  private static final ModelFormat FORMAT =
      ModelFormat.of(SHAPE).outputs(1, 0).range(-1, 1).withChannelsLast();

  @TempDir Path folder;

  private static Path file(String name) throws URISyntaxException {
    return Path.of(TorchScriptModelTest.class.getResource("/embedding/" + name).toURI());
  }

  private static TorchScriptModel open(ModelFormat format) throws Exception {
    return TorchScriptModel.open(file("python-encoder.pt"), file("python-decoder.pt"), format);
  }

  private static List<Image> images() {
    List<Image> images = new ArrayList<>();
    for (int i = 0; i < 240; i++) {
      float[] pixels = new float[16];
      for (int p = 0; p < 16; p++) {
        pixels[p] = (i * 7 + p * 5) % 11 / 10f;
      }
      images.add(new Image(SHAPE, pixels));
    }
    return images;
  }

  @Test
  void codesPicturesAndScoresAreThoseOfPython() throws Exception {
    CodesFile python = CodesFile.read(file("python-codes.npz"));
    try (TorchScriptModel model = open(FORMAT)) {
      assertEquals(2, model.latents());
      assertEquals("python-encoder.pt", model.name());
      Codes codes = model.encode(images());
      for (int i = 0; i < 240; i++) {
        // Sums of at most 16 products in single precision.
        assertArrayEquals(python.codes().means()[i], codes.means()[i], 1e-6f);
        assertArrayEquals(python.codes().logVariances()[i], codes.logVariances()[i], 1e-6f);
      }
      float[] decoded = model.decode(codes.means()).get(1).pixels();
      assertArrayEquals(decoded(1), decoded, 1e-6f);
      ScoreOptions options = ScoreOptions.defaults().only("mig", "sap", "tc.true", "kl");
      Scores ours = Scores.of(codes, python.factors().orElseThrow(), options);
      Scores theirs = Scores.of(python.codes(), python.factors().orElseThrow(), options);
      for (String name : theirs.names()) {
        assertEquals(theirs.value(name), ours.value(name), 1e-4, name);
      }
    }
  }

  private static float[] decoded(int row) throws Exception {
    return Codes.read(file("python-decoded.npy")).means()[row];
  }

  @Test
  void whatDoesNotFitIsToldWhenOpening() throws Exception {
    assertRefused("must give an output 2", FORMAT.outputs(2, 0));
    ModelFormat first = ModelFormat.of(SHAPE).outputs(1, 0);
    assertRefused("must give (1, 1, 4, 4), gave (1, 4, 4, 1)", first);
    assertRefused("does not take", ModelFormat.of(new ImageShape(1, 8, 8)));
    assertThrows(IllegalArgumentException.class, () -> FORMAT.range(1, 1));
    assertThrows(IllegalArgumentException.class, () -> FORMAT.outputs(-1, 0));
    assertThrows(IllegalArgumentException.class, () -> FORMAT.outputs(0, -2));
    try (TorchScriptModel model = open(FORMAT)) {
      Image large = new Image(new ImageShape(1, 2, 2), new float[4]);
      assertThrows(IllegalArgumentException.class, () -> model.encode(List.of(large)));
      assertThrows(IllegalArgumentException.class, () -> model.encode(List.of()));
      assertThrows(IllegalArgumentException.class, () -> model.decode(new float[0][]));
      assertThrows(IllegalArgumentException.class, () -> model.decode(new float[1][3]));
    }
  }

  private static void assertRefused(String message, ModelFormat format) {
    Throwable error = assertThrows(IllegalArgumentException.class, () -> open(format));
    assertTrue(error.getMessage().contains(message), error.getMessage());
  }

  @Test
  void outputsMayStandSideBySideOrBeCertain() throws Exception {
    List<Image> images = images().subList(0, 3);
    try (TorchScriptModel two = open(FORMAT);
        TorchScriptModel certain = open(FORMAT.outputs(1, -1))) {
      assertEquals(Float.NEGATIVE_INFINITY, certain.encode(images).logVariances()[2][1]);
      assertArrayEquals(two.encode(images).means()[2], certain.encode(images).means()[2]);
    }
  }

  @Test
  void logitsAreSqueezed() throws Exception {
    float[][] codes = {{0.5f, -1}};
    try (TorchScriptModel plain = open(FORMAT);
        TorchScriptModel logits = open(FORMAT.withLogits())) {
      float mean = plain.decode(codes).get(0).pixels()[3];
      double expected = 1 / (1 + Math.exp(-(2 * mean - 1)));
      assertEquals(expected, logits.decode(codes).get(0).pixels()[3], 1e-6);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"python-weights.pt", "python-weights-legacy.pt"})
  void picklesAreRefusedUnread(String name) throws Exception {
    Path weights = file(name);
    Throwable error =
        assertThrows(
            IOException.class,
            () -> TorchScriptModel.open(weights, file("python-decoder.pt"), FORMAT));
    assertTrue(
        error.getMessage().startsWith(weights + " is not a TorchScript archive but "),
        error.getMessage());
    assertTrue(error.getMessage().contains("a pickle"), error.getMessage());
    assertTrue(error.getMessage().contains("torch.jit"), error.getMessage());
  }

  @Test
  void otherFilesAreRefused() throws Exception {
    Path text = Files.writeString(folder.resolve("a.pt"), "hello");
    assertThrows(IOException.class, () -> TorchScriptModel.open(text, FORMAT));
    assertThrows(IOException.class, () -> TorchScriptModel.open(folder.resolve("none.pt"), FORMAT));
    Throwable error =
        assertThrows(
            IllegalArgumentException.class,
            () -> TorchScriptModel.open(file("python-encoder.pt"), FORMAT));
    assertTrue(error.getMessage().contains("encode"), error.getMessage());
  }
}
