package dev.disentangle;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import ai.djl.ndarray.NDArray;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The arrows between packages point one way only, and only {@code tensor} knows the engine. */
class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.disentangle");

  @Test
  void arrows() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("dev.disentangle..")
        .withOptionalLayers(true)
        .layer("tensor")
        .definedBy("dev.disentangle.tensor..")
        .layer("data")
        .definedBy("dev.disentangle.data..")
        .layer("history")
        .definedBy("dev.disentangle.history..")
        .layer("representation")
        .definedBy("dev.disentangle.representation..")
        .layer("model")
        .definedBy("dev.disentangle.model..")
        .layer("learner")
        .definedBy("dev.disentangle.learner..")
        .layer("objective")
        .definedBy("dev.disentangle.objective..")
        .layer("metric")
        .definedBy("dev.disentangle.metric..")
        .layer("plot")
        .definedBy("dev.disentangle.plot..")
        .layer("training")
        .definedBy("dev.disentangle.training..")
        .layer("embedding")
        .definedBy("dev.disentangle.embedding..")
        .layer("sweep")
        .definedBy("dev.disentangle.sweep..")
        .layer("evidence")
        .definedBy("dev.disentangle.evidence..")
        .layer("bench")
        .definedBy("dev.disentangle.bench..")
        .layer("command")
        .definedBy("dev.disentangle.command..")
        .layer("door")
        .definedBy("dev.disentangle")
        .whereLayer("tensor")
        .mayNotAccessAnyLayer()
        .whereLayer("history")
        .mayNotAccessAnyLayer()
        .whereLayer("data")
        .mayNotAccessAnyLayer()
        .whereLayer("representation")
        .mayOnlyAccessLayers("data")
        .whereLayer("model")
        .mayOnlyAccessLayers("tensor", "data")
        .whereLayer("metric")
        .mayOnlyAccessLayers("representation", "data")
        .whereLayer("plot")
        .mayOnlyAccessLayers("representation", "data", "history")
        .whereLayer("learner")
        .mayOnlyAccessLayers("tensor", "data", "model", "history")
        .whereLayer("objective")
        .mayOnlyAccessLayers("tensor", "data", "model", "history", "learner")
        .whereLayer("training")
        .mayOnlyAccessLayers(
            "tensor",
            "data",
            "model",
            "learner",
            "objective",
            "history",
            "representation",
            "metric",
            "plot")
        .whereLayer("embedding")
        .mayOnlyAccessLayers("tensor", "data", "representation", "metric")
        .whereLayer("sweep")
        .mayOnlyBeAccessedByLayers("evidence", "bench")
        .whereLayer("evidence")
        .mayOnlyBeAccessedByLayers("bench")
        .whereLayer("bench")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("command")
        .mayNotBeAccessedByAnyLayer()
        .check(CLASSES);
  }

  /**
   * What the classes of a package are built of lies one floor down, in rooms named by what they
   * hold. A room never looks up at the package it belongs to, and rooms stand in no circle.
   */
  @ParameterizedTest
  @ValueSource(strings = {"data", "metric"})
  void roomsLookDownOnly(String house) {
    noClasses()
        .that()
        .resideInAPackage("dev.disentangle." + house + ".*..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.disentangle." + house)
        .check(CLASSES);
    slices()
        .matching("dev.disentangle." + house + ".(*)..")
        .should()
        .beFreeOfCycles()
        .check(CLASSES);
  }

  @Test
  void engine() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.disentangle.tensor..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("ai.djl.pytorch..")
        .check(CLASSES);
  }

  @Test
  void scoresAndPicturesNeedNoTensors() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.disentangle.metric..", "dev.disentangle.plot..", "dev.disentangle.data..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("ai.djl..")
        .check(CLASSES);
  }

  /**
   * DJL wraps the number in an array that it closes at once. PyTorch's graph still points at the
   * array's memory, which is Java's to take back: a collection before the gradient is computed
   * makes it garbage.
   */
  @Test
  void gradientsNeverRestOnNumbersThatDjlWraps() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.disentangle.tensor..",
            "dev.disentangle.model..",
            "dev.disentangle.learner..",
            "dev.disentangle.objective..")
        .should(
            callMethodWhere(
                describe(
                    "a factor, power or bound is a Number",
                    call ->
                        call.getTargetOwner().isAssignableTo(NDArray.class)
                            && Set.of("mul", "div", "pow", "minimum", "maximum", "clip")
                                .contains(call.getName())
                            && call.getTarget()
                                .getRawParameterTypes()
                                .get(0)
                                .isEquivalentTo(Number.class))))
        .because("Operations.scale and Operations.atMost keep the number in the graph itself")
        .check(CLASSES);
  }

  @Test
  void noPublicMutableStatics() {
    noFields().that().arePublic().and().areStatic().should().notBeFinal().check(CLASSES);
  }
}
