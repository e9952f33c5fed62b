package dev.tandem;



import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {
    private static final String ROOT = "dev.tandem";

    /** What each package may know, besides itself. */
    private static final Map<String, List<String>> MAY_KNOW = Map.ofEntries(
            Map.entry("cli", List.of("ops", "settings", "outcome")),
            Map.entry(
                    "ops",
                    List.of(
                            "primero",
                            "oscar",
                            "rest",
                            "webhook",
                            "live",
                            "call",
                            "mapping",
                            "edited",
                            "ledger",
                            "settings",
                            "identity",
                            "outcome")),
            Map.entry("primero", List.of("call", "mapping", "ledger", "identity", "outcome")),
            Map.entry("oscar", List.of("call", "mapping", "ledger", "identity", "outcome")),
            Map.entry("webhook", List.of("call", "mapping", "ledger", "identity", "outcome")),
            Map.entry("rest", List.of("ledger", "outcome")),
            Map.entry("call", List.of("outcome")),
            Map.entry("live", List.of("mapping", "edited", "ledger", "settings")),
            Map.entry("mapping", List.of("edited", "identity", "outcome")),
            Map.entry("edited", List.of()),
            Map.entry("ledger", List.of("identity", "outcome")),
            Map.entry("settings", List.of()),
            Map.entry("identity", List.of()),
            Map.entry("outcome", List.of()));

    private static final JavaClasses TANDEM = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    static Stream<String> packages() {
        return MAY_KNOW.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void a_package_knows_only_what_lies_below_it(String name) {
        String[] allowed = Stream.concat(Stream.of(name), MAY_KNOW.get(name).stream())
                .map(ArchitectureTest::tree)
                .toArray(String[]::new);

        noClasses()
                .that(resideInAPackage(tree(name)))
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT + "..").and(not(resideInAnyPackage(allowed))))
                .allowEmptyShould(true)
                .check(TANDEM);
    }

    @Test
    void every_package_has_its_place() {
        assertThat(TANDEM)
                .extracting(JavaClass::getPackageName)
                .allMatch(name -> name.equals(ROOT)
                        || MAY_KNOW.containsKey(
                                name.substring(ROOT.length() + 1).replaceFirst("\\..*", "")))
                .contains(ROOT + ".cli", ROOT + ".settings", ROOT + ".outcome");
    }

    @Test
    void no_two_packages_know_each_other() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(TANDEM);
    }

    @Test
    void a_class_is_named_for_what_it_is() {
        classes()
                .should()
                .haveNameNotMatching(".*(Util|Utils|Helper|Helpers|Manager)")
                .check(TANDEM);
    }

    private static String tree(String name) {
        return ROOT + "." + name + "..";
    }
}
