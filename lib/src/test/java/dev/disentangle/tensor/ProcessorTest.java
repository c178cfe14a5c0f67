package dev.disentangle.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProcessorTest {

  @Test
  void flagsAreTheFirstProcessorsWords() {
    List<String> lines =
        List.of("processor\t: 0", "flags\t\t: fpu avx2  avx512f", "", "flags\t\t: fpu");
    assertEquals(Set.of("fpu", "avx2", "avx512f"), Processor.flags(lines));
    assertEquals(Set.of(), Processor.flags(List.of("Features\t: fp asimd")));
  }

  @Test
  void withoutAvx512ThereIsNothingToPrefer() {
    boolean knows = Processor.prefersOneDnn() || Processor.hasBfloat16();
    String system = System.getProperty("os.name");
    assertFalse(knows && !system.equals("Linux"), system);
  }
}
