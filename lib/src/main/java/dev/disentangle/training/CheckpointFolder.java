package dev.disentangle.training;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.disentangle.data.store.Checksums;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A folder of files that {@code run.json} names with their checksums.
 *
 * <p>New files are written beside those of an earlier save, under names that those do not have, and
 * flushed; then {@code run.json} is replaced by renaming, which happens at once or not at all; then
 * the earlier files are deleted. So whenever a process is killed, the folder holds the earlier save
 * or the new one, complete. Files and folders get the permissions that the process's umask gives,
 * and what else lies in the folder is left alone.
 *
 * @param folder the folder
 * @param run what {@code run.json} says
 */
record CheckpointFolder(Path folder, JsonObject run) {

  static final String RECORD = "run.json";

  /** Raised when older versions of the library would misread the files. */
  static final int FORMAT = 1;

  private static final String CHECKSUM = "checksum";
  private static final Gson JSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().serializeNulls().create();

  /** Writes one file's content. */
  @FunctionalInterface
  interface Content {
    void write(OutputStream out) throws IOException;
  }

  /**
   * Saves files into a folder, in place of what an earlier save left there.
   *
   * @param folder a new folder, an empty one, or one with an earlier save; may be a link to one
   * @param run what {@code run.json} shall say beside the files' names
   * @param files content by usual name, such as {@code weights.npz}
   * @throws IOException if it cannot be done; an earlier save is then as it was
   */
  static void write(Path folder, JsonObject run, Map<String, Content> files) throws IOException {
    boolean made = prepare(folder);
    List<Path> written = new ArrayList<>();
    try (FolderLock lock = FolderLock.take(folder, "saves into")) {
      List<String> earlier = earlierFiles(lock.folder());
      JsonObject listed = new JsonObject();
      for (Map.Entry<String, Content> file : files.entrySet()) {
        String name = earlier.contains(file.getKey()) ? second(file.getKey()) : file.getKey();
        written.add(lock.folder().resolve(name));
        listed.add(file.getKey(), store(lock.folder().resolve(name), file.getValue()));
      }
      run.addProperty("format", FORMAT);
      run.add("files", listed);
      commit(lock.folder(), run);
      written.clear();
      for (String name : earlier) {
        Files.deleteIfExists(lock.folder().resolve(name));
      }
    } catch (IOException | RuntimeException e) {
      written.add(folder.resolve(RECORD + ".part"));
      for (Path file : written) {
        Files.deleteIfExists(file);
      }
      if (made) {
        Files.deleteIfExists(folder.resolve(FolderLock.FILE));
        Files.deleteIfExists(folder);
      }
      throw e;
    }
  }

