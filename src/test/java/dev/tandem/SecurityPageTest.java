package dev.tandem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** SECURITY.md names the versions that the pom sets, and tests that exist. */
class SecurityPageTest {
    private static final Pattern MANAGED =
            Pattern.compile("<artifactId>([\\w.-]+)</artifactId>\\s*(?:<!--[^>]*-->\\s*)?<version>([^<]+)</version>");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([\\w.-]+)` \\|[^|]*\\| (\\S+) \\|");
    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT))`");

    @Test
    void each_version_in_its_table_is_the_poms_and_each_that_the_pom_overrides_is_there() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        Set<String> set = versions(pom);
        Set<String> overridden =
                versions(pom.substring(pom.indexOf("<dependencyManagement>"), pom.indexOf("</dependencyManagement>")));
        overridden.removeIf(library -> library.startsWith("camel-bom "));
        Set<String> listed = ROW.matcher(page())
                .results()
                .map(row -> row.group(1) + " " + row.group(2))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(set).containsAll(listed);
        assertThat(listed).containsAll(overridden).hasSizeGreaterThan(10);
    }

    @Test
    void each_line_of_who_is_trusted_with_what_names_tests_that_exist() throws IOException {
        List<String> lines =
                page().lines().filter(line -> line.startsWith("| who ")).skip(1).toList();

        assertThat(lines).hasSize(6);
        assertThat(lines)
                .allSatisfy(line -> assertThat(TEST.matcher(line).results().map(named -> named.group(1)))
                        .isNotEmpty()
                        .isSubsetOf(tests()));
    }

    private static String page() throws IOException {
        return Files.readString(Path.of("SECURITY.md"));
    }

    private static Set<String> versions(String pom) throws IOException {
        String all = Files.readString(Path.of("pom.xml"));
        return MANAGED.matcher(pom)
                .results()
                .map(found -> found.group(1) + " " + value(all, found))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String value(String pom, MatchResult found) {
        String version = found.group(2);
        Matcher property = Pattern.compile("\\$\\{(.+)}").matcher(version);
        return property.matches()
                ? pom.replaceAll("(?s).*<" + Pattern.quote(property.group(1)) + ">([^<]+)</.*", "$1")
                : version;
    }

    private static Set<String> tests() throws IOException {
        try (var files = Files.walk(Path.of("src/test/java"))) {
            return files.map(file -> file.getFileName().toString().replace(".java", ""))
                    .collect(Collectors.toSet());
        }
    }
}
