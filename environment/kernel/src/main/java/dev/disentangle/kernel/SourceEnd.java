package dev.disentangle.kernel;

/** Looks for the semicolon that ends a snippet, which comments may follow. */
final class SourceEnd {

  private SourceEnd() {}

  /** Whether the last character of the source that is neither blank nor comment is a semicolon. */
  static boolean isSemicolon(String source) {
    char last = ' ';
    int i = 0;
    while (i < source.length()) {
      char c = source.charAt(i);
      if (source.startsWith("//", i)) {
        i = behind(source, "\n", i + 2);
      } else if (source.startsWith("/*", i)) {
        i = behind(source, "*/", i + 2);
      } else if (source.startsWith("\"\"\"", i)) {
        last = c;
        i = literalEnd(source, "\"\"\"", i + 3);
      } else if (c == '"' || c == '\'') {
        last = c;
        i = literalEnd(source, String.valueOf(c), i + 1);
      } else {
        last = Character.isWhitespace(c) ? last : c;
        i++;
      }
    }
    return last == ';';
  }

  private static int behind(String source, String end, int from) {
    int found = source.indexOf(end, from);
    return found < 0 ? source.length() : found + end.length();
  }

  private static int literalEnd(String source, String quote, int from) {
    int i = from;
    while (i < source.length() && !source.startsWith(quote, i)) {
      i += source.charAt(i) == '\\' ? 2 : 1;
    }
    return Math.min(source.length(), i + quote.length());
  }
}
