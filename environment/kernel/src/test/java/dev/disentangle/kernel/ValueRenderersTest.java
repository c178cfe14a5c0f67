package dev.disentangle.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.google.gson.Gson;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ValueRenderersTest {

  private final Renderer renderer = new Renderer();

  @BeforeEach
  void register() {
    ValueRenderers.register(renderer);
  }

  private static Object text(DisplayData data) {
    return data.getData(MIMEType.TEXT_PLAIN);
  }

  @Test
  void picturesComeOutPixelForPixel() throws IOException {
    var image = new BufferedImage(37, 11, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 37 * 11; i++) {
      image.setRGB(i % 37, i / 37, 0x10203 * i & 0xffffff);
    }
    DisplayData data = renderer.render(image);
    byte[] png = Base64.getDecoder().decode((String) data.getData(MIMEType.IMAGE_PNG));
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(png));
    for (int i = 0; i < 37 * 11; i++) {
      assertEquals(image.getRGB(i % 37, i / 37), read.getRGB(i % 37, i / 37));
    }
    // A PNG ends with the four letters IEND and their checksum.
    assertEquals(
        "IEND", new String(png, png.length - 8, 4, java.nio.charset.StandardCharsets.US_ASCII));
    assertEquals("image of 37 x 11 pixels", text(data));
  }

  @Test
  void picturesBringTheirDescriptionAsAlternativeText() {
    var plain = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
    var properties = new Hashtable<String, Object>(Map.of("description", "two black pixels"));
    var image = new BufferedImage(plain.getColorModel(), plain.getRaster(), false, properties);
    DisplayData data = renderer.render(image);
    assertEquals("two black pixels", text(data));
    // What goes over the wire.
    String metadata = new Gson().toJsonTree(data).getAsJsonObject().get("metadata").toString();
    assertEquals("{\"image/png\":{\"alt\":\"two black pixels\"}}", metadata);
  }

  @Test
  void picturesOfDoubleDensityAreShownAtHalfTheirPixels() {
    var plain = new BufferedImage(8, 4, BufferedImage.TYPE_INT_RGB);
    var properties = new Hashtable<String, Object>(Map.of("description", "four", "density", 2));
    var image = new BufferedImage(plain.getColorModel(), plain.getRaster(), false, properties);
    String width =
        new Gson()
            .toJsonTree(renderer.render(image))
            .getAsJsonObject()
            .get("metadata")
            .getAsJsonObject()
            .get("image/png")
            .getAsJsonObject()
            .get("width")
            .toString();
    assertEquals("4", width);
  }

  /** Something with a form of its own. */
  public static final class WithHtml {
    public String toHtml() {
      return "<p>form</p>";
    }
  }

  @Test
  void objectsWithHtmlShowIt() {
    DisplayData data = renderer.render(new WithHtml());
    assertEquals("<p>form</p>", data.getData(MIMEType.TEXT_HTML));
    assertEquals("WithHtml", text(data));
  }

  @Test
  void allElseIsText() {
    DisplayData data = renderer.render(List.of(1, 2));
    assertEquals("[1, 2]", text(data));
    assertNull(data.getData(MIMEType.TEXT_HTML));
    assertEquals("hello", text(renderer.render("hello")));
  }

  @Test
  void arraysShowTheirElements() {
    assertEquals("[[1, 2], [], null]", text(renderer.render(new int[][] {{1, 2}, {}, null})));
    String shortened = (String) text(renderer.render(new double[1000]));
    assertEquals(37 + 3, shortened.split("0\\.0", -1).length - 1);
    assertEquals(
        "..., 0.0, 0.0, 0.0] (1000 elements)", shortened.substring(shortened.indexOf("...")));
  }
}
