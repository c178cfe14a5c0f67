package dev.disentangle.training;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
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
      channel = open(file);
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

  private static FileChannel open(Path file) throws IOException {
    try {
      return FileChannel.open(
          file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } catch (FileSystemException e) {
      throw new IOException("nothing can be written in " + file.getParent() + explanation(e), e);
    }
  }

  /**
   * Makes a folder, if need be with those above it.
   *
   * @throws IOException if it cannot be made; the message names it and says why
   */
  static void make(Path folder) throws IOException {
    try {
      Files.createDirectories(folder);
    } catch (FileSystemException e) {
      throw new IOException("the folder " + folder + " cannot be made" + explanation(e), e);
    }
  }

  /** The operating system's reason, which Java leaves out where it has an exception for it. */
  private static String explanation(FileSystemException e) {
    String reason =
        e instanceof AccessDeniedException
            ? "permission denied"
            : e instanceof FileAlreadyExistsException
                ? "there is a file of that name"
                : e.getReason() == null ? e.toString() : e.getReason();
    return " (" + reason + "); choose another folder, or make this one writable";
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
