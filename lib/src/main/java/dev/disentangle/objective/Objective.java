package dev.disentangle.objective;

import dev.disentangle.learner.Assembly;
import dev.disentangle.learner.Learner;
import dev.disentangle.model.DiagonalGaussian;
import dev.disentangle.model.PosteriorFamily;
import dev.disentangle.model.PriorFamily;
import dev.disentangle.model.StandardNormal;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A published method: its hyperparameters, and how it learns. Implementations are records, one file
 * each, whose components are the method's hyperparameters with the paper's defaults.
 */
public interface Objective {

  /**
   * Returns the method's name as the field writes it.
   *
   * @return such as {@code FactorVAE}
   */
  String name();

  /**
   * Builds the networks and what trains them.
   *
   * @param assembly what the networks must fit, and where they come from
   * @return the method, ready for its first step
   * @throws IllegalArgumentException if the networks do not fit, or the method needs what the data
   *     set does not have; the message says what was expected and what was given
   */
  Learner learner(Assembly assembly);

  /**
   * Returns what the encoder says about an image unless the user chooses otherwise.
   *
   * @return a diagonal Gaussian unless the paper has another
   */
  default PosteriorFamily defaultPosterior() {
    return new DiagonalGaussian();
  }

  /**
   * Returns what codes are compared with unless the user chooses otherwise.
   *
   * @return {@code N(0, I)} unless the paper has another
   */
  default PriorFamily defaultPrior() {
    return new StandardNormal();
  }

  /**
   * Returns the hyperparameters for run records.
   *
   * @return the record's components by name, in order
   */
  default Map<String, String> hyperparameters() {
    Map<String, String> values = new LinkedHashMap<>();
    RecordComponent[] components = getClass().getRecordComponents();
    if (components != null) {
      for (RecordComponent component : components) {
        values.put(component.getName(), read(component));
      }
    }
    return values;
  }

  private String read(RecordComponent component) {
    try {
      // A record that is not public, such as one in a test or a cell, is read too.
      component.getAccessor().setAccessible(true);
      return String.valueOf(component.getAccessor().invoke(this));
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("reading " + component + " of " + getClass(), e);
    }
  }
}
