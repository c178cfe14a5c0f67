package dev.disentangle.plot;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.stream.Stream;

/**
 * The display methods of the kernel that runs, found by name because the library depends on none:
 * {@code display(Object, String...)}, which returns an identifier, and {@code updateDisplay(String,
 * Object, String...)}.
 */
final class Kernel {

  private static final String OWN = "dev.disentangle.kernel.Display";

  // The kit's own kernel stands on JJava's base library, so its class has to be looked for first.
  private static final List<String> CLASSES =
      List.of(
          OWN,
          "io.github.spencerpark.ijava.runtime.Display",
          "org.dflib.jjava.runtime.Display",
          "org.dflib.jjava.jupyter.kernel.NotebookStatics",
          "org.dflib.jjava.jupyter.kernel.BaseNotebookStatics");

  /** Where the kernel itself is found, class and function; without one, or null, none runs. */
  private static final Map<String, String> INSTANCES =
      Map.of(
          "io.github.spencerpark.ijava.runtime.Kernel", "getKernelInstance",
          "org.dflib.jjava.runtime.Kernel", "getKernelInstance",
          "org.dflib.jjava.jupyter.kernel.BaseKernel", "notebookKernel");

  /** Renderers that know the kit's values. */
  private static final Map<Object, Boolean> TAUGHT = new WeakHashMap<>();

  private final Class<?> type;

  private Kernel(Class<?> type) {
    this.type = type;
  }

  /** Finds a kernel's class; it may be there although no kernel runs. */
  static Optional<Kernel> find() {
    return CLASSES.stream().flatMap(Kernel::load).map(Kernel::new).findFirst();
  }

  private static Stream<Class<?>> load(String name) {
    // A cell's classes come from the kernel's loader, which is the thread's; a thread of our own
    // may have another one.
    return Stream.of(Thread.currentThread().getContextClassLoader(), Kernel.class.getClassLoader())
        .flatMap(
            loader -> {
              try {
                return Stream.of(Class.forName(name, true, loader));
              } catch (ClassNotFoundException | LinkageError e) {
                return Stream.empty();
              }
            });
  }

  /** Whether a kernel runs, as far as it can be told: its classes alone may be there too. */
  boolean isRunning() {
    List<Class<?>> known = INSTANCES.keySet().stream().flatMap(Kernel::load).toList();
    return known.isEmpty() || known.stream().anyMatch(kind -> instance(kind).isPresent());
  }

  private static Optional<Object> instance(Class<?> kind) {
    try {
      return Optional.ofNullable(kind.getMethod(INSTANCES.get(kind.getName())).invoke(null));
    } catch (ReflectiveOperationException e) {
      return Optional.empty();
    }
  }

  /**
   * Teaches the kernel what the kit's values look like, once. Where that fails, pictures have to be
   * handed over inside HTML: the renderer that IJava and JJava share drops the last bytes of a PNG.
   *
   * @return whether the kernel now knows them
   */
  boolean knowsForms() {
    Optional<Object> kernel =
        INSTANCES.keySet().stream()
            .flatMap(Kernel::load)
            .flatMap(kind -> instance(kind).stream())
            .findFirst();
    if (kernel.isEmpty()) {
      return false;
    }
    try {
      Object renderer = kernel.get().getClass().getMethod("getRenderer").invoke(kernel.get());
      synchronized (TAUGHT) {
        if (!TAUGHT.containsKey(renderer)) {
          KernelForms.register(renderer, !isOwn());
          TAUGHT.put(renderer, true);
        }
      }
      return true;
    } catch (ReflectiveOperationException | LinkageError e) {
      return false;
    }
  }

  /** Whether this is the kit's own kernel, which draws pictures whole by itself. */
  boolean isOwn() {
    return type.getName().equals(OWN);
  }

  /**
   * Shows a value.
   *
   * @param mime the form to show it in; null leaves the choice to the kernel
   * @return the identifier of where it is shown; empty if no kernel runs after all
   */
  Optional<String> display(Object value, String mime) {
    return call("display", mime, value).map(String.class::cast);
  }

  /** Replaces what {@link #display} showed; false if no kernel runs after all. */
  boolean update(String id, Object value, String mime) {
    return call("updateDisplay", mime, id, value).isPresent();
  }

  /** Calls the form without types if there is no type to name and the kernel has that form. */
  private Optional<Object> call(String name, String mime, Object... arguments) {
    try {
      if (mime == null) {
        Optional<Method> bare = method(name, arguments.length);
        if (bare.isPresent()) {
          return result(bare.get().invoke(null, arguments));
        }
      }
      Optional<Method> typed = method(name, arguments.length + 1);
      if (typed.isEmpty()) {
        return Optional.empty();
      }
      Object[] all = Arrays.copyOf(arguments, arguments.length + 1);
      all[arguments.length] = mime == null ? new String[0] : new String[] {mime};
      return result(typed.get().invoke(null, all));
    } catch (InvocationTargetException e) {
      // An Error is how a kernel stops a cell on old JDKs (ThreadDeath); anything else means that
      // nothing can be shown, which must not end a long training run.
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      return Optional.empty();
    } catch (IllegalAccessException e) {
      return Optional.empty();
    }
  }

  /** Methods without a result are reported as the empty string. */
  private static Optional<Object> result(Object value) {
    return Optional.of(value == null ? "" : value);
  }

  private Optional<Method> method(String name, int parameters) {
    return Arrays.stream(type.getMethods())
        .filter(m -> m.getName().equals(name) && m.getParameterCount() == parameters)
        .findFirst();
  }
}
