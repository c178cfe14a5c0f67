package dev.disentangle.learner;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.objective.BetaVae;
import dev.disentangle.objective.Objective;
import dev.disentangle.objective.TinyNetworks;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks of numbers and terms, and what messages call a player's weights. */
class LearnerPartsTest {

  private static void requireMessage(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void scalesAreAboveZero(double bad) {
    requireMessage(
        "width must be finite and above 0, was " + bad, () -> Requirements.positive("width", bad));
    assertDoesNotThrow(() -> Requirements.positive("width", Double.MIN_VALUE));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-Double.MIN_VALUE, Double.NaN, Double.POSITIVE_INFINITY})
  void weightsAreAtLeastZero(double bad) {
    requireMessage(
        "beta must be finite and at least 0, was " + bad,
        () -> Requirements.nonNegative("beta", bad));
    assertDoesNotThrow(() -> Requirements.nonNegative("beta", 0));
  }

  @Test
  void countsHaveALeast() {
    requireMessage("steps must be at least 3, was 2", () -> Requirements.count("steps", 2, 3));
    assertDoesNotThrow(() -> Requirements.count("steps", 3, 3));
  }

  @Test
  void termsAreScalarsInOrder() {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      NDArray one = manager.create(1f);
      NDArray two = manager.ones(new Shape(2));
      LossTerms terms = new LossTerms().with("b", one).with("a", one);
      assertEquals(List.of("b", "a"), List.copyOf(terms.asMap().keySet()));
      requireMessage("term c must be a scalar, its shape was (2)", () -> terms.with("c", two));
      assertThrows(UnsupportedOperationException.class, () -> terms.asMap().clear());
    }
  }

  @Test
  void messagesNameAPlayersWeights() {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      Learner learner = TinyNetworks.learner(new BetaVae(4), manager, 2, 3);
      Player player = learner.players().get(0);
      assertEquals("autoencoder", player.name());
      assertEquals(2, player.networks().size());
      assertEquals(8, player.parameters().size());
      assertEquals("encoder/02DoubleBlock_01Linear_weight", player.parameterName(0));
      assertEquals("decoder/03Linear_bias", player.parameterName(7));
      assertThrows(IndexOutOfBoundsException.class, () -> player.parameterName(8));
      assertEquals(1, learner.batchesPerStep());
      player.close();
    }
  }

  /** A method that its user keeps to himself, in a package of his own. */
  private record Mine(double weight, String note) implements Objective {
    @Override
    public String name() {
      return "mine";
    }

    @Override
    public Learner learner(Assembly assembly) {
      throw new AssertionError("only its hyperparameters are read");
    }

    @Override
    public String note() {
      if (note.isEmpty()) {
        throw new IllegalArgumentException("no note");
      }
      return note;
    }
  }

  @Test
  void privateMethodsAreRecordedToo() {
    assertEquals(Map.of("weight", "2.5", "note", "x"), new Mine(2.5, "x").hyperparameters());
    String message =
        assertThrows(IllegalStateException.class, () -> new Mine(2.5, "").hyperparameters())
            .getMessage();
    assertEquals("reading java.lang.String note of " + Mine.class, message);
  }
}
