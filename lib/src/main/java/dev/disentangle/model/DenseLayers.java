package dev.disentangle.model;

import java.util.ArrayList;
import java.util.List;

/** Small networks of what is no image: codes, features. */
public final class DenseLayers {

  private DenseLayers() {}

  /**
   * Builds dense layers with rectifiers between them, LeCun's initial weights, in the data type of
   * the model.
   *
   * @param name what errors and checkpoints call the network
   * @param model owner, data type and randomness of the weights
   * @param input length of one input
   * @param units outputs of every layer; the last are the network's
   * @return the network, from {@code [batch, input]} to {@code [batch, outputs]}
   */
  public static Network of(String name, PriorFamily.Model model, int input, int... units) {
    List<Layer> layers = new ArrayList<>();
    for (int each : units) {
      if (!layers.isEmpty()) {
        layers.add(Layer.rectifier());
      }
      layers.add(new Layer.Dense(each));
    }
    long[] in = {input};
    long[] out = {units[units.length - 1]};
    LayeredBlock block =
        new LayeredBlock(Precision.FLOAT32, InitialWeights.LECUN, model.type(), in, layers);
    return Network.of(name, block, in, out, model.manager(), model.random());
  }
}
