package dev.tandem.defects;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.tandem.GeneratedPage;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every known defect of the integration before has a test of its own here; the page says which. */
class DefectsPageTest {
    private static final int DEFECTS = 61;
    private static final List<Class<?>> SUBJECTS = List.of(
            ReferralsToNgosTest.class, DecisionsTest.class, CasesFromNgosTest.class, SweepsAndFailuresTest.class);
    private static final Map<String, String> PROPER =
            Map.of("ngo", "NGO", "ngos", "NGOs", "primero", "Primero", "oscar", "OSCaR", "json", "JSON");

    private record Row(int number, String before) {}

    @Test
    void every_defect_has_one_test_named_for_it_and_the_page_lists_them() throws IOException {
        Map<Integer, List<Method>> tests = tests();
        assertThat(tests.keySet())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, DEFECTS).boxed().toList());
        assertThat(tests.values()).allSatisfy(ofOne -> assertThat(ofOne).hasSize(1));
        StringBuilder page = new StringBuilder("""
                # Defects of the present integration

                <!-- Made by DefectsPageTest; edits here are lost. -->

                For people who replace the present integration with Tandem: what it gets wrong, and what Tandem does instead. The defects were
                found in its source. Each has a test with both simulators and the shipped routes and mappings, or with a mapping alone if the
                defect is one of a mapping:

                ```
                mvn -q test -Dtest='ReferralsToNgosTest,DecisionsTest,CasesFromNgosTest,SweepsAndFailuresTest'
                ```

                | | the present integration | Tandem | test |
                |---|---|---|---|
                """);
        for (Row row : before()) {
            Method test = tests.get(row.number()).get(0);
            page.append("| D%d | %s | %s | %s |\n"
                    .formatted(row.number(), row.before(), words(test), link(test.getDeclaringClass())));
        }
        GeneratedPage.check(Path.of("docs/operate/defects.md"), page.toString());
    }

    private static Map<Integer, List<Method>> tests() {
        Map<Integer, List<Method>> tests = new TreeMap<>();
        for (Class<?> subject : SUBJECTS) {
            for (Method method : subject.getDeclaredMethods()) {
                if (method.isAnnotationPresent(Test.class)) {
                    tests.computeIfAbsent(
                                    Integer.valueOf(method.getName().substring(1, 3)), number -> new ArrayList<>())
                            .add(method);
                }
            }
        }
        return tests;
    }

    private static List<Row> before() throws IOException {
        try (var in = DefectsPageTest.class.getResourceAsStream("before.csv")) {
            return new CsvMapper()
                    .readerFor(Row.class)
                    .with(CsvSchema.emptySchema().withHeader())
                    .<Row>readValues(in)
                    .readAll();
        }
    }

    /** {@code d09_each_ngo_...}: "Each NGO ...". */
    private static String words(Method test) {
        List<String> words = new ArrayList<>();
        for (String word : test.getName().substring(4).split("_")) {
            words.add(PROPER.getOrDefault(word, word));
        }
        String sentence = String.join(" ", words);
        return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
    }

    private static String link(Class<?> subject) {
        return "[%s](../../src/test/java/%s.java)"
                .formatted(subject.getSimpleName(), subject.getName().replace('.', '/'));
    }
}
