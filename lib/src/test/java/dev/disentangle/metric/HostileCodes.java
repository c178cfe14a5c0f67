package dev.disentangle.metric;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.disentangle.representation.Codes;
import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Codes that are hard on scores, and the check that a result has no NaN in any of its parts. */
final class HostileCodes {

  static final int POINTS = 60;

  /** A named way to spoil codes {@code [60][3]}. */
  record Change(String name, UnaryOperator<float[][]> change) {

    float[][] codes() {
      return change.apply(ordinary());
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** Changes that no score may refuse: each has a value for them. */
  static final List<Change> USABLE =
      List.of(
          each("zeros", z -> new float[] {0, 0, 0}),
          each("a constant that is no binary fraction", z -> new float[] {0.1f, 0.1f, 0.1f}),
          each("codes near the largest float", z -> scaled(z, 3e38f)),
          each("codes near the smallest float", z -> scaled(z, 1e-44f)),
          each("codes far from zero", z -> new float[] {1e6f + z[0], z[1] - 1e6f, z[2]}),
          each("one point apart", z -> new float[] {z[0] > 0.95f ? 1 : 0, 0, 0}),
          each("one latent", z -> new float[] {z[0]}),
          each("equal latents", z -> new float[] {z[0], z[0], z[0]}),
          each("one dead latent", z -> new float[] {z[0], 0, z[2]}));

  /** Changes that every score must refuse. */
  static final List<Change> UNUSABLE =
      List.of(
          at("NaN", z -> z[1] = Float.NaN),
          at("infinity", z -> z[2] = Float.POSITIVE_INFINITY),
          new Change("no point", codes -> new float[0][]),
          each("no latent", z -> new float[0]),
          new Change(
              "rows of different length",
              codes -> {
                codes[4] = new float[2];
                return codes;
              }));

  private HostileCodes() {}

  /** Uniform codes, the same at every call. */
  static float[][] ordinary() {
    SplittableRandom random = new SplittableRandom(5);
    float[][] codes = new float[POINTS][3];
    for (float[] code : codes) {
      for (int j = 0; j < code.length; j++) {
        code[j] = (float) random.nextDouble(-1, 1);
      }
    }
    return codes;
  }

  /** Posteriors of one log variance. */
  static Codes posteriors(float[][] means, float logVariance) {
    float[][] logVariances = new float[means.length][means[0].length];
    for (float[] row : logVariances) {
      Arrays.fill(row, logVariance);
    }
    return new Codes(means, logVariances);
  }

  /** What is NaN by its definition where there is nothing to measure; its own tests say where. */
  private static final Set<String> MAY_BE_UNDEFINED =
      Set.of("gaps", "accuracy", "standardError", "perFactor", "information");

  /** Fails if a number in a component of the record is NaN that is defined for every input. */
  static void requireNumbers(Record result) {
    for (RecordComponent component : result.getClass().getRecordComponents()) {
      if (MAY_BE_UNDEFINED.contains(component.getName())) {
        continue;
      }
      try {
        component.getAccessor().setAccessible(true);
        requireNumbers(result + ", " + component.getName(), component.getAccessor().invoke(result));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static void requireNumbers(String where, Object value) {
    if (value instanceof Double number) {
      assertFalse(number.isNaN(), where);
    } else if (value instanceof Float number) {
      assertFalse(number.isNaN(), where);
    } else if (value != null && value.getClass().isArray()) {
      for (int i = 0; i < Array.getLength(value); i++) {
        requireNumbers(where, Array.get(value, i));
      }
    }
  }

  private static Change each(String name, UnaryOperator<float[]> change) {
    return new Change(name, codes -> Arrays.stream(codes).map(change).toArray(float[][]::new));
  }

  private static Change at(String name, Consumer<float[]> change) {
    return new Change(
        name,
        codes -> {
          change.accept(codes[3]);
          return codes;
        });
  }

  private static float[] scaled(float[] code, float factor) {
    float[] scaled = code.clone();
    for (int j = 0; j < scaled.length; j++) {
      scaled[j] *= factor;
    }
    return scaled;
  }
}
