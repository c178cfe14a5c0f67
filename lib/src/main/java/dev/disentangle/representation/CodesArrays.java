package dev.disentangle.representation;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which arrays of an npz file, or which columns of a CSV file, are what. A name left empty is
 * guessed from the names in use: {@code means}, {@code mu}, {@code codes}, {@code z} and the like
 * for codes, {@code logvars} and the like, {@code factors}, {@code labels} and the like.
 *
 * <p>Capitals, {@code _} and {@code -} do not matter. In a CSV file codes are numbered columns such
 * as {@code z0} or {@code mu_3}, and the name is what stands before the number.
 *
 * @param codes name of the codes, or empty
 * @param logVariances name of the logarithms of the posterior variances, or empty
 * @param factors name of the factors, or empty
 * @param factorNames one name per factor, or empty for those of the file or {@code factor 0} and so
 *     on
 * @param continuous which factors are real numbers
 */
public record CodesArrays(
    String codes,
    String logVariances,
    String factors,
    List<String> factorNames,
    ContinuousFactors continuous) {

  /** Names of codes, the likeliest to be means first. */
  private static final List<String> CODES =
      List.of(
          "means",
          "mean",
          "mus",
          "mu",
          "zmeans",
          "zmean",
          "codes",
          "code",
          "representations",
          "representation",
          "embeddings",
          "embedding",
          "z",
          "zs");

  private static final List<String> LOG_VARIANCES =
      List.of(
          "logvars",
          "logvar",
          "logvariances",
          "logvariance",
          "zlogvars",
          "zlogvar",
          "zlogvariance",
          "logsigma2");

  private static final List<String> FACTORS =
      List.of(
          "factors",
          "factor",
          "latentsclasses",
          "groundtruth",
          "labels",
          "label",
          "targets",
          "target",
          "classes",
          "y");

  /** Columns that number or name the images. */
  private static final Set<String> NOT_FACTORS =
      Set.of("", "index", "id", "file", "filename", "image", "imageid", "path", "unnamed");

  /** Copies the list, so that it cannot change. */
  public CodesArrays {
    factorNames = List.copyOf(factorNames);
  }

  /**
   * Returns a choice in which everything is guessed.
   *
   * @return no names
   */
  public static CodesArrays guessed() {
    return new CodesArrays("", "", "", List.of(), ContinuousFactors.guessed());
  }

  /**
   * Names the codes.
   *
   * @param name name of an array or of numbered columns
   * @return the choice
   */
  public CodesArrays withCodes(String name) {
    return new CodesArrays(name, logVariances, factors, factorNames, continuous);
  }

  /**
   * Names the logarithms of the posterior variances.
   *
   * @param name name of an array or of numbered columns
   * @return the choice
   */
  public CodesArrays withLogVariances(String name) {
    return new CodesArrays(codes, name, factors, factorNames, continuous);
  }

  /**
   * Names the factors.
   *
   * @param name name of an array or of numbered columns
   * @return the choice
   */
  public CodesArrays withFactors(String name) {
    return new CodesArrays(codes, logVariances, name, factorNames, continuous);
  }

  /**
   * Says what the factors are.
   *
   * @param names one per factor
   * @return the choice
   */
  public CodesArrays withFactorNames(String... names) {
    return new CodesArrays(codes, logVariances, factors, List.of(names), continuous);
  }

  /**
   * Says which factors are real numbers.
   *
   * @param which the choice
   * @return the choice
   */
  public CodesArrays withContinuous(ContinuousFactors which) {
    return new CodesArrays(codes, logVariances, factors, factorNames, which);
  }

  /** What an array or a group of columns is by its name. */
  enum Kind {
    CODES,
    LOG_VARIANCES,
    FACTORS,
    OTHER
  }

  /** Says what a name usually means. */
  static Kind usual(String name) {
    String plain = plain(name);
    if (CODES.contains(plain)) {
      return Kind.CODES;
    }
    if (LOG_VARIANCES.contains(plain)) {
      return Kind.LOG_VARIANCES;
    }
    return FACTORS.contains(plain) ? Kind.FACTORS : Kind.OTHER;
  }

  /** Finds what is asked for among names that are there; empty if there is no such name. */
  String find(Kind kind, List<String> names) {
    String wanted =
        switch (kind) {
          case CODES -> codes;
          case LOG_VARIANCES -> logVariances;
          default -> factors;
        };
    List<String> usual =
        switch (kind) {
          case CODES -> CODES;
          case LOG_VARIANCES -> LOG_VARIANCES;
          default -> FACTORS;
        };
    for (String candidate : wanted.isEmpty() ? usual : List.of(plain(wanted))) {
      for (String name : names) {
        if (plain(name).equals(candidate)) {
          return name;
        }
      }
    }
    return "";
  }

  static boolean isIndex(String name) {
    return NOT_FACTORS.contains(plain(name).replaceFirst("\\d+$", ""));
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }
}
