package dev.disentangle.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import ai.djl.engine.EngineException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Changes made on purpose to the text of TorchScript functions, which tools for Java do not see. A
 * table has one per line: function, text, replacement, with tabs between them.
 */
public final class ScriptMutants {

  /** A function's start. */
  private static final Pattern FUNCTION = Pattern.compile("^def (\\w+)\\(", Pattern.MULTILINE);

  private ScriptMutants() {}

  /**
   * One change.
   *
   * @param function in whose text
   * @param text what is changed, which must stand there exactly once
   * @param replacement what stands there then
   */
  public record Mutant(String function, String text, String replacement) {

    /** Makes the change. */
    public String in(String script) {
      int start = script.indexOf("def " + function + "(");
      assertTrue(start >= 0, "there is no function " + function);
      int next = script.indexOf("\ndef ", start);
      int end = next < 0 ? script.length() : next;
      String body = script.substring(start, end);
      assertEquals(2, (body + " ").split(Pattern.quote(text)).length, text + " in " + body);
      return script.substring(0, start) + body.replace(text, replacement) + script.substring(end);
    }
  }

  /** Reads a file beside a class. */
  public static String text(Class<?> beside, String file) {
    try (InputStream in = beside.getResourceAsStream(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a table beside a class. */
  public static Stream<Mutant> table(Class<?> beside, String file) {
    return text(beside, file)
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("\t"))
        .map(parts -> new Mutant(parts[0], parts[1], parts[2]));
  }

  /** Lists a script's functions. */
  public static List<String> functions(String script) {
    return FUNCTION.matcher(script).results().map(found -> found.group(1)).toList();
  }

  /** Sees that a check notices a changed script: it fails, or PyTorch refuses the call. */
  public static void requireNoticed(String script, Consumer<TorchScript> check) {
    try (TorchScript compiled = TorchScript.compile(script)) {
      try {
        check.accept(compiled);
      } catch (AssertionError | EngineException noticed) {
        return;
      }
    }
    fail("nobody noticed");
  }
}
