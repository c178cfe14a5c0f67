package dev.disentangle.plot;

import java.awt.image.BufferedImage;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.function.Function;
import tech.tablesaw.api.Table;

/**
 * Teaches a kernel's renderer what this kit's values look like. The renderers of IJava, JJava and
 * the kit's own kernel have the same methods in different packages, so all is found by name:
 *
 * <pre>{@code
 * renderer.createRegistration(type).preferring(mime).register((value, context) -> ...)
 * context.getOutputContainer().putData(mime, data)
 * context.getOutputContainer().putText(text)
 * context.getOutputContainer().putMetaData(mime, map)
 * }</pre>
 *
 * <p>Left alone, the renderer that they share cuts off a picture's end, shows a table as text, and
 * stores a page a second time as its own plain text.
 */
final class KernelForms {

  private static final String PNG = "image/png";
  private static final String HTML = "text/html";

  /** HTML that is not stored as plain text as well. */
  record Page(String html) {
    @Override
    public String toString() {
      return html.length() <= 80 ? html : "page of " + html.length() + " characters";
    }
  }

  private KernelForms() {}

  /**
   * Registers all forms at a renderer.
   *
   * @param renderer a kernel's renderer
   * @param pictures whether it has to be told about pictures too
   */
  static void register(Object renderer, boolean pictures) throws ReflectiveOperationException {
    if (pictures) {
      register(renderer, BufferedImage.class, PNG, KernelForms::base64, Pictures::description);
    }
    register(renderer, Table.class, HTML, TableHtml::of, Table::printAll);
    register(renderer, Explorer.class, HTML, Explorer::toHtml, explorer -> "Explorer");
    register(renderer, Animation.class, HTML, Animation::toHtml, Animation::description);
    register(renderer, Page.class, HTML, Page::html, Page::toString);
  }

  /** What a page should do with a picture: how wide it is in points, and its words. */
  private static Map<String, Object> metadata(BufferedImage picture) {
    return Map.of("alt", Pictures.description(picture), "width", Pictures.width(picture));
  }

  private static String base64(BufferedImage picture) {
    return Base64.getEncoder().encodeToString(Pictures.png(picture));
  }

  private static <T> void register(
      Object renderer,
      Class<T> type,
      String mime,
      Function<T, String> data,
      Function<T, String> text)
      throws ReflectiveOperationException {
    Object registration = call(renderer, "createRegistration", Class.class, type);
    call(registration, "preferring", String[].class, (Object) new String[] {mime});
    Method register =
        Arrays.stream(registration.getClass().getMethods())
            .filter(method -> method.getName().equals("register"))
            .findFirst()
            .orElseThrow(() -> new NoSuchMethodException("register"));
    Class<?> function = register.getParameterTypes()[0];
    Object form =
        Proxy.newProxyInstance(
            function.getClassLoader(),
            new Class<?>[] {function},
            (proxy, method, arguments) -> {
              if (!method.getName().equals("render")) {
                return method.getName().equals("equals")
                    ? proxy == arguments[0]
                    : hashOrName(method);
              }
              T value = type.cast(arguments[0]);
              Object container =
                  arguments[1].getClass().getMethod("getOutputContainer").invoke(arguments[1]);
              Method put = container.getClass().getMethod("putData", String.class, Object.class);
              put.invoke(container, mime, data.apply(value));
              call(container, "putText", String.class, text.apply(value));
              if (value instanceof BufferedImage picture) {
                container
                    .getClass()
                    .getMethod("putMetaData", String.class, Object.class)
                    .invoke(container, mime, metadata(picture));
              }
              return null;
            });
    register.invoke(registration, form);
  }

  private static Object hashOrName(Method method) {
    return method.getName().equals("hashCode") ? (Object) 1 : "form of the kit";
  }

  private static Object call(Object target, String name, Class<?> type, Object argument)
      throws ReflectiveOperationException {
    return target.getClass().getMethod(name, type).invoke(target, argument);
  }
}
