package dev.tandem.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.ledger.route.EndingActions;
import dev.tandem.settings.Settings;
import dev.tandem.settings.SettingsReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator relies on in the shipped routes: readable, stable ids, and nothing that points nowhere. */
class RoutesTest {
    private static final String STEPS = "dev\\.tandem\\.(call|oscar|primero|rest|webhook)";
    private static final List<RouteFile> FILES = RouteFile.all();

    @Test
    void there_are_routes_to_look_at_in_yaml_and_in_xml() {
        assertThat(FILES)
                .anyMatch(file -> file.name.endsWith(".camel.xml"))
                .anyMatch(file -> file.name.endsWith(".camel.yaml"));
        assertThat(all(file -> file.steps)).hasSizeGreaterThan(100);
    }

    @Test
    void every_route_has_an_id_and_says_what_it_is_for() {
        assertThat(all(file -> file.routes)).allSatisfy(route -> assertThat(route)
                .hasEntrySatisfying("id", id -> assertThat(id.toString()).matches("[a-z][a-z-]+"))
                .hasEntrySatisfying(
                        "description", words -> assertThat(words.toString()).isNotBlank()));
    }

    @Test
    void every_step_and_branch_has_a_readable_id() {
        for (RouteFile file : FILES) {
            assertThat(file.steps).as(file.name).allSatisfy(step -> assertThat(step)
                    .hasEntrySatisfying("id", id -> assertThat(id.toString()).matches("[a-z][a-z-]+")));
        }
    }

    /** Beans that end the route, each with the class that does: those of the ledger are found by themselves. */
    private static final Map<String, String> ENDING_BEANS = Map.of(
            "sweepPace.", "SweepPace",
            "notices.due", "Notices",
            "authenticity.", "Refusal",
            "events.", "Refusal",
            "clientReading.read", "ClientReading",
            "caseSynced.news", "CaseSynced");

    @Test
    void a_step_that_can_end_the_route_says_so() {
        Set<String> actions = EndingActions.names();
        assertThat(actions).contains("lock", "begin-sweep", "intend");
        assertThat(steps(step -> actions.contains(ledgerAction(step))))
                .hasSizeGreaterThan(10)
                .allSatisfy(RoutesTest::saysThatItEndsTheRoute);
        assertThat(steps(step -> ENDING_BEANS.keySet().stream()
                        .anyMatch((step.get("ref") + "." + step.get("method"))::startsWith)))
                .hasSize(10)
                .allSatisfy(RoutesTest::saysThatItEndsTheRoute);
    }

    @Test
    void no_other_class_ends_a_route() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            assertThat(sources.filter(file -> file.toString().endsWith(".java")
                                    && text(file).contains("setRouteStop"))
                            .map(file -> file.getFileName().toString().replace(".java", "")))
                    .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                    Stream.of("RouteGuard"),
                                    ENDING_BEANS.values().stream().distinct())
                            .toList());
        }
    }

    @Test
    void a_confirmation_that_may_wait_for_the_end_of_a_split_says_so() {
        assertThat(steps(step -> "confirm".equals(ledgerAction(step))))
                .hasSizeGreaterThan(3)
                .allSatisfy(
                        step -> assertThat(step.get("description").toString()).containsPattern("[Ww]ritten"));
    }

    private static List<Map<String, Object>> steps(Predicate<Map<String, Object>> which) {
        return Stream.of("routes", "docs/edit/second-pair/routes")
                .flatMap(directory -> RouteFile.in(Path.of(directory)).stream())
                .flatMap(file -> file.steps.stream())
                .filter(which)
                .toList();
    }

    private static String ledgerAction(Map<String, Object> step) {
        String uri = String.valueOf(step.get("uri"));
        return uri.startsWith("ledger:") ? uri.substring("ledger:".length()).replaceFirst("\\?.*", "") : "";
    }

    private static void saysThatItEndsTheRoute(Map<String, Object> step) {
        assertThat(String.valueOf(step.get("description")))
                .as("%s", step.get("id"))
                .startsWith("Ends the route");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void no_id_is_given_twice() {
        assertThat(all(file -> Stream.concat(file.routes.stream(), file.steps.stream())
                        .map(one -> one.get("id"))
                        .toList()))
                .doesNotHaveDuplicates();
    }

    @Test
    void the_shared_error_handling_holds_for_every_route() {
        List<Map<String, Object>> configurations = all(file -> file.configurations);

        assertThat(configurations).hasSize(1);
        assertThat(configurations.get(0)).doesNotContainKey("id");
    }

    @Test
    void every_direct_that_is_called_begins_a_route_and_none_begins_two() {
        assertThat(all(file -> file.offered)).doesNotHaveDuplicates().containsAll(all(file -> file.called));
    }

    @Test
    void every_bean_that_a_route_names_is_there(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("application.properties"), """
                        tandem.primero.url = http://127.0.0.1:1
                        tandem.primero.user = tandem
                        tandem.primero.password = invented
                        tandem.oscar.url = http://127.0.0.1:2
                        tandem.oscar.user = tandem@example.org
                        tandem.oscar.password = invented
                        tandem.db.url = jdbc:h2:file:%s
                        """.formatted(
                        directory.resolve("ledger").toString().replace('\\', '/')));
        Settings settings = SettingsReader.read(
                        Optional.of(file), Map.of(), Path.of("").toAbsolutePath())
                .settings();
        try (OpenedLedger opened = OpenedLedger.open(settings, warning -> {});
                Engine engine =
                        new Engine(settings, opened.ledger(), EditionLoader.load(settings, opened.ledger()), false)) {
            engine.start();

            assertThat(all(one -> one.beans)).isNotEmpty().allSatisfy(bean -> assertThat(
                            engine.context().getRegistry().lookupByName(bean))
                    .as(bean)
                    .isNotNull());
            String page = Files.readString(Path.of("docs/edit/routes.md"));
            Map<String, Object> beans = engine.context().getRegistry().findByTypeWithName(Object.class);
            assertThat(beans.keySet()).contains("pages", "answers", "caseSweep");
            beans.forEach((name, bean) -> {
                if (bean.getClass().getName().startsWith("dev.tandem.")
                        && bean.getClass().getPackageName().matches(STEPS)) {
                    assertThat(page).contains("`" + name + "`");
                    assertThat(bean instanceof HttpClientConfigurer ? List.<String>of() : steps(bean))
                            .as(name)
                            .allSatisfy(step -> assertThat(page).containsPattern("`" + step + "[`(]"));
                }
            });
        }
    }

    private static List<String> steps(Object bean) {
        return Arrays.stream(bean.getClass().getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .filter(method -> method.getParameterCount() > 0)
                .map(Method::getName)
                .distinct()
                .toList();
    }

    private static <T> List<T> all(Function<RouteFile, List<T>> of) {
        return FILES.stream().flatMap(file -> of.apply(file).stream()).toList();
    }
}
