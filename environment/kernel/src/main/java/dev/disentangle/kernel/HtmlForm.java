package dev.disentangle.kernel;

import java.lang.reflect.Method;
import java.util.Optional;

/**
 * The HTML form of values whose classes this kernel does not know: what a public {@code toHtml()}
 * gives.
 */
final class HtmlForm {

  private HtmlForm() {}

  static Optional<String> of(Object value) {
    try {
      Method method = value.getClass().getMethod("toHtml");
      if (method.getReturnType() != String.class) {
        return Optional.empty();
      }
      method.setAccessible(true);
      return Optional.ofNullable((String) method.invoke(value));
    } catch (NoSuchMethodException e) {
      return Optional.empty();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot render a " + value.getClass().getName(), e);
    }
  }
}
