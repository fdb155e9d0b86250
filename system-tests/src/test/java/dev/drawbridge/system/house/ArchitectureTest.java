package dev.drawbridge.system.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.stream.Stream;

class ArchitectureTest {
    private static final String PLANTED = "dev.drawbridge.system.house.planted";
    private static final HouseRules RULES = new HouseRules("dev.drawbridge");
    private static final HouseRules PLANTED_RULES = new HouseRules(PLANTED);
    private static final JavaClasses HOUSE = HouseClasses.all();
    private static final JavaClasses PLANTED_HOUSE =
            new ClassFileImporter().importPackages(PLANTED);

    @ParameterizedTest
    @MethodSource("rules")
    void the_house_keeps_the_rule(String name) {
        ArchRule rule = RULES.all().get(name);

        rule.check(HOUSE);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void the_rule_finds_its_planted_violation(String name) {
        ArchRule rule = PLANTED_RULES.all().get(name);

        assertThat(rule.evaluate(PLANTED_HOUSE).hasViolation()).isTrue();
    }

    static Stream<String> rules() {
        return RULES.all().keySet().stream();
    }
}
