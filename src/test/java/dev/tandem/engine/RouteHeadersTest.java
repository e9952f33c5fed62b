package dev.tandem.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page about routes names each header and property that crosses from one route to another, and none that does not. */
class RouteHeadersTest {
    private static final Path PAGE = Path.of("docs/edit/routes.md");
    private static final Pattern READ =
            Pattern.compile("\\$\\{(?:header|headers|exchangeProperty|variable)[.\\[]'?([\\w-]+)");
    private static final Pattern SET = Pattern.compile(
            "(?:set(?:Header|Property|Variable)[:\\s](?:(?!steps:)[^>])*?\\bname[:=]\\s*\"?)([\\w-]+)", Pattern.DOTALL);
    private static final Pattern IN_JAVA = Pattern.compile("\"(Tandem[A-Z]\\w+)\"");

    @Test
    void whatever_a_route_sets_or_reads_is_named() throws IOException {
        String routes = texts("routes", ".camel.yaml") + texts("routes", ".camel.xml");
        Set<String> used = found(READ, routes);
        used.addAll(found(SET, routes));

        assertThat(used).contains("TandemLocked", "TandemReferralId", "TandemFull", "CamelHttpPath", "successIs");
        assertThat(named()).containsAll(used);
    }

    @Test
    void whatever_the_components_and_beans_of_routes_put_there_is_named() throws IOException {
        Set<String> put = found(IN_JAVA, texts("src/main/java", ".java"));

        assertThat(put).hasSizeGreaterThan(30);
        assertThat(named()).containsAll(put);
    }

    @Test
    void nothing_is_named_that_is_not_there() throws IOException {
        String all = texts("routes", ".camel.yaml") + texts("src/main/java", ".java");

        assertThat(named())
                .filteredOn(name -> name.startsWith("Tandem"))
                .allMatch(name ->
                        Pattern.compile("\\b" + name + "\\b").matcher(all).find());
    }

    /** In the first column of the tables of its chapter. */
    private static Set<String> named() throws IOException {
        String page = Files.readString(PAGE);
        String chapter = page.substring(page.indexOf("\n## Headers and properties"));
        String rows = chapter.substring(0, chapter.indexOf("\n## ", 1))
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split(" \\| ")[0])
                .collect(Collectors.joining());
        return found(Pattern.compile("`([\\w-]+)`"), rows);
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String texts(String directory, String ending) throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(Path.of(directory))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(ending)).toList()) {
                all.append(Files.readString(file)).append('\n');
            }
        }
        return all.toString();
    }
}
