package io.cloudpits.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Decisions are pure and in the middle; what touches the outside is at the edge. */
class ArchitectureTest {
    private static final String[] PURE = {"..core.plan..", "..core.learn..", "..core.ledger.."};

    private final JavaClasses core = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.cloudpits.core", "io.cloudpits.api");

    @Test
    void decisionsHaveNoClockAndNoChance() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Random.class)
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(Math.class, "random")
                .check(core);
    }

    @Test
    void decisionsDoNotTouchTheOutside() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.io..", "java.nio..", "java.net..", "java.sql..", "..core.control..", "..core.sim..")
                .check(core);
    }

    @Test
    void theApiDependsOnNothingButTheJdkAndItsAnnotations() {
        noClasses()
                .that()
                .resideInAPackage("io.cloudpits.api..")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages("io.cloudpits.api..", "java..", "org.jspecify..", "org.slf4j..")
                .check(core);
    }

    @Test
    void theControllerDoesNotKnowThatItIsSimulated() {
        noClasses()
                .that()
                .resideInAPackage("..core.control..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("..core.sim..")
                .check(core);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.cloudpits.core.(*)..").should().beFreeOfCycles().check(core);
    }

    @Test
    void nobodyPrintsOrReadsTheClockBesideTheOneThatIsGiven() {
        noClasses()
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .check(core);
    }
}
