package dev.disentangle.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Copies resources to files, and damages files. */
public final class TestFiles {

  private TestFiles() {}

  /** Copies a resource of this package, such as {@code format/rgb.png}, into a folder. */
  public static Path copy(String resource, Path folder, String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    try (InputStream stream = TestFiles.class.getResourceAsStream(resource)) {
      Files.copy(stream, file, StandardCopyOption.REPLACE_EXISTING);
    }
    return file;
  }

  /** Cuts a file short (even trials) or flips one bit (odd trials). */
  public static byte[] damaged(byte[] sound, int trial, SplittableRandom random) {
    if (trial % 2 == 0) {
      return Arrays.copyOf(sound, random.nextInt(sound.length));
    }
    byte[] damaged = sound.clone();
    damaged[random.nextInt(sound.length)] ^= (byte) (1 << random.nextInt(8));
    return damaged;
  }
}
