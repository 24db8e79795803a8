package io.grayrelease.policy;

import org.junit.jupiter.api.Test;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

/** The directions in which the packages of this module may depend on each other, as docs/architecture.md draws them. */
class DirectionsTest {
    private static final JavaClasses CLASSES =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("io.grayrelease.policy");

    @Test
    void packages_dependOneWay() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("model")
                .definedBy("io.grayrelease.policy.model")
                .layer("check")
                .definedBy("io.grayrelease.policy.check")
                .layer("parse")
                .definedBy("io.grayrelease.policy.parse")
                .layer("decide")
                .definedBy("io.grayrelease.policy.decide")
                .layer("source")
                .definedBy("io.grayrelease.policy.source")
                .layer("apollo")
                .definedBy("io.grayrelease.policy.source.apollo")
                .whereLayer("model")
                .mayNotAccessAnyLayer()
                .whereLayer("check")
                .mayOnlyAccessLayers("model")
                .whereLayer("parse")
                .mayOnlyAccessLayers("check", "model")
                .whereLayer("decide")
                .mayOnlyAccessLayers("model")
                .whereLayer("source")
                .mayOnlyAccessLayers("model", "check", "parse", "decide")
                .whereLayer("apollo")
                .mayOnlyAccessLayers("model", "source")
                .check(CLASSES);
    }

    @Test
    void apollo_isKnownToItsOwnPackageOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.grayrelease.policy.source.apollo")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.ctrip..")
                .check(CLASSES);
    }

    @Test
    void dubbo_isKnownToNobody() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.dubbo..", "io.grayrelease.dubbo..", "io.grayrelease.demo..")
                .check(CLASSES);
    }
}
