package dev.disentangle.sweep;

import dev.disentangle.data.ImageData;
import java.io.IOException;
import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Optional;

/**
 * Where a run gets its images, such as {@code DSprites::small}. A reference to a public static
 * method or constructor without parameters can be followed in another process by its name; a lambda
 * cannot, and serves {@link InProcess} alone.
 */
@FunctionalInterface
public interface DataSource extends Serializable {

  /**
   * Makes or reads the images.
   *
   * @return the images
   * @throws IOException if they cannot be read
   */
  ImageData get() throws IOException;

  /**
   * Returns the name by which another process finds this source.
   *
   * @return class and method, such as {@code dev.disentangle.data.DSprites#small}; empty for a
   *     lambda
   */
  default Optional<String> reference() {
    try {
      Method replace = getClass().getDeclaredMethod("writeReplace");
      replace.setAccessible(true);
      SerializedLambda lambda = (SerializedLambda) replace.invoke(this);
      String method = lambda.getImplMethodName();
      if (lambda.getCapturedArgCount() > 0 || method.startsWith("lambda$")) {
        return Optional.empty();
      }
      String name = lambda.getImplClass().replace('/', '.') + "#" + method;
      return name.startsWith("REPL.") ? Optional.empty() : Optional.of(name);
    } catch (ReflectiveOperationException e) {
      // Not a lambda but a class of the user's own.
      return Optional.empty();
    }
  }

  /**
   * Follows a reference.
   *
   * @param reference class and method, see {@link #reference()}
   * @return the source
   * @throws IllegalArgumentException if there is no such method
   */
  static DataSource of(String reference) {
    String[] parts = reference.split("#", 2);
    try {
      Class<?> type = Class.forName(parts[0]);
      if (parts.length == 2 && parts[1].equals("<init>")) {
        Constructor<?> constructor = type.getConstructor();
        return () -> (ImageData) called(constructor::newInstance);
      }
      Method method = type.getMethod(parts.length == 2 ? parts[1] : "");
      return () -> (ImageData) called(() -> method.invoke(null));
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(
          "data must name a public static method without parameters, as in"
              + " dev.disentangle.data.DSprites#small; was "
              + reference,
          e);
    }
  }

  /** A call by reflection. */
  @FunctionalInterface
  interface Call {
    /**
     * Makes the call.
     *
     * @return its result
     * @throws ReflectiveOperationException if it cannot be made or fails
     */
    Object make() throws ReflectiveOperationException;
  }

  private static Object called(Call call) throws IOException {
    try {
      return call.make();
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IOException unreadable) {
        throw unreadable;
      }
      throw new IllegalStateException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
