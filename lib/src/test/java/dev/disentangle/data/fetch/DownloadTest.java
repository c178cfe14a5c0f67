package dev.disentangle.data.fetch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.data.store.Checksums;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadTest {

  private static final int SIZE = 3_500;

  @TempDir Path folder;
  private byte[] content;
  private String sha256;
  private TestServer server;
  private final AtomicLong seen = new AtomicLong();

  @BeforeEach
  void start() throws IOException {
    content = new byte[SIZE];
    new SplittableRandom(2).nextBytes(content);
    Path file = folder.resolve("content");
    Files.write(file, content);
    sha256 = Checksums.sha256(file);
    server = new TestServer(content);
  }

  @AfterEach
  void stop() {
    server.close();
    System.clearProperty(Download.MIRROR);
  }

  private Download download() {
    return Download.into(
        folder.resolve("datasets"),
        (file, bytes, total) -> seen.set(bytes),
        Duration.ofMillis(400));
  }

  private CatalogueEntry entry(String path) {
    return entry(Optional.of(server.uri(path)), OptionalLong.of(SIZE), Optional.of(sha256));
  }

  private static CatalogueEntry entry(
      Optional<URI> url, OptionalLong bytes, Optional<String> sha256) {
    return new CatalogueEntry("set", "file.bin", url, bytes, sha256, "free", "a page");
  }

  private Path file() {
    return folder.resolve("datasets/set/file.bin");
  }

  private Path part() {
    return folder.resolve("datasets/set/file.bin.part");
  }

  private void assertArrives(CatalogueEntry entry) throws Exception {
    Download.Result result = download().file(entry);
    assertArrayEquals(content, Files.readAllBytes(file()));
    assertEquals(new Download.Result(file(), sha256, entry.sha256().isPresent()), result);
    assertFalse(Files.exists(part()));
  }

  private String failureOf(CatalogueEntry entry) {
    Throwable error = assertThrows(IOException.class, () -> download().file(entry));
    assertFalse(Files.exists(file()), "nothing wrong gets the file's name");
    return error.getMessage();
  }

  @Test
  void aFileArrivesOnce() throws Exception {
    assertArrives(entry("/ranges"));
    assertEquals(SIZE, seen.get());
    assertArrives(entry("/missing"));
    assertEquals(1, server.ranges.size(), "what is there is not fetched again");
  }

  @Test
  void redirectsAreFollowed() throws Exception {
    assertArrives(entry("/redirect"));
  }

  @Test
  void aBrokenTransferIsTakenUp() throws Exception {
    assertArrives(entry("/truncated"));
    assertEquals(
        java.util.List.of("null", "bytes=1000-", "bytes=2000-", "bytes=3000-"), server.ranges);
  }

  @Test
  void aTransferIsTakenUpOnAnotherDay() throws Exception {
    Files.createDirectories(part().getParent());
    Files.write(part(), Arrays.copyOf(content, 1234));
    assertArrives(entry("/ranges"));
    assertEquals(java.util.List.of("bytes=1234-"), server.ranges);
  }

  @Test
  void aServerWithoutRangesStartsAnew() throws Exception {
    Files.createDirectories(part().getParent());
    Files.write(part(), new byte[1234]);
    assertArrives(entry("/whole"));
  }

  @Test
  void aLeftoverOfAnotherVersionIsFound() throws Exception {
    Files.createDirectories(part().getParent());
    Files.write(part(), new byte[1234]);
    assertTrue(failureOf(entry("/ranges")).contains("SHA-256 " + sha256));
    assertFalse(Files.exists(part()), "the next attempt starts anew");
    assertArrives(entry("/ranges"));
    Files.delete(file());
    Files.write(part(), new byte[SIZE + 5]);
    assertTrue(failureOf(entry("/ranges")).contains("expected 3500 bytes, found 3505"));
  }

  @Test
  void truncatedForEverEndsInAnError() {
    assertTrue(failureOf(entry("/truncated-whole")).contains("gave up after 4 attempts"));
  }

  @Test
  void aStalledServerEndsInAnError() {
    assertTrue(failureOf(entry("/stalls")).contains("no data for"));
  }

  @Test
  void refusalsAndBusyServersAreNamed() {
    assertTrue(failureOf(entry("/missing")).contains("status 404"));
    assertEquals(1, server.ranges.size(), "a refusal is not asked again");
    assertTrue(failureOf(entry("/busy")).contains("status 503"));
    assertTrue(failureOf(entry("/endless")).contains("sends more"));
  }

  @Test
  void wrongHashesAndSizesAreRefused() {
    Optional<URI> url = Optional.of(server.uri("/ranges"));
    String wrong = "0".repeat(64);
    String message = failureOf(entry(url, OptionalLong.of(SIZE), Optional.of(wrong)));
    assertTrue(message.contains(wrong) && message.contains(sha256), message);
    message = failureOf(entry(url, OptionalLong.of(SIZE + 1), Optional.of(sha256)));
    assertTrue(message.contains("expected 3501 bytes"), message);
  }

  @Test
  void withoutAHashTheFileIsKeptAndItsHashReported() throws Exception {
    Files.createDirectories(part().getParent());
    Files.write(part(), new byte[1234]);
    assertArrives(
        entry(Optional.of(server.uri("/ranges")), OptionalLong.empty(), Optional.empty()));
  }

  @Test
  void alteredFilesThatAreThereAreRefused() throws Exception {
    assertArrives(entry("/ranges"));
    content[7] ^= 1;
    Files.write(file(), content);
    Throwable error = assertThrows(IOException.class, () -> download().file(entry("/ranges")));
    assertTrue(error.getMessage().contains("file.bin: expected SHA-256"), error.getMessage());
  }

  @Test
  void aMirrorReplacesTheAddress() throws Exception {
    System.setProperty(Download.MIRROR, server.uri("/mirror").toString());
    assertArrives(entry(Optional.empty(), OptionalLong.of(SIZE), Optional.of(sha256)));
  }

  @Test
  void filesWithoutAnAddressSayWhatToDo() {
    String message = failureOf(entry(Optional.empty(), OptionalLong.empty(), Optional.empty()));
    assertTrue(message.contains("a page") && message.contains("set"), message);
  }

  @Test
  void anInterruptEndsTheTransferAndLeavesWhatCame() throws Exception {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Download patient =
        Download.into(folder.resolve("datasets"), Progress.none(), Duration.ofMinutes(5));
    Thread thread =
        new Thread(
            () -> {
              try {
                patient.file(entry("/stalls"));
              } catch (IOException | InterruptedException e) {
                thrown.set(e);
              }
            });
    thread.start();
    while (server.ranges.isEmpty()) {
      Thread.sleep(10);
    }
    thread.interrupt();
    thread.join(60_000);
    assertFalse(thread.isAlive());
    assertTrue(thrown.get() instanceof InterruptedException, () -> "was " + thrown.get());
    assertFalse(Files.exists(file()));
  }

  @Test
  void namesCannotLeadOutOfTheFolder() {
    for (String name : new String[] {"../x", "a/b", "/etc", "", ".hidden", "a\\b", "C:x"}) {
      assertThrows(
          IllegalArgumentException.class,
          () ->
              new CatalogueEntry(
                  "set", name, Optional.empty(), OptionalLong.empty(), Optional.empty(), "", ""),
          name);
    }
    assertNull(thrownBy("https://example.org/x"));
    assertTrue(thrownBy("file:///etc/passwd") instanceof IllegalArgumentException);
  }

  private static Throwable thrownBy(String url) {
    try {
      entry(Optional.of(URI.create(url)), OptionalLong.empty(), Optional.empty());
      return null;
    } catch (IllegalArgumentException e) {
      return e;
    }
  }
}
