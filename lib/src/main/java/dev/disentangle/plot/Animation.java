package dev.disentangle.plot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A picture that moves, as a GIF that repeats for ever. As a cell's last value it plays in the
 * notebook, because it has a form in HTML; {@link #save} writes a file that plays in any browser.
 */
public final class Animation {

  private final byte[] gif;
  private final String description;

  Animation(byte[] gif, String description) {
    this.gif = gif;
    this.description = description;
  }

  /**
   * Returns the GIF file's bytes.
   *
   * @return a copy
   */
  public byte[] gif() {
    return gif.clone();
  }

  /**
   * Returns what the animation shows, for readers who cannot see it.
   *
   * @return words taken from the data
   */
  public String description() {
    return description;
  }

  /**
   * Returns an image element that carries the animation along.
   *
   * @return a fragment of HTML
   */
  public String toHtml() {
    return Pictures.html(gif, "image/gif", description);
  }

  /**
   * Writes the GIF; folders that are missing are made.
   *
   * @param file where to write, by custom ending in {@code .gif}
   * @throws IOException if the file cannot be written
   */
  public void save(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.write(file, gif);
  }

  @Override
  public String toString() {
    return "Animation of " + gif.length + " bytes: " + description;
  }
}
