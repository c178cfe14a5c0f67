package dev.disentangle.embedding;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.data.Image;
import dev.disentangle.data.ImageData;
import dev.disentangle.data.ImageShape;
import dev.disentangle.representation.Codes;
import dev.disentangle.representation.DecoderLayer;
import dev.disentangle.representation.ImageAutoencoder;
import dev.disentangle.representation.PortableDecoder;
import dev.disentangle.tensor.GradientMode;
import dev.disentangle.tensor.TorchScriptModule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A model that was trained in Python, from TorchScript files, as encoder and decoder: scores,
 * traversals, samples and the true total correlation take it as one of ours.
 *
 * <pre>{@code
 * var format = ModelFormat.of(new ImageShape(1, 64, 64)).range(-1, 1);
 * try (var model = TorchScriptModel.open(Path.of("encoder.pt"), Path.of("decoder.pt"), format)) {
 *   Scores.of(model, sprites)
 * }
 * }</pre>
 *
 * <p>In Python {@code torch.jit.script(encoder).save("encoder.pt")}, or {@code torch.jit.trace}
 * with an example, writes such a file. Loading one runs no code but TorchScript's own operations.
 */
public final class TorchScriptModel implements ImageAutoencoder, PortableDecoder, AutoCloseable {

  private static final int CHUNK = 64;

  private final String name;
  private final ModelFormat format;
  private final TorchScriptModule encoder;
  private final String encodeMethod;
  private final TorchScriptModule decoder;
  private final String decodeMethod;
  private final int latents;
  private ReadDecoder plain;

  private TorchScriptModel(
      String name,
      ModelFormat format,
      TorchScriptModule encoder,
      String encodeMethod,
      TorchScriptModule decoder,
      String decodeMethod) {
    this.name = name;
    this.format = format;
    this.encoder = encoder;
    this.encodeMethod = encodeMethod;
    this.decoder = decoder;
    this.decodeMethod = decodeMethod;
    ImageShape shape = format.images();
    Codes one = codes(new float[shape.pixels()], 1);
    this.latents = one.latents();
    decodeChunk(one.means(), 0, 1);
  }

