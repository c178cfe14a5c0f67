package dev.disentangle.embedding;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The text of a TorchScript file: its classes with their attributes and methods, and its functions.
 * Nothing of it is run.
 */
final class ScriptCode {

  /** How the pickle of the whole names the class of the outermost module. */
  private static final Pattern ROOT = Pattern.compile("c(__torch__[\\w.]*)\\n(\\w+)\\n");

  private static final Pattern ATTRIBUTE =
      Pattern.compile("(?:__annotations__\\[\"(.+?)\"\\] = |(\\w+) : )(.*)");

  private final String root;
  private final Map<String, List<Line>> files;

  private ScriptCode(String root, Map<String, List<Line>> files) {
    this.root = root;
    this.files = files;
  }

  /**
   * One statement, whose brackets are all closed.
   *
   * @param indent blanks before it
   * @param text the rest
   */
  record Line(int indent, String text) {}

  /**
   * A function or method.
   *
   * @param parameters names, and texts of default values or empty texts
   * @param body its statements
   */
  record Function(Map<String, String> parameters, List<Line> body) {}

  /**
   * A module's class.
   *
   * @param attributes what stands behind each attribute's name: a type, or {@code Final[...] =} and
   *     a value
   * @param methods its methods
   */
  record Type(Map<String, String> attributes, Map<String, Function> methods) {}

  static ScriptCode read(Path file) throws IOException {
    Map<String, List<Line>> files = new HashMap<>();
    String root = "";
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        String name = entry.getName().substring(entry.getName().indexOf('/') + 1);
        if (name.startsWith("code/") && name.endsWith(".py")) {
          String module = name.substring(5, name.length() - 3).replace('/', '.');
          files.put(module, lines(text(zip, entry, StandardCharsets.UTF_8)));
        } else if (name.equals("data.pkl")) {
          Matcher matcher = ROOT.matcher(text(zip, entry, StandardCharsets.ISO_8859_1));
          root = matcher.find() ? matcher.group(1) + "." + matcher.group(2) : "";
        }
      }
    }
    return new ScriptCode(root, files);
  }

  private static String text(ZipFile zip, ZipEntry entry, java.nio.charset.Charset charset)
      throws IOException {
    return new String(zip.getInputStream(entry).readAllBytes(), charset);
  }

  /** The name of the outermost module's class. */
  String root() {
    return root;
  }

  /** Splits a text into statements; those in brackets may run over several lines. */
  private static List<Line> lines(String text) {
    List<Line> lines = new ArrayList<>();
    StringBuilder statement = new StringBuilder();
    for (String line : text.split("\n")) {
      statement.append(statement.isEmpty() ? line : " " + line.strip());
      if (openBrackets(statement) == 0) {
        String whole = statement.toString();
        if (!whole.isBlank()) {
          lines.add(new Line(whole.length() - whole.stripLeading().length(), whole.strip()));
        }
        statement.setLength(0);
      }
    }
    return lines;
  }

  private static int openBrackets(CharSequence text) {
    int depth = 0;
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' && (i == 0 || text.charAt(i - 1) != '\\')) {
        quoted = !quoted;
      } else if (!quoted) {
        depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
      }
    }
    return depth;
  }

  /** Finds a class by its full name. */
  Type type(String name) {
    Map<String, String> attributes = new LinkedHashMap<>();
    Map<String, Function> methods = new HashMap<>();
    List<Line> members = block(name, "class " + last(name) + "(");
    for (int i = 0; i < members.size(); i++) {
      Line line = members.get(i);
      if (line.text().startsWith("def ")) {
        List<Line> body = inside(members, i);
        methods.put(methodName(line), new Function(parameters(line.text()), body));
        i += body.size();
      } else {
        Matcher matcher = ATTRIBUTE.matcher(line.text());
        if (matcher.matches()) {
          String attribute = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
          attributes.put(attribute, matcher.group(3));
        }
      }
    }
    return new Type(attributes, methods);
  }

  /** Finds a function by its full name. */
  Function function(String name) {
    List<Line> all = files.getOrDefault(module(name), List.of());
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).indent() == 0 && all.get(i).text().startsWith("def " + last(name) + "(")) {
        return new Function(parameters(all.get(i).text()), inside(all, i));
      }
    }
    throw new UnreadableScript("calls " + name + ", which is not in the file");
  }

  private List<Line> block(String name, String head) {
    List<Line> all = files.getOrDefault(module(name), List.of());
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).indent() == 0 && all.get(i).text().startsWith(head)) {
        return inside(all, i);
      }
    }
    throw new UnreadableScript("has a part " + name + ", which is not in the file");
  }

  /** The statements that are indented below one. */
  static List<Line> inside(List<Line> lines, int head) {
    int end = head + 1;
    while (end < lines.size() && lines.get(end).indent() > lines.get(head).indent()) {
      end++;
    }
    return lines.subList(head + 1, end);
  }

  private static String methodName(Line line) {
    return line.text().substring(4, line.text().indexOf('('));
  }

  private static Map<String, String> parameters(String head) {
    Map<String, String> parameters = new LinkedHashMap<>();
    String inner = head.substring(head.indexOf('(') + 1, head.lastIndexOf(')'));
    int start = 0;
    for (int i = 0; i <= inner.length(); i++) {
      boolean ends = i == inner.length() || inner.charAt(i) == ',';
      if (ends && openBrackets(inner.substring(start, i)) == 0) {
        String[] sides = inner.substring(start, i).split("=", 2);
        parameters.put(sides[0].split(":")[0].strip(), sides.length == 2 ? sides[1].strip() : "");
        start = i + 1;
      }
    }
    return parameters;
  }

  private static String module(String name) {
    return name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : "";
  }

  private static String last(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
