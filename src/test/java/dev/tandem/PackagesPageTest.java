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

                For people who change the Java. `ArchitectureTest` enforces this table, and this page is made from it: each package uses only
                packages further down, and only those that its row names. All are under `dev.tandem`.

                | package | purpose | may use |
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
