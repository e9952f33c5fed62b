package dev.tandem;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PackagesPageTest {
    @Test
    void the_page_of_packages_is_that_of_the_rules() throws IOException {
        StringBuilder page = new StringBuilder("""
                # Packages

                Made from the rules that `ArchitectureTest` enforces. Each package knows only packages further down, and only those
                that are named. All are under `dev.tandem`.

                | package | is about | may know |
                |---|---|---|
                """);
        Room.ALL.forEach(room -> page.append("| `")
                .append(room.name())
                .append("` | ")
                .append(room.purpose())
                .append(" | ")
                .append(room.mayKnow().stream().map(name -> "`" + name + "`").collect(Collectors.joining(", ")))
                .append(" |\n"));
        GeneratedPage.check(Path.of("docs/develop/packages.md"), page.toString());
    }
}
