package io.grayrelease.dubbo.context.messaging;

import org.junit.jupiter.api.Test;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/** A service without Kafka or RocketMQ does not notice them: nothing that it loads leads there. */
class GrayMessagingIsOptionalTest {
    private static final String MESSAGING = "io.grayrelease.dubbo.context.messaging";
    private static final JavaClasses CLASSES =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("io.grayrelease");

    @Test
    void clients_areKnownToThisPackageOnly_andThisPackageToNone() {
        noClasses()
                .that()
                .resideOutsideOfPackage(MESSAGING)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "org.apache.rocketmq..", MESSAGING)
                .check(CLASSES);
    }

    @Test
    void eachClient_isKnownToItsOwnClassOnly() {
        noClasses()
                .that()
                .haveSimpleName("GrayKafka")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.rocketmq..")
                .check(CLASSES);
        noClasses()
                .that()
                .haveSimpleName("GrayRocketMq")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka..")
                .check(CLASSES);
    }
}
