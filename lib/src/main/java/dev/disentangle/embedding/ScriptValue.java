package dev.disentangle.embedding;

import java.util.List;

/** What an expression of a TorchScript text stands for, as far as layers need it. */
sealed interface ScriptValue {

  /**
   * The code on its way to a picture.
   *
   * @param chain the layers so far, with what they give
   */
  record Signal(LayerChain chain) implements ScriptValue {}

  /**
   * A module.
   *
   * @param path names of attributes from the outermost one, with points between, or empty
   * @param type full name of its class
   */
  record Module(String path, String type) implements ScriptValue {}

  /**
   * A module's method that is about to be called.
   *
   * @param module the module
   * @param name the method's name
   */
  record Method(Module module, String name) implements ScriptValue {}

  /**
   * A weight.
   *
   * @param name its name among the network's parameters
   */
  record Weight(String name) implements ScriptValue {}

  /**
   * A number, a truth value, a text, or None as null.
   *
   * @param value the value
   */
  record Constant(Object value) implements ScriptValue {}

  /**
   * A list or tuple.
   *
   * @param members its members
   */
  record Members(List<ScriptValue> members) implements ScriptValue {}

  /**
   * A name that is no variable, such as of a function.
   *
   * @param name with its points
   */
  record Name(String name) implements ScriptValue {}

  /**
   * Anything else.
   *
   * @param what it is, for whoever needs a value here
   */
  record Unknown(String what) implements ScriptValue {}
}
