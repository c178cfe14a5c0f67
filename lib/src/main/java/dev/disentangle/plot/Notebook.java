package dev.disentangle.plot;

import java.awt.image.BufferedImage;

/**
 * Shows text, HTML and pictures in the notebook, whichever Java kernel runs: this kit's own, IJava
 * or JJava. Outside of a notebook, text goes to standard output and pictures and HTML are left out.
 *
 * <p>Each method shows something new and returns the place where it is shown, so that later calls
 * on that {@link NotebookOutput} replace it.
 */
public final class Notebook {

  private Notebook() {}

  /**
   * Says whether a notebook kernel runs.
   *
   * @return true in a notebook
   */
  public static boolean isRunning() {
    return Kernel.find().filter(Kernel::isRunning).isPresent();
  }

  /**
   * Teaches the kernel that runs what a cell's last value looks like: pictures whole, tables and
   * {@link Explorer} as HTML. The kit calls this by itself when a picture is drawn or a training
   * shows its progress; IJava and JJava need it earlier only to show a table before that. Outside
   * of a notebook it does nothing.
   */
  public static void install() {
    Kernel.find().ifPresent(Kernel::knowsForms);
  }

  /**
   * Reserves a place that stays invisible until something is put there.
   *
   * @return the place
   */
  public static NotebookOutput output() {
    return new NotebookOutput();
  }

  /**
   * Shows plain text.
   *
   * @param text the text
   * @return where it is shown
   */
  public static NotebookOutput text(String text) {
    return output().text(text);
  }

  /**
   * Shows HTML.
   *
   * @param html a fragment of HTML, trusted as it is
   * @return where it is shown
   */
  public static NotebookOutput html(String html) {
    return output().html(html);
  }

  /**
   * Shows a picture.
   *
   * @param picture the picture
   * @return where it is shown
   */
  public static NotebookOutput show(BufferedImage picture) {
    return output().picture(picture);
  }

  /**
   * Shows an animation, with its description as alternative text.
   *
   * @param animation such as {@link Traversals#animation} gives
   * @return where it is shown
   */
  public static NotebookOutput show(Animation animation) {
    return html(animation.toHtml());
  }

  /**
   * Shows an animation.
   *
   * @param gif a GIF file's bytes, such as {@link Traversals#animated} returns
   * @return where it is shown
   */
  public static NotebookOutput showGif(byte[] gif) {
    return html(Pictures.html(gif, "image/gif", "animation"));
  }
}
