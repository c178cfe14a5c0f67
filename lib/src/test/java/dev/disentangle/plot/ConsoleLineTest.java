package dev.disentangle.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ConsoleLineTest {

  private long now;

  private String printed(boolean redrawn, Consumer<ConsoleLine> calls) {
    var bytes = new ByteArrayOutputStream();
    var out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    calls.accept(new ConsoleLine(out, redrawn, () -> now));
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }

  @Test
  void redrawnTextLeavesNoTailOfALongerOne() {
    assertEquals(
        "true TC 0.580\rtrue TC 0.6  \rtrue TC 1  \nnext",
        printed(
            true,
            line -> {
              line.show("true TC 0.580");
              line.show("true TC 0.6");
              line.show("true TC 1");
              line.end();
              line.end();
              line.show("next");
            }));
  }

  @Test
  void aLogGetsWholeLinesNowAndThenAndTheLast() {
    assertEquals(
        "step 0\nstep 10\nstep 20\nstep 24\nnext run\n",
        printed(
            false,
            line -> {
              for (int i = 0; i < 25; i++) {
                line.show("step " + i);
                now += TimeUnit.SECONDS.toNanos(1);
              }
              line.end();
              line.show("next run");
              line.end();
            }));
  }

  @Test
  void whatIsTakenAwayLeavesRoomForAnotherLine() {
    Consumer<ConsoleLine> calls =
        line -> {
          line.show("two running");
          line.show("one running");
          line.clear();
          line.end();
        };
    assertEquals(
        "two running\rone running\r           \r", printed(true, calls), "wiped, and begun anew");
    now += TimeUnit.MINUTES.toNanos(1);
    assertEquals("two running\n", printed(false, calls), "a log keeps what it has");
  }

  @Test
  void lineBreaksBecomeBlanks() {
    assertEquals("a b\n", printed(false, line -> line.show("a\nb")));
    assertEquals("a b", printed(true, line -> line.show("a\r\nb")));
  }
}
