package dev.disentangle.training;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.util.Pair;
import dev.disentangle.model.Autoencoder;
import dev.disentangle.model.Deterministic;
import dev.disentangle.model.DiagonalGaussian;
import dev.disentangle.model.EncoderDecoder;
import dev.disentangle.model.LayeredBlock;
import dev.disentangle.model.LearnedPlane;
import dev.disentangle.model.Likelihood;
import dev.disentangle.model.Network;
import dev.disentangle.tensor.TorchScriptFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes an autoencoder of layers as the methods of one TorchScript file. */
final class ModelExport {

  private final Map<String, NDArray> weights = new LinkedHashMap<>();
  private final StringBuilder text = new StringBuilder();

  private ModelExport() {}

  static void write(Path file, String name, EncoderDecoder model) throws IOException {
    if (!(model instanceof Autoencoder autoencoder)) {
      throw refused(name, "it is no autoencoder");
    }
    ModelExport export = new ModelExport();
    export.network(name, autoencoder.encoder(), "encoder_outputs");
    export.network(name, autoencoder.decoder(), "decoder_outputs");
    export.text.append(encoder(name, autoencoder)).append(decoder(autoencoder.likelihood()));
    TorchScriptFile.write(file, export.text.toString(), export.weights);
  }

  private void network(String model, Network network, String method) {
    Block block = network.block();
    if (block instanceof LearnedPlane) {
      block = block.getChildren().values().iterator().next(); // the mean does not need the plane
    }
    if (!(block instanceof LayeredBlock layered)) {
      throw refused(model, "its " + network.name() + " is no LayeredBlock");
    }
    List<String> names = new ArrayList<>();
    for (Pair<String, Parameter> weight : layered.getParameters()) {
      String name = network.name() + "_" + weight.getKey();
      weights.put(name, weight.getValue().getArray());
      names.add("self." + name);
    }
    // A helper that both networks call stands once.
    for (String function : layered.script(method, names)) {
      if (text.indexOf(function) < 0) {
        text.append(function).append('\n');
      }
    }
  }

  private static String encoder(String name, Autoencoder model) {
    int latents = model.latents();
    String mean = "torch.slice(y, 1, 0, " + latents + ")";
    String logVariance = "torch.slice(y, 1, " + latents + ", " + 2 * latents + ")";
    String sample =
        "torch.add(m, torch.mul(torch.exp(torch.mul("
            + logVariance
            + ", 0.5)), torch.randn_like(m)))";
    if (model.posterior() instanceof Deterministic) {
      logVariance = "torch.log(torch.zeros_like(y))";
      sample = "m";
    } else if (!(model.posterior() instanceof DiagonalGaussian)) {
      throw refused(name, "its posteriors are " + model.posterior() + ", no diagonal Gaussians");
    }
    return String.join(
        "\n",
        "def encode(self, images: Tensor) -> Tuple[Tensor, Tensor]:",
        "  y = self.encoder_outputs(images)",
        "  return (" + mean + ", " + logVariance + ")",
        "",
        "def mean(self, images: Tensor) -> Tensor:",
        "  y = self.encoder_outputs(images)",
        "  return " + mean,
        "",
        "def sample(self, images: Tensor) -> Tensor:",
        "  y = self.encoder_outputs(images)",
        "  m = " + mean,
        "  return " + sample,
        "",
        "");
  }

  private static String decoder(Likelihood likelihood) {
    String outputs = "self.decoder_outputs(codes)";
    String mean =
        likelihood instanceof Likelihood.Bernoulli
            ? "torch.sigmoid(" + outputs + ")"
            : likelihood.outputsPerPixel() > 1
                ? "torch.chunk(" + outputs + ", " + likelihood.outputsPerPixel() + ", 1)[0]"
                : outputs;
    return String.join(
        "\n",
        "def decode(self, codes: Tensor) -> Tensor:",
        "  return " + mean,
        "",
        "def forward(self, images: Tensor) -> Tensor:",
        "  return self.decode(self.mean(images))",
        "");
  }

  private static IllegalArgumentException refused(String name, String why) {
    return new IllegalArgumentException(
        name
            + " cannot be written as TorchScript, because "
            + why
            + "; exportWeights writes the weights of any model");
  }
}
