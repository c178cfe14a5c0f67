package dev.disentangle.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.disentangle.data.Image;
import dev.disentangle.data.ImageShape;
import dev.disentangle.embedding.ModelFormat;
import dev.disentangle.embedding.TorchScriptModel;
import dev.disentangle.model.FullCovariance;
import dev.disentangle.model.Likelihood;
import dev.disentangle.model.StructuredGaussian;
import dev.disentangle.objective.InfoGan;
import dev.disentangle.objective.Vae;
import dev.disentangle.objective.WaeMmd;
import dev.disentangle.representation.Codes;
import dev.disentangle.representation.DecoderLayer;
import dev.disentangle.tensor.Adam;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Models that leave as TorchScript and safetensors compute and hold what they did here. */
class ModelExportTest {

  private static final float[][] CODES = {{0, 0, 0, 0}, {1, -2, .5f, 2}, {-2, 2, -2, 2}};

  @TempDir Path folder;

  private static Training trained(ImageShape shape, Likelihood likelihood) {
    Training training =
        Training.of(new Vae(Adam.of(1e-3)), new Stripes(shape))
            .latents(4)
            .likelihood(likelihood)
            .batchSize(4)
            .measureEvery(0)
            .seed(3)
            .build();
    training.run(5);
    return training;
  }

  static Stream<Likelihood> likelihoods() {
    return Stream.of(
        new Likelihood.Bernoulli(),
        new Likelihood.Gaussian(.5),
        new Likelihood.GaussianLearned(),
        new Likelihood.GaussianPerPixel(),
        new StructuredGaussian());
  }

  @ParameterizedTest
  @MethodSource("likelihoods")
  void theFileEncodesAndDecodesAsTheModelDoes(Likelihood likelihood) throws IOException {
    for (int channels : new int[] {1, 3}) {
      ImageShape shape = new ImageShape(channels, 16, 16);
      Path file = folder.resolve("model.pt");
      try (Training training = trained(shape, likelihood)) {
        TrainedModel model = training.model();
        model.export(file);
        try (TorchScriptModel read = TorchScriptModel.open(file, ModelFormat.of(shape))) {
          List<Image> images = IntStream.range(0, 3).mapToObj(training.data()::image).toList();
          Codes ours = model.encode(images);
          Codes theirs = read.encode(images);
          for (int i = 0; i < 3; i++) {
            assertArrayEquals(ours.means()[i], theirs.means()[i], 1e-6f);
            assertArrayEquals(ours.logVariances()[i], theirs.logVariances()[i], 1e-6f);
            assertArrayEquals(
                model.decode(CODES).get(i).pixels(), read.decode(CODES).get(i).pixels(), 1e-6f);
          }
        }
      }
    }
  }

  /** Its own program is the independent reader: found only where a Python has torch. */
  @Test
  void pythonOpensItWithoutThisKit() throws IOException, InterruptedException {
    String python = Optional.ofNullable(System.getenv("DISENTANGLE_PYTHON")).orElse("python3");
    Assumptions.assumeTrue(runs(python, "-c", "import torch"), "no Python with torch");
    ImageShape shape = new ImageShape(1, 32, 32);
    Path file = folder.resolve("model.pt");
    Path weights = folder.resolve("model.safetensors");
    try (Training training = trained(shape, new Likelihood.Bernoulli())) {
      TrainedModel model = training.model();
      model.export(file);
      model.exportWeights(weights);
      Image image = training.data().image(1);
      Path pixels = floats("pixels", image.pixels());
      Codes codes = model.encode(List.of(image));
      Path means = floats("means", codes.means()[0]);
      Path logVariances = floats("logvars", codes.logVariances()[0]);
      Path decoded = floats("decoded", model.decode(codes.means()).get(0).pixels());
      String script =
          """
          import json, struct, sys, torch
          file, weights, pixels, means, logvars, decoded = sys.argv[1:]
          read = lambda p: torch.frombuffer(bytearray(open(p, "rb").read()), dtype=torch.float32)
          model = torch.jit.load(file).eval()
          x = read(pixels).reshape(1, 1, 32, 32)
          with torch.no_grad():
            mean, logvar = model.encode(x)
            torch.testing.assert_close(mean[0], read(means), rtol=0, atol=1e-6)
            torch.testing.assert_close(logvar[0], read(logvars), rtol=0, atol=1e-6)
            torch.testing.assert_close(model.mean(x), mean)
            torch.testing.assert_close(model.decode(mean).flatten(), read(decoded), rtol=0, atol=1e-6)
            torch.testing.assert_close(model(x), model.decode(mean))
            torch.manual_seed(0)
            z = model.sample(x.repeat(8000, 1, 1, 1))
            assert (z.mean(0) - mean[0]).abs().max() < 0.05 * (logvar[0] / 2).exp().max()
            assert (z.var(0) / logvar[0].exp() - 1).abs().max() < 0.06
          raw = open(weights, "rb").read()
          length = struct.unpack("<Q", raw[:8])[0]
          header = json.loads(raw[8:8 + length]); header.pop("__metadata__")
          state = model.state_dict()
          assert len(header) == len(state)
          for name, entry in header.items():
            a, b = entry["data_offsets"]
            values = torch.frombuffer(bytearray(raw[8 + length + a:8 + length + b]), dtype=torch.float32)
            assert torch.equal(values.reshape(entry["shape"]), state[name.replace("/", "_")]), name
          """;
      assertTrue(
          runs(
              python,
              "-c",
              script,
              file.toString(),
              weights.toString(),
              pixels.toString(),
              means.toString(),
              logVariances.toString(),
              decoded.toString()),
          () -> errors());
    }
  }

