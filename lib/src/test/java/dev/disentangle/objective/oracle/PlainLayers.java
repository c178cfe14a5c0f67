package dev.disentangle.objective.oracle;

import java.util.List;

/**
 * Dense layers with rectifiers between them, in loops.
 *
 * @param weights {@code W} and {@code b} of every layer, row by row; the live arrays
 */
record PlainLayers(List<double[]> weights) {

  double[] of(double... x) {
    double[] values = x;
    for (int layer = 0; layer < weights.size(); layer += 2) {
      values = PlainNetwork.dense(weights.get(layer), weights.get(layer + 1), values);
      if (layer + 2 < weights.size()) {
        for (int unit = 0; unit < values.length; unit++) {
          values[unit] = Math.max(0, values[unit]);
        }
      }
    }
    return values;
  }
}
