package dev.disentangle.objective.oracle;

import ai.djl.ndarray.types.DataType;
import dev.disentangle.model.EncoderDecoder;
import dev.disentangle.model.Network;
import dev.disentangle.model.Prior;
import dev.disentangle.objective.Objective;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * A method's model of Bernoulli pixels for {@link CodesOracleTest}.
 *
 * @param name of the method
 * @param method built within the test, so that tools see which test a constructor belongs to
 * @param prior what codes are drawn from
 * @param length of a code
 * @param traced the one network that decodes, unless decoding takes more than one
 * @param networks all, in order
 * @param codes from an image to its code, in loops
 * @param pixels from a code to its image, in loops
 */
record PlainModel(
    String name,
    Supplier<Objective> method,
    Class<? extends Prior> prior,
    int length,
    Optional<String> traced,
    List<String> networks,
    BiFunction<Weights, double[], double[]> codes,
    BiFunction<Weights, double[], double[]> pixels) {

  @Override
  public String toString() {
    return name;
  }

  /** The weights of a model's networks. */
  record Weights(Map<String, List<double[]>> all) {

    static Weights of(EncoderDecoder model) {
      Map<String, List<double[]>> all = new LinkedHashMap<>();
      for (Network network : model.networks()) {
        all.put(
            network.name(),
            network.parameters().stream()
                .map(a -> a.toType(DataType.FLOAT64, false).toDoubleArray())
                .toList());
      }
      return new Weights(all);
    }

    /** What one of the networks of {@code TinyNetworks} makes of some numbers. */
    double[] of(String name, double... x) {
      return new PlainNetwork(all.get(name)).of(x);
    }

    PlainLayers layers(String name) {
      return new PlainLayers(all.get(name));
    }

    double[] table(String name) {
      return all.get(name).get(0);
    }

    /** The means of Bernoulli pixels. */
    double[] image(String decoder, double... code) {
      return Arrays.stream(of(decoder, code)).map(PlainPass::logistic).toArray();
    }
  }

  static int largest(double... values) {
    int largest = 0;
    for (int i = 1; i < values.length; i++) {
      largest = values[i] > values[largest] ? i : largest;
    }
    return largest;
  }
}
