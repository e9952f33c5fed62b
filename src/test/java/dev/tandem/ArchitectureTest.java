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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {
    private static final String ROOT = "dev.tandem";

    private static final JavaClasses TANDEM = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    static Stream<Room> rooms() {
        return Room.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void a_package_knows_only_what_it_may(Room room) {
        String[] allowed = Stream.concat(Stream.of(room.name()), room.mayKnow().stream())
                .map(ArchitectureTest::exactly)
                .toArray(String[]::new);

        noClasses()
                .that(resideInAPackage(exactly(room.name())))
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT + "..").and(not(resideInAnyPackage(allowed))))
                .check(TANDEM);
    }

    @Test
    void every_package_has_its_place_and_knows_only_those_below_it() {
        List<String> names = rooms().map(Room::name).toList();

        assertThat(TANDEM.stream().map(JavaClass::getPackageName).filter(name -> !name.equals(ROOT)))
                .allMatch(name -> names.contains(name.substring(ROOT.length() + 1)));
        assertThat(rooms()).allSatisfy(room -> assertThat(names.subList(names.indexOf(room.name()) + 1, names.size()))
                .containsAll(room.mayKnow()));
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

    private static String exactly(String name) {
        return ROOT + "." + name;
    }
}
