package dev.disentangle.plot;

import java.awt.image.BufferedImage;
import java.util.Optional;
import tech.tablesaw.api.Table;

/**
 * One place in a notebook's output: the first call shows something there, later calls replace it.
 * On a terminal the newest text overwrites the line before it, until {@link #end}; in a log file it
 * is a line of its own, at most every ten seconds.
 */
public final class NotebookOutput {

  private final ConsoleLine console;
  private String id;

  NotebookOutput() {
    this(new ConsoleLine());
  }

  NotebookOutput(ConsoleLine console) {
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
      console.show(text);
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
    boolean known = Kernel.find().filter(Kernel::knowsForms).isPresent();
    put(known ? new KernelForms.Page(html) : html, "text/html");
    return this;
  }

  /**
   * Shows a table here, all rows up to 200; a console leaves it out.
   *
   * @param table the table
   * @return this place
   */
  public NotebookOutput table(Table table) {
    return html(TableHtml.of(table));
  }

  /**
   * Shows a picture here; a console leaves it out.
   *
   * @param picture the picture
   * @return this place
   */
  public synchronized NotebookOutput picture(BufferedImage picture) {
    Optional<Kernel> kernel = Kernel.find();
    if (kernel.isPresent() && (kernel.get().isOwn() || kernel.get().knowsForms())) {
      put(picture, null);
    } else if (kernel.isPresent()) {
      put(Pictures.html(picture), "text/html");
    }
    return this;
  }

  /**
   * Ends a console's line, so that what is printed next starts on a new one; a notebook needs no
   * such end.
   */
  public synchronized void end() {
    console.end();
  }

  /** What a cell shows whose last value is this place. */
  @Override
  public String toString() {
    return id == null ? "nothing is shown here yet" : "shown above";
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
