package dev.disentangle.data.fetch;

import dev.disentangle.data.store.Checksums;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Fetches the files of a data set into a folder of its own, and checks them.
 *
 * <p>A file arrives under a temporary name ending in {@code .part} and gets its own only when its
 * size and SHA-256 are right; what is already there and right is not fetched again. A broken
 * transfer is taken up where it stopped, where the server allows it and a hash is known. Where the
 * catalogue has no hash, the file is kept and its hash is returned, so that it can be compared and
 * noted. Nothing is unpacked.
 *
 * <p>One setting leads elsewhere, the system property {@value #MIRROR} or the environment variable
 * {@value #MIRROR_VARIABLE}: with {@code https://host/path}, a file is taken from {@code
 * https://host/path/DATASET/FILE}. Java's own properties {@code http.proxyHost}, {@code
 * https.proxyHost} and so on name a proxy.
 */
public final class Download {

  /** The system property that names a mirror. */
  public static final String MIRROR = "disentangle.mirror";

  /** The environment variable that names a mirror. */
  public static final String MIRROR_VARIABLE = "DISENTANGLE_MIRROR";

  private final Path root;
  private final String mirror;
  private final Progress progress;
  private final Transfer transfer;

  private Download(Path root, String mirror, Progress progress, Duration patience) {
    this.root = root;
    this.mirror = mirror;
    this.progress = progress;
    this.transfer = new Transfer(patience);
  }

  /**
   * Prepares to fetch, with a progress bar, giving up after a minute without data.
   *
   * @param root folder of all data sets, such as {@code datasets}
   * @return the downloader
   */
  public static Download into(Path root) {
    return into(root, Progress.bar(), Duration.ofMinutes(1));
  }

  /**
   * Prepares to fetch.
   *
   * @param root folder of all data sets, such as {@code datasets}
   * @param progress is told how far each transfer has come
   * @param patience how long to wait for the next data before giving up
   * @return the downloader
   */
  public static Download into(Path root, Progress progress, Duration patience) {
    String variable = System.getenv().getOrDefault(MIRROR_VARIABLE, "");
    return new Download(root, System.getProperty(MIRROR, variable), progress, patience);
  }

  /**
   * A file that is there and complete.
   *
   * @param file where it lies
   * @param sha256 its SHA-256
   * @param verified whether the catalogue has a hash, which is then the same
   */
  public record Result(Path file, String sha256, boolean verified) {}

  /**
   * Fetches all files of a data set of the library's own catalogue.
   *
   * @param dataset its name in {@code datasets/catalogue.csv}
   * @return the files
   * @throws IOException if a transfer fails, a file has another size or hash than it should, or the
   *     data set must be fetched by hand
   * @throws InterruptedException if the thread is interrupted; the next call takes up the transfer
   * @throws IllegalArgumentException if there is no such data set
   */
  public List<Result> dataset(String dataset) throws IOException, InterruptedException {
    List<Result> results = new ArrayList<>();
    for (CatalogueEntry entry : Catalogue.standard().files(dataset)) {
      results.add(file(entry));
    }
    return List.copyOf(results);
  }

  /**
   * Fetches one file.
   *
   * @param entry what the catalogue says about it
   * @return the file
   * @throws IOException if the transfer fails, the file has another size or hash than it should, or
   *     it must be fetched by hand
   * @throws InterruptedException if the thread is interrupted; the next call takes up the transfer
   */
  public Result file(CatalogueEntry entry) throws IOException, InterruptedException {
    Path folder = root.resolve(entry.dataset());
    Path file = folder.resolve(entry.file());
    if (Files.isRegularFile(file)) {
      return check(entry, file);
    }
    Files.createDirectories(folder);
    Path part = folder.resolve(entry.file() + ".part");
    URI source = source(entry);
    if (entry.sha256().isEmpty()) {
      // Without a hash nobody would notice that the rest comes from another version of the file.
      Files.deleteIfExists(part);
    }
    long total = entry.bytes().orElse(-1);
    transfer.run(source, part, total, bytes -> progress.at(entry.file(), bytes, total));
    Result arrived;
    try {
      arrived = check(entry, part);
    } catch (IOException e) {
      // What is wrong now would still be wrong after another attempt to take it up.
      Files.deleteIfExists(part);
      throw new IOException(e.getMessage() + "; it came from " + source, e);
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    return new Result(file, arrived.sha256(), arrived.verified());
  }

  private URI source(CatalogueEntry entry) throws IOException {
    if (!mirror.isEmpty()) {
      String base = mirror.endsWith("/") ? mirror : mirror + "/";
      return URI.create(base + entry.dataset() + "/" + entry.file());
    }
    return entry
        .url()
        .orElseThrow(
            () ->
                new IOException(
                    entry.file()
                        + " cannot be fetched without agreeing to its terms: "
                        + entry.citation()
                        + "; put it into "
                        + root.resolve(entry.dataset())));
  }

  private static Result check(CatalogueEntry entry, Path file) throws IOException {
    long size = Files.size(file);
    if (entry.bytes().isPresent() && entry.bytes().getAsLong() != size) {
      throw new IOException(
          file + ": expected " + entry.bytes().getAsLong() + " bytes, found " + size);
    }
    String sha256 = Checksums.sha256(file);
    if (entry.sha256().isPresent() && !entry.sha256().get().equals(sha256)) {
      throw new IOException(
          file + ": expected SHA-256 " + entry.sha256().get() + ", found " + sha256);
    }
    return new Result(file, sha256, entry.sha256().isPresent());
  }
}
