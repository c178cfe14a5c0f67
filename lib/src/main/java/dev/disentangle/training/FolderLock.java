package dev.disentangle.training;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a folder for one writer, also against other processes, by a lock on a hidden file in it.
 * The operating system gives the lock back when a process ends, however it ends. The file stays: it
 * also marks a folder as ours before anything else is in it.
 */
final class FolderLock implements AutoCloseable {

  static final String FILE = ".lock";

  /** This process's locks. Opening a locked file once more could, when closed, undo the lock. */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private FolderLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Locks a folder.
   *
   * @param folder an existing folder
   * @param use what it is locked for, such as {@code saves into}
   * @throws FolderInUseException if somebody else has locked it; the message says who
   * @throws IOException if the lock cannot be written
   */
  static FolderLock take(Path folder, String use) throws IOException {
    Path file = folder.toRealPath().resolve(FILE);
    if (!HELD.add(file)) {
      throw new FolderInUseException("another training of this process " + use + " " + folder);
    }
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        String holder = Files.readString(file).strip();
        throw new FolderInUseException(
            "another process"
                + (holder.isEmpty() ? "" : ", " + holder + ",")
                + " "
                + use
                + " "
                + folder
                + "; wait for it, end it, or choose another folder");
      }
      sign(channel);
      return new FolderLock(file, channel);
    } catch (IOException | RuntimeException e) {
      HELD.remove(file);
      if (channel != null) {
        channel.close();
      }
      throw e;
    }
  }

  /** Leaves a name for the message that others get. */
  private static void sign(FileChannel channel) {
    String text = "process " + ProcessHandle.current().pid() + "\n";
    try {
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
    } catch (IOException e) {
      // On a full disk the lock holds without a name; what follows will say what is wrong.
      return;
    }
  }

  /** The locked folder, links resolved. */
  Path folder() {
    return file.getParent();
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      HELD.remove(file);
    }
  }
}
