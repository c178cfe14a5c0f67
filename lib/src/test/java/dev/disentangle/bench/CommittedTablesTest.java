package dev.disentangle.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;

/** The tables of real runs that the documentation shows. */
class CommittedTablesTest {

  private static List<CSVRecord> read(String name) throws IOException {
    CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
    try (Reader reader = Files.newBufferedReader(Path.of("benchmarks", name));
        CSVParser parser = format.parse(reader)) {
      return parser.getRecords();
    }
  }

  @Test
  void theContrastHasThreeSeedsOfEachMethodAndHoldsInTheMedian() throws IOException {
    Map<String, List<CSVRecord>> methods =
        read("contrast.csv").stream().collect(Collectors.groupingBy(row -> row.get("method")));
    assertEquals(3, methods.size());
    for (List<CSVRecord> runs : methods.values()) {
      assertEquals(List.of("0", "1", "2"), runs.stream().map(row -> row.get("seed")).toList());
    }
    double score = difference(methods, "factorvae_score");
    assertTrue(score >= 0.10, "median score over beta-VAE's: " + score);
    double reconstruction = difference(methods, "reconstruction_nats");
    assertTrue(reconstruction <= 0, "median loss over beta-VAE's: " + reconstruction);
  }

  private static double difference(Map<String, List<CSVRecord>> methods, String column) {
    return median(methods.get("FactorVAE"), column) - median(methods.get("beta-VAE"), column);
  }

  private static double median(List<CSVRecord> runs, String column) {
    return Medians.of(runs.stream().map(row -> Double.parseDouble(row.get(column))).toList());
  }
}
