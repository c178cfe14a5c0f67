package dev.disentangle.data.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of files, for fingerprints and for checking downloads. */
public final class Checksums {

  private Checksums() {}

  /**
   * Computes the SHA-256 of a file.
   *
   * @param file the file
   * @return 64 hexadecimal digits
   * @throws IOException if the file cannot be read
   */
  public static String sha256(Path file) throws IOException {
    MessageDigest digest = newSha256();
    byte[] piece = new byte[1 << 16];
    try (InputStream stream = Files.newInputStream(file)) {
      for (int got = stream.read(piece); got >= 0; got = stream.read(piece)) {
        digest.update(piece, 0, got);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * Computes the SHA-256 of bytes.
   *
   * @param bytes the bytes
   * @return 64 hexadecimal digits
   */
  public static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(newSha256().digest(bytes));
  }

  /**
   * Starts a SHA-256.
   *
   * @return a digest without any bytes yet
   */
  public static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
