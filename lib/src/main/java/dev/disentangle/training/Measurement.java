package dev.disentangle.training;

import dev.disentangle.representation.ImageEncoder;
import java.util.Map;

/** Something worth knowing about a model during training that no batch tells. */
@FunctionalInterface
public interface Measurement {

  /**
   * Measures the current model.
   *
   * @param model the model
   * @param step how many steps it has been trained
   * @return values by name, to be recorded in the history; empty where the model has no such value
   */
  Map<String, Double> measure(ImageEncoder model, long step);

  /**
   * Says what takes so long, for the progress shown meanwhile.
   *
   * @return such as {@code measuring the total correlation}; empty if it takes no notable time
   */
  default String description() {
    return "";
  }
}
