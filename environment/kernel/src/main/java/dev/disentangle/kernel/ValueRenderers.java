package dev.disentangle.kernel;

import java.awt.image.BufferedImage;
import java.awt.image.RenderedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.dflib.jjava.jupyter.kernel.display.RenderContext;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;

/** How values look in a notebook: pictures as PNG, things with HTML as HTML, arrays as lists. */
final class ValueRenderers {

  /** The image property that holds a picture's description. */
  private static final String DESCRIPTION = "description";

  /** The image property that holds how many pixels a point has. */
  private static final String DENSITY = "density";

  private ValueRenderers() {}

  /** Adds this kernel's forms to those of the base library. */
  static void register(Renderer renderer) {
    renderer
        .createRegistration(BufferedImage.class)
        .preferring(MIMEType.IMAGE_PNG)
        .supporting(MIMEType.IMAGE_JPEG, MIMEType.IMAGE_GIF)
        .register(ValueRenderers::renderImage);
    renderer
        .createRegistration(Object.class)
        .preferring(MIMEType.TEXT_HTML)
        .register(ValueRenderers::renderObject);
  }

  private static void renderImage(BufferedImage image, RenderContext context) {
    // The library gives every picture a description for readers who cannot see it; nbconvert and
    // Jupyter Book take an image's alternative text from this metadata.
    if (image.getProperty(DESCRIPTION) instanceof String words) {
      context.getOutputContainer().putText(words);
      context.getOutputContainer().putMetaData(MIMEType.IMAGE_PNG, metadata(image, words));
    } else {
      context
          .getOutputContainer()
          .putText("image of " + image.getWidth() + " x " + image.getHeight() + " pixels");
    }
    context.renderIfRequested(MIMEType.IMAGE_PNG, () -> encode(image, "png"));
    context.renderIfRequested(MIMEType.IMAGE_JPEG, () -> encode(image, "jpeg"));
    context.renderIfRequested(MIMEType.IMAGE_GIF, () -> encode(image, "gif"));
  }

  /** A picture with several pixels per point is as wide as it has points. */
  private static Map<String, Object> metadata(BufferedImage image, String words) {
    return image.getProperty(DENSITY) instanceof Integer density
        ? Map.of("alt", words, "width", image.getWidth() / density)
        : Map.of("alt", words);
  }

  /** Base64 of the whole file; the base library's own encoder loses the last bytes. */
  static String encode(RenderedImage image, String format) {
    var bytes = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, bytes)) {
        throw new IllegalArgumentException("no writer for this image as " + format);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot encode the image as " + format, e);
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  private static void renderObject(Object value, RenderContext context) {
    if (value.getClass().isArray()) {
      context.getOutputContainer().putText(ArrayText.of(value));
      return;
    }
    if (value.toString().equals(identity(value))) {
      // The hash changes from run to run, and with it a committed notebook.
      context.getOutputContainer().putText(value.getClass().getSimpleName());
    }
    Optional<String> html = HtmlForm.of(value);
    html.ifPresent(text -> context.renderIfRequested(MIMEType.TEXT_HTML, () -> text));
  }

  private static String identity(Object value) {
    return value.getClass().getName() + "@" + Integer.toHexString(System.identityHashCode(value));
  }
}
