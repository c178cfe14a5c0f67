package dev.disentangle.embedding;

import dev.disentangle.embedding.ScriptValue.Constant;
import dev.disentangle.embedding.ScriptValue.Members;
import dev.disentangle.embedding.ScriptValue.Module;
import dev.disentangle.embedding.ScriptValue.Name;
import dev.disentangle.embedding.ScriptValue.Signal;
import dev.disentangle.embedding.ScriptValue.Unknown;
import dev.disentangle.embedding.ScriptValue.Weight;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Follows a code through the text of a TorchScript method and writes down the layers it passes.
 * Methods and functions of the file are followed into; branches are taken where their condition is
 * known. What has no plain layers ends in an {@link UnreadableScript} that says so.
 */
final class ScriptReader {

  private static final int DEEPEST = 100;

  /** Whatever is not PyTorch's, what holds others, and what is read here. */
  private static final Pattern READABLE =
      Pattern.compile("^(?!__torch__\\.torch\\.nn\\.)|\\.modules\\.(container|conv|linear)\\.");

  /** The helper by which this library's exports convolve to one channel. */
  private static final String SINGLE_CHANNEL = "transposed_to_one_channel";

  private final ScriptCode code;
  private final ScriptOperations operations;
  private int depth;

  ScriptReader(ScriptCode code, ScriptOperations operations) {
    this.code = code;
    this.operations = operations;
  }

  /** Reads a method of the outermost module that takes a code. */
  LayerChain read(String method, int latents) {
    ScriptValue code = new Signal(LayerChain.start(latents));
    ScriptValue result = call(new Module("", this.code.root()), method, List.of(code));
    if (result instanceof Signal signal) {
      return signal.chain();
    }
    throw new UnreadableScript(
        result instanceof Unknown unknown
            ? "uses " + unknown.what() + ", which a page cannot run"
            : "does not give a picture");
  }

  /** Calls a module's method; of PyTorch's own modules it is enough to know the name. */
  ScriptValue call(Module module, String method, List<ScriptValue> given) {
    try {
      return follow(module, method, given);
    } catch (UnreadableScript e) {
      if (READABLE.matcher(module.type()).find()) {
        throw e;
      }
      String name = module.type().substring(module.type().lastIndexOf('.') + 1);
      throw new UnreadableScript("has a " + name + ", which a page cannot run");
    }
  }

  private ScriptValue follow(Module module, String method, List<ScriptValue> given) {
    ScriptCode.Function function = code.type(module.type()).methods().get(method);
    if (function == null) {
      throw new UnreadableScript("has no text of " + method + " in " + module.type());
    }
    if (method.equals(SINGLE_CHANNEL)) {
      return operations.singleChannel(given);
    }
    List<ScriptValue> all = new ArrayList<>(List.of(module));
    all.addAll(given);
    return run(function, all);
  }

  /** Calls what a name stands for. */
  ScriptValue call(String name, List<ScriptValue> given) {
    if (name.startsWith("torch.")) {
      return operations.apply(name.substring(6), given);
    }
    if (name.startsWith("__torch__.")) {
      return run(code.function(name), given);
    }
    boolean cast = name.equals("unchecked_cast") || name.equals("annotate");
    if (cast && given.size() == 2) {
      return given.get(1);
    }
    if (name.startsWith("ops.")) {
      throw new UnreadableScript("uses " + name + ", which a page cannot run");
    }
    return new Unknown(name);
  }

  /** Reads a module's attribute. */
  ScriptValue attribute(Module module, String name) {
    String path = module.path().isEmpty() ? name : module.path() + "." + name;
    if (operations.isWeight(path)) {
      return new Weight(path);
    }
    String type = code.type(module.type()).attributes().getOrDefault(name, "");
    if (type.startsWith("__torch__.")) {
      return new Module(path, type);
    }
    int value = type.startsWith("Final[") ? type.indexOf("] = ") : -1;
    if (value >= 0) {
      return new ScriptExpression(type.substring(value + 4), Map.of(), this).value();
    }
    if (type.equals("NoneType") || type.startsWith("Optional[")) {
      return new Constant(null);
    }
    return name.equals("training") ? new Constant(false) : new Unknown("the attribute " + path);
  }

  private ScriptValue run(ScriptCode.Function function, List<ScriptValue> given) {
    if (++depth > DEEPEST) {
      throw new UnreadableScript("calls itself");
    }
    Map<String, ScriptValue> variables = new HashMap<>();
    int place = 0;
    for (Map.Entry<String, String> parameter : function.parameters().entrySet()) {
      ScriptValue value =
          place < given.size()
              ? given.get(place)
              : parameter.getValue().isEmpty()
                  ? new Unknown(parameter.getKey())
                  : new ScriptExpression(parameter.getValue(), Map.of(), this).value();
      variables.put(parameter.getKey(), value);
      place++;
    }
    ScriptValue result = run(function.body(), variables).orElseGet(() -> new Constant(null));
    depth--;
    return result;
  }

  /** Runs statements up to one that returns. */
  private Optional<ScriptValue> run(
      List<ScriptCode.Line> lines, Map<String, ScriptValue> variables) {
    for (int i = 0; i < lines.size(); i++) {
      String text = lines.get(i).text();
      if (text.startsWith("return ")) {
        return Optional.of(new ScriptExpression(text.substring(7), variables, this).value());
      }
      if (text.startsWith("if ")) {
        List<ScriptCode.Line> yes = ScriptCode.inside(lines, i);
        int otherwise = i + yes.size() + 1;
        boolean hasElse = otherwise < lines.size() && lines.get(otherwise).text().equals("else:");
        List<ScriptCode.Line> no = hasElse ? ScriptCode.inside(lines, otherwise) : List.of();
        Optional<ScriptValue> result = run(holds(text, variables) ? yes : no, variables);
        if (result.isPresent()) {
          return result;
        }
        i += yes.size() + (hasElse ? 1 + no.size() : 0);
      } else if (text.startsWith("for ") || text.startsWith("while ")) {
        throw new UnreadableScript("has a loop: " + text);
      } else if (!text.equals("pass")) {
        assign(text, variables);
      }
    }
    return Optional.empty();
  }

  private boolean holds(String text, Map<String, ScriptValue> variables) {
    String condition = text.substring(3, text.length() - 1);
    ScriptValue value = new ScriptExpression(condition, variables, this).value();
    if (value instanceof Constant constant && constant.value() instanceof Boolean known) {
      return known;
    }
    throw new UnreadableScript("has a branch that depends on " + condition);
  }

  private void assign(String text, Map<String, ScriptValue> variables) {
    int equals = text.indexOf(" = ");
    if (equals < 0) {
      new ScriptExpression(text, variables, this).value();
      return;
    }
    ScriptValue value = new ScriptExpression(text.substring(equals + 3), variables, this).value();
    String[] names = text.substring(0, equals).replaceAll(":.*", "").split(",");
    for (int i = 0; i < names.length; i++) {
      boolean several = names.length > 1;
      ScriptValue part =
          !several
              ? value
              : value instanceof Members all && i < all.members().size()
                  ? all.members().get(i)
                  : new Unknown(names[i].strip());
      variables.put(names[i].replaceAll("[()]", "").strip(), part);
    }
  }

  /** What a name stands for that is no variable. */
  static ScriptValue name(String name) {
    return switch (name) {
      case "None" -> new Constant(null);
      case "True" -> new Constant(true);
      case "False" -> new Constant(false);
      default -> new Name(name);
    };
  }
}
