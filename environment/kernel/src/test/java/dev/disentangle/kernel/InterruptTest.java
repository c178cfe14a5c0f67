package dev.disentangle.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A cell that did not stop would hang the test until its timeout, which is far above one second.
 */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
public class InterruptTest {

  /** Cells announce here that they have begun. */
  private static CountDownLatch begun;

  private static final String BEGIN = "dev.disentangle.kernel.InterruptTest.begin();\n";

  private final Evaluator evaluator = Evaluator.withDefaultImports();

  /** Called by the cells below. */
  public static void begin() {
    begun.countDown();
  }

  @BeforeEach
  void arm() {
    begun = new CountDownLatch(1);
  }

  @AfterEach
  void close() {
    evaluator.close();
  }

  private CellException stops(String body) throws Exception {
    var interrupter =
        new Thread(
            () -> {
              try {
                begun.await();
              } catch (InterruptedException e) {
                return;
              }
              evaluator.interrupt();
            });
    interrupter.start();
    // One block is one snippet: the interrupt arrives while the body runs, not between snippets.
    String source = "int before = 1;\n{" + BEGIN + body + "}\nint behind = 2;";
    CellException failure = assertThrows(CellException.class, () -> evaluator.evaluate(1, source));
    interrupter.join();
    assertEquals("Interrupted", failure.name());
    assertEquals(Optional.of(1), evaluator.evaluate(2, "before"));
    assertThrows(CellException.class, () -> evaluator.evaluate(3, "behind"));
    assertEquals(
        Optional.of(false), evaluator.evaluate(4, "Thread.currentThread().isInterrupted()"));
    return failure;
  }

  @Test
  void stopsACellThatSleeps() throws Exception {
    stops("Thread.sleep(1_000_000);");
  }

  @Test
  void stopsACellThatLooksAtTheInterruptAndReturns() throws Exception {
    stops("while (!Thread.currentThread().isInterrupted()) Thread.onSpinWait();");
  }

  @Test
  void passesOnWhatTheStoppedCodeSays() throws Exception {
    CellException failure =
        stops(
            "while (!Thread.interrupted()) Thread.onSpinWait();\n"
                + "throw new java.util.concurrent.CancellationException(\"after step 7\");");
    assertEquals("after step 7", failure.getMessage());
  }

  @Test
  void waitsForATrainingsStepThatTakesItsTime() throws Exception {
    CellException failure = stops("dev.disentangle.training.SlowStep.run();");
    assertEquals("after step 7", failure.getMessage());
  }

  @Test
  void stopsALoopThatNeverLooks() throws Exception {
    stops("long n = 0;\nwhile (true) n++;");
  }

  @Test
  void stopsALoopThatSwallowsTheInterrupt() throws Exception {
    stops("while (true) { try { Thread.sleep(10); } catch (InterruptedException e) { } }");
  }

  @Test
  void ignoresAnInterruptWhenNoCellRuns() throws Exception {
    evaluator.interrupt();
    assertEquals(Optional.of(2), evaluator.evaluate(1, "1 + 1"));
  }
}
