package dev.drawbridge.system.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.annotatedWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.properties.CanBeAnnotated;
import com.tngtech.archunit.lang.ArchRule;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How the parts of the house may know one another, below a root package: the real one, or one with
/// violations planted.
record HouseRules(String root) {
    private static final String SERVICES = "(gateway|auth|llm|conversation|collector|local)";
    private static final List<String> ENDPOINTS =
            List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS");
    private static final List<String> ACCESS =
            List.of(
                    "io.quarkus.security.Authenticated",
                    "jakarta.annotation.security.RolesAllowed",
                    "jakarta.annotation.security.PermitAll",
                    "jakarta.annotation.security.DenyAll");

    /// All rules, by name.
    Map<String, ArchRule> all() {
        var rules = new LinkedHashMap<String, ArchRule>();
        rules.put("services meet only over HTTP", servicesMeetOnlyOverHttp());
        rules.put("platform knows no service", platformKnowsNoService());
        rules.put("features have no cycles", featuresHaveNoCycles());
        rules.put("SQL is in repositories and on the wire", sqlIsInRepositories());
        rules.put("there are no junk drawers", noJunkDrawers());
        rules.put("every endpoint says who may call it", endpointsSayWhoMayCall());
        return rules;
    }

    private ArchRule servicesMeetOnlyOverHttp() {
        return slices().matching(root + "." + SERVICES + "..").should().notDependOnEachOther();
    }

    private ArchRule platformKnowsNoService() {
        return noClasses()
                .that(
                        resideInAnyPackage(
                                below(
                                        "problem",
                                        "identity",
                                        "sql",
                                        "audit",
                                        "pgvector",
                                        "testkit")))
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage(
                                below(
                                        "gateway",
                                        "auth",
                                        "llm",
                                        "conversation",
                                        "collector",
                                        "local")));
    }

    private ArchRule featuresHaveNoCycles() {
        return slices().matching(root + ".(*).(*)..").should().beFreeOfCycles();
    }

    private ArchRule sqlIsInRepositories() {
        return noClasses()
                .that()
                .haveNameNotMatching(".*Repository(\\$.*)?")
                .and()
                .resideOutsideOfPackages(root + ".sql..", root + "..wire..")
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage(
                                "io.vertx.sqlclient..",
                                "io.vertx.mutiny.sqlclient..",
                                "io.vertx.pgclient.."))
                .because("SQL must be findable, and sessions be in few hands");
    }

    private ArchRule noJunkDrawers() {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .should()
                .resideInAnyPackage("..util..", "..utils..", "..common..", "..helper..", "..impl..")
                .orShould()
                .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl|Dto|DTO)")
                .because("a name must say what the class is for");
    }

    private static ArchRule endpointsSayWhoMayCall() {
        return methods()
                .that(
                        new DescribedPredicate<JavaMethod>("are endpoints") {
                            @Override
                            public boolean test(JavaMethod method) {
                                return has(
                                        method,
                                        ENDPOINTS.stream().map("jakarta.ws.rs."::concat).toList());
                            }
                        })
                .and()
                .areDeclaredInClassesThat()
                .areNotInterfaces() // a REST client's
                .should(
                        com.tngtech.archunit.lang.conditions.ArchConditions.be(
                                new DescribedPredicate<JavaMethod>("annotated with who may call") {
                                    @Override
                                    public boolean test(JavaMethod method) {
                                        return has(method, ACCESS)
                                                || has(method.getOwner(), ACCESS);
                                    }
                                }));
    }

    private static boolean has(CanBeAnnotated element, List<String> annotations) {
        return annotations.stream().anyMatch(name -> annotatedWith(name).test(element));
    }

    private String[] below(String... packages) {
        return List.of(packages).stream()
                .map(name -> root + "." + name + "..")
                .toArray(String[]::new);
    }
}
