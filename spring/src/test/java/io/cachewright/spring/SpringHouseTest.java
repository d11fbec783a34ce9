package io.cachewright.spring;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// The starter's arrow of the house: it knows `runtime` and `domain`, and nobody knows it.
class SpringHouseTest {

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.cachewright");

    @Test
    void theStarterKnowsTheRuntimeAndTheDomain() {
        classes()
                .that()
                .resideInAPackage("io.cachewright.spring..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.cachewright.spring..",
                        "io.cachewright.runtime..",
                        "io.cachewright.domain..",
                        "io.lettuce..",
                        "io.micrometer..",
                        "org.springframework..",
                        "org.jspecify..",
                        "java..")
                .check(HOUSE);
    }

    @Test
    void nobodyKnowsTheStarter() {
        classes()
                .that()
                .resideInAPackage("io.cachewright.runtime..")
                .should()
                .onlyDependOnClassesThat()
                .resideOutsideOfPackage("io.cachewright.spring..")
                .check(HOUSE);
    }
}
