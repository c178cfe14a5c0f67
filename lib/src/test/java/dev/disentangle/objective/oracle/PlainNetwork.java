package dev.disentangle.objective.oracle;

import java.util.List;

/**
 * The networks of {@code TinyNetworks} in loops: {@code V tanh(W x + b) + c}.
 *
 * @param weights {@code W}, {@code b}, {@code V} and {@code c}, row by row; the live arrays
 */
record PlainNetwork(List<double[]> weights) {

  double[] of(double... x) {
    double[] hidden = hidden(x);
    return dense(weights.get(2), weights.get(3), hidden);
  }

  double[][] of(double[][] rows) {
    double[][] outputs = new double[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      outputs[i] = of(rows[i]);
    }
    return outputs;
  }

  /** The gradient of one output at the input: {@code sum_u V_ou (1 - tanh_u^2) W_ui}. */
  double[] slope(int output, double... x) {
    double[] hidden = hidden(x);
    double[] slope = new double[x.length];
    for (int unit = 0; unit < hidden.length; unit++) {
      double factor =
          weights.get(2)[output * hidden.length + unit] * (1 - hidden[unit] * hidden[unit]);
      for (int i = 0; i < x.length; i++) {
        slope[i] += factor * weights.get(0)[unit * x.length + i];
      }
    }
    return slope;
  }

  private double[] hidden(double... x) {
    double[] hidden = dense(weights.get(0), weights.get(1), x);
    for (int unit = 0; unit < hidden.length; unit++) {
      hidden[unit] = Math.tanh(hidden[unit]);
    }
    return hidden;
  }

  static double[] dense(double[] weight, double[] bias, double[] x) {
    double[] y = bias.clone();
    for (int o = 0; o < y.length; o++) {
      for (int i = 0; i < x.length; i++) {
        y[o] += weight[o * x.length + i] * x[i];
      }
    }
    return y;
  }
}