  /** Makes sure that the folder is there and ours to write to; tells whether it is new. */
  private static boolean prepare(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      if (Files.isSymbolicLink(folder)) {
        throw new IOException(folder + " is a link to nothing; choose another folder");
      }
      FolderLock.make(folder);
      return true;
    }
    if (!Files.isDirectory(folder)) {
      throw new IOException(folder + " is a file, and a checkpoint is a folder; choose another");
    }
    if (!Files.exists(folder.resolve(FolderLock.FILE)) && !isRecord(folder.resolve(RECORD))) {
      try (Stream<Path> entries = Files.list(folder)) {
        Path entry = entries.findFirst().orElse(null);
        if (entry != null) {
          throw new IOException(
              folder
                  + " holds "
                  + entry.getFileName()
                  + " and is not a checkpoint; nothing was saved, choose another folder");
        }
      }
    }
    return false;
  }

  private static boolean isRecord(Path file) {
    try {
      RunRecord.read(file);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Deletes a save, beginning with what makes it one; what else is in the folder stays.
   *
   * @throws IOException if a file cannot be deleted
   */
  static void delete(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    Files.deleteIfExists(folder.resolve(RECORD));
    boolean others = false;
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry : entries.toList()) {
        String name = entry.getFileName().toString();
        if (name.equals(FolderLock.FILE) || name.equals(RECORD + ".part") || isOurs(name)) {
          Files.deleteIfExists(entry);
        } else {
          others = true;
        }
      }
    }
    if (!others) {
      Files.deleteIfExists(folder);
    }
  }

  private static boolean isOurs(String name) {
    return name.matches("(weights|history)(-2)?\\.[a-z]+");
  }

  /** The names of the files of an earlier save; none where its record is unreadable. */
  private static List<String> earlierFiles(Path folder) {
    try {
      List<String> names = new ArrayList<>();
      JsonObject files = read(folder).run().getAsJsonObject("files");
      files.asMap().values().forEach(f -> names.add(f.getAsJsonObject().get("name").getAsString()));
      names.removeIf(name -> !isOurs(name));
      return names;
    } catch (IOException | RuntimeException e) {
      return List.of();
    }
  }

  private static String second(String name) {
    int dot = name.lastIndexOf('.');
    return name.substring(0, dot) + "-2" + name.substring(dot);
  }

  private static JsonObject store(Path file, Content content) throws IOException {
    try (FileOutputStream out = new FileOutputStream(file.toFile());
        OutputStream buffered = new KeptOpen(out)) {
      content.write(buffered);
      buffered.flush();
      out.getFD().sync();
    } catch (IOException e) {
      // The operating system's words, such as "No space left on device", name no file.
      throw new IOException(file + " could not be written: " + e.getMessage(), e);
    }
    JsonObject described = new JsonObject();
    described.addProperty("name", file.getFileName().toString());
    described.addProperty("bytes", Files.size(file));
    described.addProperty("sha256", Checksums.sha256(file));
    return described;
  }

  /** Leaves the closing to its owner, who has to flush the file first. */
  private static final class KeptOpen extends FilterOutputStream {
    KeptOpen(OutputStream out) {
      super(new BufferedOutputStream(out, 1 << 16));
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      out.write(bytes, from, count);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }

  static void commit(Path folder, JsonObject run) throws IOException {
    run.addProperty(CHECKSUM, "");
    run.addProperty(CHECKSUM, checksum(JSON.toJson(run) + "\n"));
    Path part = folder.resolve(RECORD + ".part");
    store(part, out -> out.write((JSON.toJson(run) + "\n").getBytes(StandardCharsets.UTF_8)));
    Files.move(
        part,
        folder.resolve(RECORD),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    flush(folder);
  }

  /** Flushes a folder's list of files, where the operating system can. */
  static void flush(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows opens no folders; its renames are flushed with the file.
      return;
    }
  }

  private static String checksum(String text) {
    return Checksums.sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads {@code run.json}.
   *
   * @throws IOException if it is missing, damaged or of a newer format; the message names it
   */
  static CheckpointFolder read(Path folder) throws IOException {
    Path file = folder.resolve(RECORD);
    String text;
    try {
      text = Files.readString(file);
    } catch (NoSuchFileException e) {
      boolean begun = Files.exists(folder.resolve(FolderLock.FILE));
      throw new IOException(
          folder
              + (begun
                  ? " has no run.json: saving it was cut off"
                  : Files.isDirectory(folder)
                      ? " is not a checkpoint: it has no run.json"
                      : " does not exist"),
          e);
    } catch (java.nio.charset.CharacterCodingException e) {
      throw new IOException(file + " is damaged: it is not text", e);
    }
    JsonObject run = parse(file, text);
    requireFormat(file, run);
    String given = text(run, CHECKSUM);
    if (!checksum(text.replace(given, "")).equals(given)) {
      throw new IOException(
          file + " is damaged, or was edited: its text does not have the checksum that it names");
    }
    return new CheckpointFolder(folder, run);
  }

  private static JsonObject parse(Path file, String text) throws IOException {
    try {
      JsonElement json = JsonParser.parseString(text);
      if (json.isJsonObject()) {
        return json.getAsJsonObject();
      }
    } catch (JsonParseException e) {
      throw new IOException(file + " is damaged: " + e.getMessage(), e);
    }
    throw new IOException(file + " is not a run record");
  }

  private static void requireFormat(Path file, JsonObject run) throws IOException {
    String format = text(run, "format");
    if (!format.equals(String.valueOf(FORMAT))) {
      throw new IOException(
          file
              + (format.isEmpty()
                  ? " names no format: it is not a checkpoint of this library, or an old one"
                  : " is of format " + format + ", and this version reads " + FORMAT));
    }
  }

  private static String text(JsonObject run, String name) {
    JsonElement value = run.get(name);
    return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
  }

  /**
   * Finds one of the files and checks it.
   *
   * @param usualName such as {@code weights.npz}
   * @throws IOException if it is missing or differs from what was saved; the message names it
   */
  Path file(String usualName) throws IOException {
    JsonObject files = run.getAsJsonObject("files");
    JsonObject described = files == null ? null : files.getAsJsonObject(usualName);
    if (described == null) {
      throw new IOException(folder.resolve(RECORD) + " names no " + usualName);
    }
    Path file = folder.resolve(text(described, "name")).normalize();
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + " is missing, which run.json names");
    }
    long bytes = described.get("bytes").getAsLong();
    if (Files.size(file) != bytes) {
      throw new IOException(
          file + " is damaged: it has " + Files.size(file) + " bytes, was saved with " + bytes);
    }
    if (!Checksums.sha256(file).equals(text(described, "sha256"))) {
      throw new IOException(file + " is damaged: its SHA-256 is not the one that run.json names");
    }
    return file;
  }
}
