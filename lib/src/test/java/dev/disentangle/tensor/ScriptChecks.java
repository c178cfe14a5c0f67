package dev.disentangle.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds a file of TorchScript functions: each has a check, usually against loops in double,
 * which passes as the file stands and notices every change that its table makes.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ScriptChecks {

  private final String script;
  private final String table;
  private NDManager manager;

  /**
   * Reads the functions.
   *
   * @param beside a class beside the file
   * @param file its name
   * @param table name of the changes' table, which lies beside the test
   */
  protected ScriptChecks(Class<?> beside, String file, String table) {
    this.script = ScriptMutants.text(beside, file);
    this.table = table;
  }

  /** Every function's check, by the function's name. */
  protected abstract Map<String, Consumer<TorchScript>> checks();

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager("PyTorch");
  }

  @AfterEach
  void close() {
    manager.close();
  }

  List<String> functions() {
    return ScriptMutants.functions(script);
  }

  Stream<ScriptMutants.Mutant> mutants() {
    return ScriptMutants.table(getClass(), table);
  }

  @Test
  void everyFunctionIsCheckedAndChanged() {
    assertEquals(new HashSet<>(functions()), checks().keySet());
    assertEquals(checks().keySet(), new HashSet<>(mutants().map(m -> m.function()).toList()));
  }

  @ParameterizedTest
  @MethodSource("functions")
  void theFunctionComputesItsFormula(String function) {
    checks().get(function).accept(TorchScript.shared(script));
  }

  @ParameterizedTest
  @MethodSource("mutants")
  void aChangeIsNoticed(ScriptMutants.Mutant mutant) {
    ScriptMutants.requireNoticed(mutant.in(script), checks().get(mutant.function()));
  }

  /** Owner of the test's arrays, closed after it. */
  protected final NDManager manager() {
    return manager;
  }

  /** Standard normal numbers from a seed. */
  protected static double[] normal(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] values = new double[count];
    Arrays.setAll(values, i -> random.nextGaussian());
    return values;
  }

  /** An array in double precision. */
  protected final NDArray array(double[] values, long... shape) {
    return manager.create(values, new Shape(shape));
  }
}
