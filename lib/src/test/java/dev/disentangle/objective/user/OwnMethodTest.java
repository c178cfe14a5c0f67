package dev.disentangle.objective.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.disentangle.learner.Assembly;
import dev.disentangle.learner.Learner;
import dev.disentangle.objective.Objective;
import dev.disentangle.objective.Vae;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Methods that a user writes: in a package of their own, and not public, as in a cell. */
class OwnMethodTest {

  private record Weighed(double weight, String note) implements Objective {
    @Override
    public String name() {
      return "weighed";
    }

    @Override
    public Learner learner(Assembly assembly) {
      return new Vae().learner(assembly);
    }
  }

  private record Failing(double weight) implements Objective {
    @Override
    public double weight() {
      throw new ArithmeticException("no weight");
    }

    @Override
    public String name() {
      return "failing";
    }

    @Override
    public Learner learner(Assembly assembly) {
      return new Vae().learner(assembly);
    }
  }

  @Test
  void componentsAreRead() {
    Objective method = new Weighed(2.5, "mine");
    assertEquals(Map.of("weight", "2.5", "note", "mine"), method.hyperparameters());
  }

  @Test
  void whatCannotBeReadIsNamed() {
    Objective method = new Failing(1);
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> method.hyperparameters());
    String own = "class dev.disentangle.objective.user.OwnMethodTest$Failing";
    assertEquals("reading double weight of " + own, e.getMessage());
    assertEquals("no weight", e.getCause().getCause().getMessage());
  }
}
