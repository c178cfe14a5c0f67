package dev.disentangle.plot;

import java.awt.image.BufferedImage;
import java.io.PrintStream;
import java.util.Optional;

/**
 * One place in a notebook's output: the first call shows something there, later calls replace it.
 * On a plain console the newest text overwrites the line before it, until {@link #end}.
 */
public final class NotebookOutput {

  private final PrintStream console;
  private String id;
  private int printed;

  NotebookOutput() {
    this(System.out);
  }

  NotebookOutput(PrintStream console) {
    this.console = console;
  }

  /**
   * Shows plain text here.
   *
   * @param text the text; line breaks become spaces on a console
   * @return this place
   */
  public synchronized NotebookOutput text(String text) {
    if (!put(text, "text/plain")) {
      String line = text.replaceAll("\\R", " ");
      // Blanks erase what a longer line before left behind.
      console.print(
          (printed > 0 ? "\r" : "") + line + " ".repeat(Math.max(0, printed - line.length())));
      console.flush();
      printed = Math.max(1, line.length());
    }
    return this;
  }

  /**
   * Shows HTML here; a console leaves it out.
   *
   * @param html a fragment of HTML, trusted as it is
   * @return this place
   */
  public synchronized NotebookOutput html(String html) {
    put(html, "text/html");
    return this;
  }

  /**
   * Shows a picture here; a console leaves it out.
   *
   * @param picture the picture
   * @return this place
   */
  public synchronized NotebookOutput picture(BufferedImage picture) {
    Optional<Kernel> kernel = Kernel.find();
    if (kernel.isPresent() && kernel.get().drawsPictures()) {
      put(picture, null);
    } else if (kernel.isPresent()) {
      put(Pictures.html(picture, "picture"), "text/html");
    }
    return this;
  }

  /**
   * Ends a console's line, so that what is printed next starts on a new one; a notebook needs no
   * such end.
   */
  public synchronized void end() {
    if (printed > 0) {
      console.println();
      printed = 0;
    }
  }

  /** Shows or replaces a value; false if no kernel runs. */
  private boolean put(Object value, String type) {
    Optional<Kernel> kernel = Kernel.find();
    if (kernel.isEmpty()) {
      return false;
    }
    if (id != null) {
      return kernel.get().update(id, value, type);
    }
    Optional<String> shown = kernel.get().display(value, type);
    shown.ifPresent(place -> id = place);
    return shown.isPresent();
  }
}
