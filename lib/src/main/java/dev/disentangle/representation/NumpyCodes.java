package dev.disentangle.representation;

import dev.disentangle.data.FactorTable;
import dev.disentangle.data.format.NpyHeader;
import dev.disentangle.data.format.NpyReader;
import dev.disentangle.data.format.Npz;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Codes from NumPy's files. */
final class NumpyCodes {

  private NumpyCodes() {}

  static CodesFile readNpy(Path file, CodesArrays arrays) throws IOException {
    if (!arrays.equals(CodesArrays.guessed())) {
      throw new IOException(file + ": expected no names for an npy file, whose one array is codes");
    }
    try (NpyReader reader = NpyReader.open(file)) {
      String found = reader.header().type() + " " + reader.header().shape();
      if (columns(reader.header()) < 1 || isVector(reader.header())) {
        throw new IOException(file + ": expected codes [images, latents], found " + found);
      }
      float[][] means = table(reader);
      return CodesFile.of(
          file, means, Optional.empty(), Optional.empty(), file.getFileName() + ": codes " + found);
    }
  }

  static CodesFile readNpz(Path file, CodesArrays arrays) throws IOException {
    try (Npz npz = Npz.open(file)) {
      Map<String, NpyHeader> headers = headers(npz);
      List<String> names = List.copyOf(headers.keySet());
      String codes = arrays.find(CodesArrays.Kind.CODES, names);
      if (codes.isEmpty() && arrays.codes().isEmpty()) {
        codes = onlyTable(headers);
      }
      if (codes.isEmpty() || columns(headers.get(codes)) < 1 || isVector(headers.get(codes))) {
        throw unclear(file, "codes [images, latents]", arrays.codes(), headers);
      }
      String variances = optional(file, arrays, CodesArrays.Kind.LOG_VARIANCES, headers);
      String factors = optional(file, arrays, CodesArrays.Kind.FACTORS, headers);
      Optional<float[][]> logVariances = Optional.empty();
      if (!variances.isEmpty()) {
        logVariances = Optional.of(table(npz, variances));
      }
      Optional<FactorTable> table = Optional.empty();
      if (!factors.isEmpty()) {
        table = Optional.of(factors(file, npz, factors, arrays.factorNames()));
      }
      String description =
          file.getFileName()
              + ": codes "
              + describe(codes, headers)
              + (variances.isEmpty() ? "" : ", log variances " + describe(variances, headers))
              + (factors.isEmpty() ? ", no factors" : ", factors " + describe(factors, headers));
      return CodesFile.of(file, table(npz, codes), logVariances, table, description);
    }
  }

  /** The headers of all arrays of numbers; others, such as pickled ones, are passed over. */
  private static Map<String, NpyHeader> headers(Npz npz) {
    Map<String, NpyHeader> headers = new LinkedHashMap<>();
    for (String name : npz.names()) {
      try (NpyReader reader = npz.array(name)) {
        headers.put(name, reader.header());
      } catch (IOException e) {
        // Not an array of plain numbers; if it is asked for by name, reading it says why.
        continue;
      }
    }
    return headers;
  }

  private static String optional(
      Path file, CodesArrays arrays, CodesArrays.Kind kind, Map<String, NpyHeader> headers)
      throws IOException {
    String wanted = kind == CodesArrays.Kind.FACTORS ? arrays.factors() : arrays.logVariances();
    String found = arrays.find(kind, List.copyOf(headers.keySet()));
    boolean fits = !found.isEmpty() && columns(headers.get(found)) > 0;
    if (!wanted.isEmpty() && !fits) {
      throw unclear(file, "an array " + wanted + " [images, ...]", wanted, headers);
    }
    return fits ? found : "";
  }

  /** The one array of two axes that is not named like something else; empty if there are more. */
  private static String onlyTable(Map<String, NpyHeader> headers) {
    List<String> tables = new ArrayList<>();
    headers.forEach(
        (name, header) -> {
          boolean other = CodesArrays.usual(name) != CodesArrays.Kind.OTHER;
          if (!other && !isVector(header) && columns(header) > 0 && header.type().contains("f")) {
            tables.add(name);
          }
        });
    return tables.size() == 1 ? tables.get(0) : "";
  }

  private static IOException unclear(
      Path file, String expected, String wanted, Map<String, NpyHeader> headers) {
    List<String> found = headers.keySet().stream().map(n -> describe(n, headers)).toList();
    String advice =
        wanted.isEmpty() ? "; say which array they are (--codes, CodesArrays.withCodes)" : "";
    return new IOException(file + ": expected " + expected + ", found " + found + advice);
  }

  private static String describe(String name, Map<String, NpyHeader> headers) {
    return name + " " + headers.get(name).shape();
  }

  /** Columns of a table of two axes, 1 for a vector, 0 for anything else; later axes of 1 pass. */
  private static int columns(NpyHeader header) {
    List<Long> shape = header.shape();
    boolean table =
        !shape.isEmpty() && shape.stream().skip(2).allMatch(axis -> axis == 1) && shape.get(0) > 0;
    if (!table) {
      return 0;
    }
    return shape.size() == 1 ? 1 : (int) Math.min(Integer.MAX_VALUE, shape.get(1));
  }

  private static boolean isVector(NpyHeader header) {
    return header.shape().size() < 2;
  }

  private static float[][] table(Npz npz, String name) throws IOException {
    try (NpyReader reader = npz.array(name)) {
      return table(reader);
    }
  }

  private static float[][] table(NpyReader reader) throws IOException {
    int columns = columns(reader.header());
    float[] all = reader.allFloats();
    reader.end();
    return IntStream.range(0, all.length / columns)
        .mapToObj(row -> Arrays.copyOfRange(all, row * columns, (row + 1) * columns))
        .toArray(float[][]::new);
  }

  private static FactorTable factors(Path file, Npz npz, String name, List<String> names)
      throws IOException {
    double[] all;
    int count;
    try (NpyReader reader = npz.array(name)) {
      count = columns(reader.header());
      all = reader.allDoubles();
      reader.end();
    }

    if (!names.isEmpty() && names.size() != count) {
      throw new IOException(
          file + ": expected names of " + count + " factors in " + name + ", were given " + names);
    }
    double[][] columns = new double[count][all.length / count];
    for (int i = 0; i < all.length; i++) {
      columns[i % count][i / count] = all[i];
    }
    List<String> numbered = IntStream.range(0, count).mapToObj(f -> "factor " + f).toList();
    try {
      return FactorTable.ofNumbers(names.isEmpty() ? numbered : names, columns);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ", " + name + ": " + e.getMessage(), e);
    }
  }
}
