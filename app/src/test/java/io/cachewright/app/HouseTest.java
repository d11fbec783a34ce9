package io.cachewright.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// The arrows of the house: `domain` knows nobody; `drawing`, `runtime`, `lab`, `snapshot`, `capture` and `sizing` know
/// `domain`; `study` knows those that draw and read files; `optimizer` knows all of these but `runtime` and `study`;
/// `app` knows all.
class HouseTest {

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.cachewright");

    /// All but the domain.
    private static final List<String> OTHER_MODULES = List.of(
            "io.cachewright.drawing..",
            "io.cachewright.lab..",
            "io.cachewright.snapshot..",
            "io.cachewright.capture..",
            "io.cachewright.sizing..",
            "io.cachewright.study..",
            "io.cachewright.optimizer..",
            "io.cachewright.runtime..",
            "io.cachewright.app..");

    @Test
    void theDomainKnowsNobody() {
        classes()
                .that()
                .resideInAPackage("io.cachewright.domain..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("io.cachewright.domain..", "java..", "org.jspecify..", "org.snakeyaml.engine..")
                .check(HOUSE);
    }

    @Test
    void theDomainDoesNoInputOrOutput() {
        noClasses()
                .that()
                .resideInAPackage("io.cachewright.domain..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net..", "java.nio.file..", "java.nio.channels..")
                .check(HOUSE);
    }

    @Test
    void theLabKnowsOnlyTheDomain() {
        noClasses()
                .that()
                .resideInAPackage("io.cachewright.lab..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.cachewright.optimizer..", "io.cachewright.runtime..", "io.cachewright.app..")
                .check(HOUSE);
    }

    @Test
    void theRuntimeKnowsOnlyTheDomain() {
        noClasses()
                .that()
                .resideInAPackage("io.cachewright.runtime..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.cachewright.lab..", "io.cachewright.optimizer..", "io.cachewright.app..")
                .check(HOUSE);
    }

    @Test
    void whatDrawsReadsFilesAndCountsReferencesKnowsOnlyTheDomain() {
        for (String module : List.of("drawing", "snapshot", "capture", "sizing")) {
            classes()
                    .that()
                    .resideInAPackage("io.cachewright." + module + "..")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideOutsideOfPackages(OTHER_MODULES.stream()
                            .filter(other -> !other.equals("io.cachewright." + module + ".."))
                            .toArray(String[]::new))
                    .check(HOUSE);
        }
    }

    @Test
    void studiesKnowNoServers() {
        noClasses()
                .that()
                .resideInAPackage("io.cachewright.study..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.cachewright.lab..",
                        "io.cachewright.optimizer..",
                        "io.cachewright.runtime..",
                        "io.cachewright.app..",
                        "java.net..")
                .check(HOUSE);
    }

    @Test
    void theOptimizerKnowsNeitherTheRuntimeNorTheFaces() {
        noClasses()
                .that()
                .resideInAPackage("io.cachewright.optimizer..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.cachewright.runtime..", "io.cachewright.study..", "io.cachewright.app..")
                .check(HOUSE);
    }

    @Test
    void theMiddleOfTheOptimizerIsPure() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.cachewright.optimizer.profile..",
                        "io.cachewright.optimizer.diagnose..",
                        "io.cachewright.optimizer.rules..",
                        "io.cachewright.optimizer.advice..",
                        "io.cachewright.optimizer.recommend..",
                        "io.cachewright.optimizer.report..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.cachewright.lab..",
                        "io.cachewright.optimizer.connect..",
                        "io.cachewright.optimizer.collect..",
                        "io.lettuce..",
                        "java.net..",
                        "java.nio.file..",
                        "java.nio.channels..")
                .check(HOUSE);
    }

    @Test
    void everyPackageIsNullMarked() {
        List<String> unmarked = HOUSE.stream()
                .map(type -> type.getPackage())
                .distinct()
                .filter(p -> p.getName().startsWith("io.cachewright"))
                .filter(p -> !p.getClasses().isEmpty())
                .filter(p -> !p.isAnnotatedWith(NullMarked.class))
                .map(JavaPackage::getName)
                .sorted()
                .toList();
        assertThat(unmarked).isEmpty();
    }
}