  /**
   * Opens two files, whose {@code forward} encodes and decodes. Both are tried on one black image,
   * so that what does not fit is told at once.
   *
   * @param encoder takes images, gives means {@code [batch, latents]} and, as the format says,
   *     logarithms of variances
   * @param decoder takes codes {@code [batch, latents]}, gives images
   * @param format how they take and give them
   * @return the model; the caller closes it
   * @throws IOException if a file is missing or no TorchScript archive
   * @throws IllegalArgumentException if a network does not take or give what the format says
   */
  public static TorchScriptModel open(Path encoder, Path decoder, ModelFormat format)
      throws IOException {
    TorchScriptModule first = TorchScriptModule.load(encoder);
    try {
      TorchScriptModule second = TorchScriptModule.load(decoder);
      try {
        return new TorchScriptModel(name(encoder), format, first, "forward", second, "forward");
      } catch (RuntimeException e) {
        second.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      first.close();
      throw e;
    }
  }

  /**
   * Opens one file with methods {@code encode} and {@code decode}, as a trained model's export has
   * them.
   *
   * @param file the file
   * @param format how it takes and gives images and codes
   * @return the model; the caller closes it
   * @throws IOException if the file is missing or no TorchScript archive
   * @throws IllegalArgumentException if a method does not take or give what the format says
   */
  public static TorchScriptModel open(Path file, ModelFormat format) throws IOException {
    TorchScriptModule both = TorchScriptModule.load(file);
    try {
      return new TorchScriptModel(name(file), format, both, "encode", both, "decode");
    } catch (RuntimeException e) {
      both.close();
      throw e;
    }
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  /** Returns the encoder's file name. */
  @Override
  public String name() {
    return name;
  }

  @Override
  public int latents() {
    return latents;
  }

  @Override
  public Codes encode(List<Image> images) {
    if (images.isEmpty()) {
      throw new IllegalArgumentException("images must not be empty");
    }
    images.forEach(image -> requireShape(image.shape()));
    return inChunks(images.size(), (start, end) -> Image.batch(images.subList(start, end)));
  }

  @Override
  public Codes encode(ImageData data, int[] indices) {
    if (indices.length == 0) {
      throw new IllegalArgumentException("indices must not be empty");
    }
    requireShape(data.shape());
    return inChunks(
        indices.length,
        (start, end) -> {
          float[] pixels = new float[(end - start) * format.images().pixels()];
          data.read(Arrays.copyOfRange(indices, start, end), pixels);
          return pixels;
        });
  }

  /** The pixels of some images, from {@code start} to before {@code end}. */
  @FunctionalInterface
  private interface Pixels {
    float[] read(int start, int end);
  }

  private Codes inChunks(int count, Pixels pixels) {
    float[][] means = new float[count][];
    float[][] logVariances = new float[count][];
    for (int start = 0; start < count; start += CHUNK) {
      int end = Math.min(start + CHUNK, count);
      Codes some = codes(pixels.read(start, end), end - start);
      System.arraycopy(some.means(), 0, means, start, end - start);
      System.arraycopy(some.logVariances(), 0, logVariances, start, end - start);
    }
    return new Codes(means, logVariances);
  }

  private Codes codes(float[] pixels, int count) {
    ImageShape shape = format.images();
    try (NDManager scope = encoder.newManager()) {
      NDArray given =
          scope.create(pixels, new Shape(count, shape.channels(), shape.height(), shape.width()));
      NDArray images = GradientMode.paused(() -> PixelLayout.theirs(given, format));
      NDList outputs = encoder.call(encodeMethod, images);
      return EncoderOutputs.codes(outputs, name, format, count);
    }
  }

  @Override
  public List<Image> decode(float[][] codes) {
    if (codes.length == 0) {
      throw new IllegalArgumentException("codes must not be empty");
    }
    List<Image> images = new ArrayList<>();
    for (int start = 0; start < codes.length; start += CHUNK) {
      images.addAll(decodeChunk(codes, start, Math.min(start + CHUNK, codes.length)));
    }
    return images;
  }

  private List<Image> decodeChunk(float[][] codes, int start, int end) {
    float[] flat = new float[(end - start) * latents];
    for (int i = start; i < end; i++) {
      if (codes[i].length != latents) {
        throw new IllegalArgumentException(
            "codes must have " + latents + " latents, row " + i + " had " + codes[i].length);
      }
      System.arraycopy(codes[i], 0, flat, (i - start) * latents, latents);
    }
    ImageShape shape = format.images();
    try (NDManager scope = decoder.newManager()) {
      NDArray given = scope.create(flat, new Shape(end - start, latents));
      NDArray decoded = decoder.call(decodeMethod, given).get(0);
      float[] pixels =
          GradientMode.paused(() -> PixelLayout.ours(decoded, end - start, format, name))
              .toFloatArray();
      List<Image> images = new ArrayList<>();
      for (int i = 0; i < end - start; i++) {
        int from = i * shape.pixels();
        images.add(new Image(shape, Arrays.copyOfRange(pixels, from, from + shape.pixels())));
      }
      return images;
    }
  }

  /**
   * Reads the decoder's layers from the text of its TorchScript: dense layers, transposed
   * convolutions, rectifiers and a sigmoid, or a hyperbolic tangent for values in {@code [-1, 1]},
   * one after the other.
   */
  @Override
  public synchronized Optional<List<DecoderLayer>> decoderLayers() {
    if (plain == null) {
      plain = ReadDecoder.of(decoder, decodeMethod, format, latents);
    }
    return plain.layers();
  }

  @Override
  public String whatIsNotPortable() {
    return decoderLayers().isPresent() ? "" : plain.reason();
  }

  private void requireShape(ImageShape given) {
    if (!given.equals(format.images())) {
      throw new IllegalArgumentException(
          name + " takes images of " + format.images() + ", was given " + given);
    }
  }

  @Override
  public void close() {
    encoder.close();
    if (decoder != encoder) {
      decoder.close();
    }
  }
}
