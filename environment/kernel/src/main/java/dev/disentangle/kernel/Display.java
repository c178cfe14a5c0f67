package dev.disentangle.kernel;

import java.util.List;
import java.util.UUID;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;

/**
 * What cells call to show values, with the names and signatures that IJava and JJava have.
 *
 * <p>All three functions are imported in every session. Libraries find this class by reflection, so
 * that they need no kernel to compile.
 */
public final class Display {

  private static final int MAX_PLAIN = 80;

  private Display() {}

  /**
   * Renders a value in its preferred form.
   *
   * @param value the value; null renders as the text {@code null}
   * @return the rendered value, beside its plain text
   */
  public static DisplayData render(Object value) {
    return value == null
        ? new DisplayData("null")
        : value instanceof DisplayData data
            ? data
            : BaseKernel.notebookKernel().getRenderer().render(value);
  }

  /**
   * Renders a value in the given forms.
   *
   * @param value the value; null renders as the text {@code null}
   * @param as MIME types, such as {@code text/html}
   * @return the rendered value, beside its plain text
   */
  public static DisplayData render(Object value, String... as) {
    if (value == null || value instanceof DisplayData) {
      return render(value);
    }
    DisplayData data = BaseKernel.notebookKernel().getRenderer().renderAs(value, as);
    if (value instanceof CharSequence text && !List.of(as).contains("text/plain")) {
      data.putText(summary(text, as));
    }
    return data;
  }

  /** A page given as text would otherwise stand in the notebook twice, once as its plain text. */
  private static String summary(CharSequence text, String... as) {
    return text.length() <= MAX_PLAIN
        ? text.toString()
        : String.join(", ", as) + " of " + text.length() + " characters";
  }

  /**
   * Shows a value under the cell that runs.
   *
   * @param value the value
   * @return the display's id, for {@link #updateDisplay(String, Object)}
   */
  public static String display(Object value) {
    return show(render(value));
  }

  /**
   * Shows a value under the cell that runs, in the given forms.
   *
   * @param value the value
   * @param as MIME types, such as {@code text/html}
   * @return the display's id, for {@link #updateDisplay(String, Object, String...)}
   */
  public static String display(Object value, String... as) {
    return show(render(value, as));
  }

  /**
   * Replaces what a display shows.
   *
   * @param id the id that {@link #display(Object)} gave
   * @param value the new value
   */
  public static void updateDisplay(String id, Object value) {
    BaseKernel.notebookKernel().getIO().display.updateDisplay(id, render(value));
  }

  /**
   * Replaces what a display shows, in the given forms.
   *
   * @param id the id that {@link #display(Object, String...)} gave
   * @param value the new value
   * @param as MIME types, such as {@code text/html}
   */
  public static void updateDisplay(String id, Object value, String... as) {
    BaseKernel.notebookKernel().getIO().display.updateDisplay(id, render(value, as));
  }

  private static String show(DisplayData data) {
    if (!data.hasDisplayId()) {
      data.setDisplayId(UUID.randomUUID().toString());
    }
    BaseKernel.notebookKernel().display(data);
    return data.getDisplayId();
  }
}
