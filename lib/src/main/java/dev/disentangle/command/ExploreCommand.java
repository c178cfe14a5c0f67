package dev.disentangle.command;

import dev.disentangle.data.DSprites;
import dev.disentangle.data.ImageData;
import dev.disentangle.data.ImageFolder;
import dev.disentangle.data.ImageShape;
import dev.disentangle.embedding.ModelFormat;
import dev.disentangle.embedding.TorchScriptModel;
import dev.disentangle.plot.Explorer;
import dev.disentangle.representation.ImageAutoencoder;
import dev.disentangle.training.Models;
import dev.disentangle.training.TrainedModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The explorer's page of a saved run or of a model from Python, from a terminal: {@code
 * environment/explore MODEL IMAGES}. Exit codes are those of {@link ScoreCommand}.
 */
@Command(
    name = "environment/explore",
    sortOptions = false,
    description = {
      "Writes a page with a slider per latent that decodes as it moves, also offline.",
      "Exit codes: 0 fine, 1 bad input, 2 bad usage.",
      ""
    })
public final class ExploreCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "MODEL",
      description =
          "folder of a saved run or of one of its checkpoints, a TorchScript file that encodes, or"
              + " the name of a model that comes with the library (--models)")
  private String model;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "IMAGES",
      description =
          "folder or zip of pictures, or the word dsprites; not needed by models of the library")
  private String images;

  @Option(
      names = "--image",
      paramLabel = "N",
      defaultValue = "0",
      description = "which image the sliders start from, from 0 (0)")
  private int image;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      defaultValue = "explorer.html",
      description = "the page to write (explorer.html)")
  private Path output;

  @Option(
      names = "--decoder",
      paramLabel = "FILE",
      description = "TorchScript file that decodes; without it MODEL has methods encode and decode")
  private Path decoder;

  @Option(
      names = "--shape",
      split = ",",
      paramLabel = "SIZE",
      description =
          "of a TorchScript model: channels, height and width of its images, such as 1,64,64")
  private List<Integer> shape = List.of();

  @Option(
      names = "--outputs",
      split = ",",
      paramLabel = "N",
      description =
          "of a TorchScript model: which outputs are means and log variances (0,1); the same"
              + " twice if side by side, -1 for no variances")
  private List<Integer> outputs = List.of(0, 1);

  @Option(
      names = "--range",
      split = ",",
      paramLabel = "VALUE",
      description = "of a TorchScript model: what pixels of 0 and 1 become (0,1)")
  private List<Float> range = List.of(0f, 1f);

  @Option(names = "--channels-last", description = "of a TorchScript model")
  private boolean channelsLast;

  @Option(names = "--logits", description = "of a TorchScript model: its decoder gives logits")
  private boolean logits;

  @Option(names = "--models", help = true, description = "lists the models of the library")
  private boolean list;

  @Option(names = "--help", usageHelp = true, description = "this text")
  private boolean help;

  private ExploreCommand() {}

  /**
   * Runs the command and ends the process.
   *
   * @param arguments see {@code --help}
   */
  public static void main(String... arguments) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(run(out, err, arguments));
  }

  /**
   * Runs the command.
   *
   * @param out receives one line on the page
   * @param err receives errors
   * @param arguments see {@code --help}
   * @return the exit code
   */
  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    return CommandLines.run(new ExploreCommand(), out, err, arguments);
  }

  @Override
  public Integer call() throws IOException {
    if (list) {
      spec.commandLine().getOut().println(Models.list().printAll());
      return 0;
    }
    if (model != null && !Files.exists(Path.of(model)) && Models.names().contains(model)) {
      try (TrainedModel trained = Models.open(model)) {
        write(trained, trained.imageShape());
      }
      return 0;
    }
    if (model == null || images == null) {
      throw new ParameterException(
          spec.commandLine(), "expected MODEL and IMAGES, or the name of a model of --models");
    }
    return explore(Path.of(model));
  }

  private int explore(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      try (TrainedModel trained = TrainedModel.open(checkpoint(file))) {
        write(trained, trained.imageShape());
      }
      return 0;
    }
    if (!Files.isRegularFile(file)) {
      throw new IOException(
          file
              + ": expected a saved run, a TorchScript file or one of "
              + Models.names()
              + ", found none");
    }
    ModelFormat format = format();
    try (TorchScriptModel imported =
        decoder == null
            ? TorchScriptModel.open(file, format)
            : TorchScriptModel.open(file, decoder, format)) {
      write(imported, format.images());
    }
    return 0;
  }

  private void write(ImageAutoencoder autoencoder, ImageShape wanted) throws IOException {
    ImageData data = images(wanted);
    if (image < 0 || image >= data.size()) {
      throw new IllegalArgumentException(
          "--image must be at least 0 and below " + data.size() + ", was " + image);
    }
    Explorer.of(autoencoder, data.image(image)).save(output);
    spec.commandLine()
        .getOut()
        .printf(
            "%s: %d latents of %s, from image %d of %d%n",
            output, autoencoder.latents(), autoencoder.name(), image, data.size());
  }

  /** What was asked for; the library's models were trained on sprites of their size. */
  private ImageData images(ImageShape wanted) throws IOException {
    if (images == null || "dsprites".equals(images)) {
      return wanted.height() < 64 ? DSprites.small() : DSprites.generate();
    }
    return ImageFolder.read(Path.of(images), wanted);
  }

  /** The folder itself if it is a checkpoint, else the last checkpoint in it. */
  private static Path checkpoint(Path folder) throws IOException {
    if (Files.exists(folder.resolve("run.json"))) {
      return folder;
    }
    try (Stream<Path> inside = Files.list(folder)) {
      return inside
          .filter(path -> Files.exists(path.resolve("run.json")))
          .max(Comparator.comparing(path -> path.getFileName().toString()))
          .orElseThrow(
              () -> new IOException(folder + ": expected a saved run, found no run.json in it"));
    }
  }

  private ModelFormat format() {
    if (shape.size() != 3 || outputs.size() != 2 || range.size() != 2) {
      throw new ParameterException(
          spec.commandLine(),
          "a TorchScript model needs --shape CHANNELS,HEIGHT,WIDTH; --outputs and --range take two"
              + " numbers");
    }
    ModelFormat format =
        ModelFormat.of(new ImageShape(shape.get(0), shape.get(1), shape.get(2)))
            .outputs(outputs.get(0), outputs.get(1))
            .range(range.get(0), range.get(1));
    format = channelsLast ? format.withChannelsLast() : format;
    return logits ? format.withLogits() : format;
  }
}
