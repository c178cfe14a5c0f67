package dev.disentangle.data.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.function.LongConsumer;

/** Brings the bytes of one address into a file, several times if need be. */
final class Transfer {

  private static final int ATTEMPTS = 4;
  private static final int PARTIAL = 206;
  private static final int UNSATISFIABLE = 416;
  private static final long REPORT_NANOS = 200_000_000L;

  private final Duration patience;
  private final HttpClient client;

  Transfer(Duration patience) {
    this.patience = patience;
    this.client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .proxy(ProxySelector.getDefault())
            .connectTimeout(patience)
            .build();
  }

  /**
   * Fetches a file, or the rest of it.
   *
   * @param source the address
   * @param part where the bytes go; what is there already is kept
   * @param total how many bytes there must be, -1 where unknown
   * @param progress is told how many there are
   */
  void run(URI source, Path part, long total, LongConsumer progress)
      throws IOException, InterruptedException {
    IOException last = null;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      long before = size(part);
      if (total >= 0 && before >= total) {
        return;
      }
      try {
        attempt(source, part, before, total, progress);
        return;
      } catch (RefusedException e) {
        throw e;
      } catch (IOException e) {
        last = e;
      }
    }
    throw new IOException(
        source
            + ": gave up after "
            + ATTEMPTS
            + " attempts and "
            + size(part)
            + " bytes, "
            + last.getMessage(),
        last);
  }

  private static long size(Path part) throws IOException {
    return Files.isRegularFile(part) ? Files.size(part) : 0;
  }

  /** The server answers that it will not give the file; asking again would not help. */
  private static final class RefusedException extends IOException {
    private static final long serialVersionUID = 1;

    RefusedException(String message) {
      super(message);
    }
  }

  private void attempt(URI source, Path part, long from, long total, LongConsumer progress)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(source).timeout(patience);
    if (from > 0) {
      request.header("Range", "bytes=" + from + "-");
    }
    HttpResponse<InputStream> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      int status = response.statusCode();
      if (status == UNSATISFIABLE) {
        Files.deleteIfExists(part);
        throw new IOException("the server has fewer bytes than were fetched before");
      }
      if (status >= 500) {
        throw new IOException("the server answers with status " + status);
      }
      if (status != 200 && status != PARTIAL) {
        throw new RefusedException(
            source + ": expected the file, the server answers with status " + status);
      }
      boolean resumed =
          status == PARTIAL
              && response
                  .headers()
                  .firstValue("Content-Range")
                  .filter(range -> range.startsWith("bytes " + from + "-"))
                  .isPresent();
      copy(body, part, resumed ? from : 0, total, progress);
      checkLength(response, resumed ? from : 0, size(part));
    }
  }

  /** A body that is cut short may end without an error. */
  private static void checkLength(HttpResponse<?> response, long from, long size)
      throws IOException {
    long promised = response.headers().firstValueAsLong("Content-Length").orElse(-1);
    if (promised >= 0 && size - from < promised) {
      throw new IOException("expected " + promised + " bytes, the server sent " + (size - from));
    }
  }

  private void copy(InputStream body, Path part, long from, long total, LongConsumer progress)
      throws IOException, InterruptedException {
    StandardOpenOption how =
        from > 0 ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
    try (PatientReader reader = new PatientReader(body, patience);
        OutputStream out =
            Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, how)) {
      byte[] piece = new byte[1 << 16];
      long size = from;
      long reported = System.nanoTime();
      for (int got = reader.read(piece); got >= 0; got = reader.read(piece)) {
        size += got;
        if (total >= 0 && size > total) {
          throw new RefusedException(
              part + ": expected " + total + " bytes, the server sends more");
        }
        out.write(piece, 0, got);
        if (System.nanoTime() - reported > REPORT_NANOS) {
          progress.accept(size);
          reported = System.nanoTime();
        }
      }
      progress.accept(size);
    }
  }
}