  private boolean runs(String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("errors.txt").toFile())
              .start();
      return process.waitFor(3, TimeUnit.MINUTES) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private String errors() {
    try {
      return Files.readString(folder.resolve("errors.txt"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private Path floats(String name, float... values) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return Files.write(folder.resolve(name), bytes.array());
  }

  @Test
  void whatCannotBeWrittenSaysWhy() throws IOException {
    ImageShape shape = new ImageShape(1, 16, 16);
    Path file = folder.resolve("model.pt");
    try (Training training =
        Training.of(new Vae(Adam.of(1e-3)), new Stripes(shape))
            .latents(4)
            .posterior(new FullCovariance())
            .batchSize(4)
            .measureEvery(0)
            .build()) {
      Throwable error =
          assertThrows(IllegalArgumentException.class, () -> training.model().export(file));
      assertTrue(error.getMessage().contains("FullCovariance"), error.getMessage());
    }
    try (Training training =
        Training.of(new InfoGan(0, 3), new Stripes(new ImageShape(1, 32, 32)))
            .latents(4)
            .batchSize(4)
            .build()) {
      Throwable error =
          assertThrows(IllegalArgumentException.class, () -> training.model().export(file));
      assertTrue(error.getMessage().contains("no autoencoder"), error.getMessage());
      training.model().exportWeights(file);
      assertTrue(Files.size(file) > 8);
    }
  }

  /** WAE's encoder gives one code per image. */
  @Test
  void codesThatAreCertainStaySo() throws IOException {
    ImageShape shape = new ImageShape(1, 16, 16);
    Path file = folder.resolve("model.pt");
    try (Training training =
        Training.of(new WaeMmd(10), new Stripes(shape)).latents(4).batchSize(4).build()) {
      training.model().export(file);
      try (TorchScriptModel read = TorchScriptModel.open(file, ModelFormat.of(shape))) {
        List<Image> images = List.of(training.data().image(2));
        Codes theirs = read.encode(images);
        assertArrayEquals(training.model().encode(images).means()[0], theirs.means()[0], 1e-6f);
        assertEquals(Float.NEGATIVE_INFINITY, theirs.logVariances()[0][3]);
      }
    }
  }

  /** The format by its description: length, header in JSON, numbers. */
  @Test
  void safetensorsHoldsEveryWeight() throws IOException {
    Path file = folder.resolve("model.safetensors");
    try (Training training = trained(new ImageShape(1, 16, 16), new Likelihood.Bernoulli())) {
      TrainedModel model = training.model();
      model.exportWeights(file);
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
      int length = Math.toIntExact(bytes.getLong());
      assertEquals(0, length % 8);
      byte[] text = new byte[length];
      bytes.get(text);
      JsonObject header =
          JsonParser.parseString(new String(text, StandardCharsets.UTF_8)).getAsJsonObject();
      assertEquals(
          "VAE", header.remove("__metadata__").getAsJsonObject().get("method").getAsString());
      long end = 0;
      for (String name : header.keySet()) {
        JsonObject tensor = header.getAsJsonObject(name);
        assertEquals("F32", tensor.get("dtype").getAsString());
        JsonArray offsets = tensor.getAsJsonArray("data_offsets");
        assertEquals(end, offsets.get(0).getAsLong(), name);
        long numbers = 1;
        for (var axis : tensor.getAsJsonArray("shape")) {
          numbers *= axis.getAsLong();
        }
        end = offsets.get(1).getAsLong();
        assertEquals(4 * numbers, end - offsets.get(0).getAsLong(), name);
      }
      assertEquals(8 + length + end, Files.size(file));
      DecoderLayer.Dense first = (DecoderLayer.Dense) model.decoderLayers().orElseThrow().get(0);
      int place =
          header
              .getAsJsonObject("decoder/0_weight")
              .getAsJsonArray("data_offsets")
              .get(0)
              .getAsInt();
      float[] values = new float[first.weights().length];
      bytes
          .position(8 + length + place)
          .slice()
          .order(ByteOrder.LITTLE_ENDIAN)
          .asFloatBuffer()
          .get(values);
      assertArrayEquals(first.weights(), values);
    }
  }
}
