package dev.disentangle.plot;

import java.util.ArrayList;
import java.util.List;

/**
 * One axis of a drawing: where values lie on the page, and which of them are written beside it.
 *
 * @param low the value at {@code from}
 * @param high the value at {@code to}, above {@code low}
 * @param from the place of {@code low} in points
 * @param to the place of {@code high}; before {@code from} on an axis that grows upwards
 */
record Axis(double low, double high, double from, double to) {

  double place(double value) {
    return from + (value - low) / (high - low) * (to - from);
  }

  boolean holds(double value) {
    return value >= low && value <= high;
  }

  /** Some round numbers within the axis: multiples of 1, 2 or 5 times a power of ten. */
  List<Double> ticks(int most) {
    double rough = (high - low) / most;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double step = 10 * power;
    for (int factor : new int[] {5, 2, 1}) {
      step = factor * power >= rough ? factor * power : step;
    }
    List<Double> ticks = new ArrayList<>();
    for (double k = Math.ceil(low / step - 1e-9); k * step <= high + 1e-9 * step; k++) {
      ticks.add(k * step);
    }
    return ticks;
  }
}
