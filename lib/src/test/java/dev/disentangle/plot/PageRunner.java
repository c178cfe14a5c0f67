package dev.disentangle.plot;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Runs an explorer's script outside of the library: in Node, and in a browser without a window. */
public final class PageRunner {

  private static final Pattern CONFIG = Pattern.compile("var config = (\\{.*});\n");

  private PageRunner() {}

  /** The program of the first name that is on the path. */
  public static Optional<Path> find(String... names) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.of(names)
        .flatMap(name -> Stream.of(path.split(File.pathSeparator)).map(dir -> Path.of(dir, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Decodes a code by the page's own script in Node. */
  public static float[] decodeInNode(Path node, String html, float[] code, Path folder)
      throws IOException, InterruptedException {
    Matcher config = CONFIG.matcher(html);
    if (!config.find()) {
      throw new AssertionError("the page has no configuration");
    }
    int from = html.indexOf("/* The decoder:");
    String decoder = html.substring(from, html.indexOf("function build", from));
    Path script = folder.resolve("decode.js");
    Files.writeString(
        script,
        "var config = %s;\n%s\nconsole.log(Array.from(decode(%s)).join(','));\n"
            .formatted(config.group(1), decoder, Arrays.toString(code)));
    String[] values = run(folder, List.of(node.toString(), script.toString())).strip().split(",");
    float[] pixels = new float[values.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = Float.parseFloat(values[i]);
    }
    return pixels;
  }

  /** The page's elements after its scripts have run, or a picture of it where one is named. */
  public static String open(Path chromium, Path page, Path folder, String... more)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(
            chromium.toString(),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--user-data-dir=" + folder.resolve("profile"),
            "--virtual-time-budget=10000"));
    command.addAll(List.of(more));
    command.add(page.toUri().toString());
    return run(folder, command);
  }

  private static String run(Path folder, List<String> command)
      throws IOException, InterruptedException {
    Path output = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(folder.resolve("errors.txt").toFile())
            .start();
    if (!process.waitFor(3, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError(command.get(0) + " did not end");
    }
    if (process.exitValue() != 0) {
      throw new AssertionError(Files.readString(folder.resolve("errors.txt")));
    }
    return Files.readString(output);
  }
}
