package dev.disentangle.kernel;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceEndTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "f();",
        "f(); // why",
        "f(); /* why */\n",
        "\"//\";",
        "';' ; ",
        "\"\"\"\n\"; //\"\"\";"
      })
  void seesTheSemicolon(String source) {
    assertTrue(SourceEnd.isSemicolon(source));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "f()",
        "f() // why;",
        "f() /* ; */",
        "\"a;\"",
        "\"\\\";\"",
        "';'",
        "\"\"\"\n;\"\"\"",
        "\"open;"
      })
  void seesThatThereIsNone(String source) {
    assertFalse(SourceEnd.isSemicolon(source));
  }
}
