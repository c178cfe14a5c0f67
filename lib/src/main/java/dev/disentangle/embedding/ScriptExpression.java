package dev.disentangle.embedding;

import dev.disentangle.embedding.ScriptValue.Constant;
import dev.disentangle.embedding.ScriptValue.Members;
import dev.disentangle.embedding.ScriptValue.Method;
import dev.disentangle.embedding.ScriptValue.Module;
import dev.disentangle.embedding.ScriptValue.Name;
import dev.disentangle.embedding.ScriptValue.Unknown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds out what one expression of a TorchScript text stands for. */
final class ScriptExpression {

  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(\"(?:[^\"\\\\]|\\\\.)*\"|-?\\d+(?:\\.\\d*)?(?:[eE][-+]?\\d+)?|\\w+|[^\\s\\w])");

  private final List<String> tokens = new ArrayList<>();
  private final Map<String, ScriptValue> variables;
  private final ScriptReader reader;
  private int place;

  ScriptExpression(String text, Map<String, ScriptValue> variables, ScriptReader reader) {
    this.variables = variables;
    this.reader = reader;
    Matcher matcher = TOKEN.matcher(text);
    while (matcher.find()) {
      tokens.add(matcher.group(1));
    }
  }

  /** The value of the whole text; several behind commas are a tuple. */
  ScriptValue value() {
    List<ScriptValue> all = members("");
    return all.size() == 1 ? all.get(0) : new Members(all);
  }

  private String peek() {
    return place < tokens.size() ? tokens.get(place) : "";
  }

  private boolean take(String token) {
    boolean there = peek().equals(token);
    place += there ? 1 : 0;
    return there;
  }

  /** Reads values behind commas up to a bracket that closes. */
  private List<ScriptValue> members(String end) {
    List<ScriptValue> members = new ArrayList<>();
    while (!peek().equals(end)) {
      members.add(one());
      if (!take(",") && !peek().equals(end)) {
        throw new UnreadableScript("has an expression of an unknown form: " + this);
      }
    }
    place++;
    return members;
  }

  private ScriptValue one() {
    ScriptValue value = first();
    while (true) {
      if (take(".")) {
        value = attribute(value, tokens.get(place++));
      } else if (take("(")) {
        value = call(value, members(")"));
      } else if (take("[")) {
        value = element(value, members("]"));
      } else if (take("=")) {
        value = one(); // an argument given by name; all of ours come in order
      } else {
        return value;
      }
    }
  }

  private ScriptValue first() {
    String token = peek();
    place++;
    if (token.equals("(")) {
      List<ScriptValue> inner = members(")");
      return inner.size() == 1 && !tokens.get(place - 2).equals(",")
          ? inner.get(0)
          : new Members(inner);
    }
    if (token.equals("[")) {
      return new Members(members("]"));
    }
    if (token.startsWith("\"")) {
      return new Constant(token.substring(1, token.length() - 1));
    }
    if (token.matches("-?\\d.*")) {
      return new Constant(Double.parseDouble(token));
    }
    if (!token.matches("\\w+")) {
      throw new UnreadableScript("has an expression of an unknown form: " + this);
    }
    ScriptValue variable = variables.get(token);
    return variable == null ? ScriptReader.name(token) : variable;
  }

  private ScriptValue attribute(ScriptValue of, String name) {
    if (of instanceof Module module) {
      return peek().equals("(") ? new Method(module, name) : reader.attribute(module, name);
    }
    return of instanceof Name known ? new Name(known.name() + "." + name) : new Unknown(name);
  }

  private ScriptValue call(ScriptValue called, List<ScriptValue> given) {
    if (called instanceof Method method) {
      return reader.call(method.module(), method.name(), given);
    }
    if (!(called instanceof Name function)) {
      return new Unknown("a call of what is no function");
    }
    boolean attribute = function.name().equals("getattr") && given.get(0) instanceof Module;
    if (attribute && given.get(1) instanceof Constant name) {
      return reader.attribute((Module) given.get(0), String.valueOf(name.value()));
    }
    return reader.call(function.name(), given);
  }

  private static ScriptValue element(ScriptValue of, List<ScriptValue> index) {
    boolean known = of instanceof Members && index.size() == 1 && index.get(0) instanceof Constant;
    if (known && ((Constant) index.get(0)).value() instanceof Double number) {
      List<ScriptValue> members = ((Members) of).members();
      int place = number.intValue() < 0 ? members.size() + number.intValue() : number.intValue();
      if (place >= 0 && place < members.size()) {
        return members.get(place);
      }
    }
    return new Unknown("an element of a list");
  }

  @Override
  public String toString() {
    return String.join(" ", tokens);
  }
}
