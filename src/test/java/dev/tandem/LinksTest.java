package dev.tandem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages lead somewhere, and what they name exists. */
class LinksTest {
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern TICKED = Pattern.compile("`([^`\\n]+)`");
    private static final Pattern FENCED = Pattern.compile("(?s)```.*?```");
    private static final Pattern DECLARATION = Pattern.compile("\\b(?:class|record|interface|enum) ([A-Z]\\w+)");
    private static final Pattern ROOM = Pattern.compile("(?m)^package dev\\.tandem\\.(.+);$");

    /** A class with its package under dev.tandem, or one whose name has two words. */
    private static final Pattern QUALIFIED = Pattern.compile("([a-z]+\\.)+[A-Z]\\w+");

    private static final Pattern HUMPED = Pattern.compile("[A-Z][a-z]+[A-Z]\\w+");
    private static final Pattern FILE = Pattern.compile("(src|routes|mappings|k8s|docs|\\.ci)/[\\w./-]+");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.+)$");

    @Test
    void every_link_between_pages_and_into_the_repository_leads_somewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        int followed = 0;
        for (Path page : pages()) {
            Matcher links = LINK.matcher(Files.readString(page));
            while (links.find()) {
                String target = links.group(1);
                if (!target.startsWith("http")) {
                    followed++;
                    if (!leads(page, target)) {
                        broken.add(page + " -> " + target);
                    }
                }
            }
        }
        assertThat(broken).isEmpty();
        assertThat(followed).isGreaterThan(20);
    }

    @Test
    void the_page_on_architecture_names_every_file_of_routes() throws IOException {
        try (Stream<Path> routes = Files.list(Path.of("routes"))) {
            String page = Files.readString(Path.of("docs/develop/architecture.md"));
            assertThat(routes.filter(file -> file.toString().contains(".camel."))
                            .map(route -> "(../../routes/" + route.getFileName() + ")"))
                    .allSatisfy(route -> assertThat(page).contains(route));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Where is a referral's status decided?",
                "What happens between a webhook's arrival and the 202?",
                "Where do you add a code list?",
                "What makes a replica give up a lease?",
                "Which file may a ministry's administrator edit?"
            })
    void a_newcomer_finds_the_answer_two_links_from_the_first_page(String question) throws IOException {
        assertThat(Files.readString(Path.of("README.md"))).contains("](docs/develop/architecture.md#where-to-find-it)");
        assertThat(Files.readAllLines(Path.of("docs/develop/architecture.md")))
                .filteredOn(line -> line.startsWith("| " + question + " |"))
                .hasSize(1)
                .allSatisfy(answer -> assertThat(LINK.matcher(answer).find()).isTrue());
    }

    @Test
    void every_class_and_file_that_a_page_names_exists() throws IOException {
        Set<String> declared = declared();
        List<String> unknown = new ArrayList<>();
        int found = 0;
        for (Path page : pages()) {
            boolean onCode =
                    page.startsWith("docs/develop") || page.endsWith("CONTRIBUTING.md") || page.endsWith("SECURITY.md");
            Matcher names =
                    TICKED.matcher(FENCED.matcher(Files.readString(page)).replaceAll(""));
            while (names.find()) {
                String name = names.group(1);
                if (QUALIFIED.matcher(name).matches()
                        || (onCode && HUMPED.matcher(name).matches())) {
                    found++;
                    if (!declared.contains(name)) {
                        unknown.add(page + " -> " + name);
                    }
                } else if (FILE.matcher(name).matches() && !Files.exists(Path.of(name))) {
                    unknown.add(page + " -> " + name);
                }
            }
        }
        assertThat(unknown).isEmpty();
        assertThat(found).isGreaterThan(50);
    }

    /** All that is declared under src: {@code Name}, and {@code room.Name} with its package under dev.tandem. */
    private static Set<String> declared() throws IOException {
        Set<String> declared = new HashSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(".java")).toList()) {
                String text = Files.readString(file);
                Matcher room = ROOM.matcher(text);
                String prefix = room.find() ? room.group(1) + "." : "";
                DECLARATION.matcher(text).results().forEach(found -> {
                    declared.add(found.group(1));
                    declared.add(prefix + found.group(1));
                });
            }
        }
        return declared;
    }

    private static boolean leads(Path page, String target) {
        String[] parts = target.split("#", 2);
        Path file = parts[0].isEmpty()
                ? page
                : page.toAbsolutePath().getParent().resolve(parts[0]).normalize();
        return Files.exists(file) && (parts.length == 1 || anchors(file).contains(parts[1]));
    }

    /** As GitHub makes them. */
    private static Set<String> anchors(Path page) {
        try {
            return HEADING.matcher(Files.readString(page))
                    .results()
                    .map(heading -> heading.group(1)
                            .toLowerCase(Locale.ROOT)
                            .replaceAll("[^\\p{L}\\p{N} _-]", "")
                            .replace(' ', '-'))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> root = Files.list(Path.of(""));
                Stream<Path> docs = Files.walk(Path.of("docs"))) {
            return Stream.concat(root, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList();
        }
    }
}
