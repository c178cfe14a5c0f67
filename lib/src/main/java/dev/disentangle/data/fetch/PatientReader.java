package dev.disentangle.data.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Reads a stream on a thread of its own, so that a stalled server blocks nobody and an interrupt
 * ends the wait: the streams of Java's HTTP client know no time limit and ignore interrupts.
 */
final class PatientReader implements AutoCloseable {

  private final InputStream stream;
  private final Duration patience;
  private final ExecutorService reader;

  PatientReader(InputStream stream, Duration patience) {
    this.stream = stream;
    this.patience = patience;
    this.reader =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "download");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Reads as the stream does, or fails when nothing comes. */
  int read(byte[] into) throws IOException, InterruptedException {
    Future<Integer> got = reader.submit(() -> stream.read(into));
    try {
      return got.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new HttpTimeoutException("no data for " + patience.toMillis() + " ms");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    }
  }

  @Override
  public void close() throws IOException {
    stream.close();
    reader.shutdownNow();
  }
}
