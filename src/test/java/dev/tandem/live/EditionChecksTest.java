package dev.tandem.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.tandem.files.EditedDirectory;
import dev.tandem.ledger.EditionBook;
import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.storage.LedgerSettings;
import dev.tandem.ledger.storage.Seal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was found sound once is not checked again: only as long as nothing is different on which that depends. */
class EditionChecksTest {
    private static final String ROUTE =
            "- route: {id: one, description: one, from: {uri: 'direct:one', steps: [{setBody: {constant: %s}}]}}";

    @TempDir
    Path directory;

    private final AtomicInteger built = new AtomicInteger();

    @Test
    void the_same_texts_are_checked_once_and_any_difference_has_all_checked_again() throws IOException {
        try (HikariDataSource database = new HikariDataSource()) {
            database.setJdbcUrl("jdbc:h2:mem:" + UUID.randomUUID());
            EditionBook verdicts = books(database, 0);
            write("routes/one.camel.yaml", ROUTE.formatted("a"));
            write("mappings/one.jslt", "{}");
            write("mappings/code-lists/lists.csv", "list,column,key_for,form,found_in\n");
            assertThat(isCheckedAnew(verdicts, "a release", Set.of())).isTrue();
            assertThat(isCheckedAnew(verdicts, "a release", Set.of())).isFalse();

            assertThat(isCheckedAnew(books(database, 1), "a release", Set.of()))
                    .as("under another payload key")
                    .isTrue();
            assertThat(isCheckedAnew(verdicts, "another release", Set.of())).isTrue();
            assertThat(isCheckedAnew(verdicts, "a release", Set.of("exec"))).isTrue();
            write("routes/one.camel.yaml", ROUTE.formatted("b"));
            assertThat(isCheckedAnew(verdicts, "a release", Set.of())).isTrue();
            write("mappings/examples/one/x.json", "{\"input\": {}, \"output\": {}}");
            assertThat(isCheckedAnew(verdicts, "a release", Set.of())).isTrue();
            write(
                    "routes/one.camel.yaml",
                    "- route: {id: one, description: one, from: {uri: 'direct:one', stepps: []}}");
            assertThat(isCheckedAnew(verdicts, "a release", Set.of())).isTrue();
            assertThat(isCheckedAnew(verdicts, "a release", Set.of()))
                    .as("faults are found each time")
                    .isTrue();
        }
    }

    @Test
    void no_text_passes_for_several() {
        Edition two = new Edition(routes(Map.of("a", "x", "b", "y")), routes(Map.of()));
        Edition one = new Edition(routes(Map.of("a", "x\0routes/b\0y")), routes(Map.of()));

        assertThat(one.fingerprint("")).isNotEqualTo(two.fingerprint(""));
    }

    private static EditedDirectory routes(Map<String, String> texts) {
        return new EditedDirectory(new TreeMap<>(texts), List.of());
    }

    private static EditionBook books(HikariDataSource database, int key) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) key;
        return Ledger.open(database, LedgerSettings.defaults(), new Seal(bytes, Optional.empty()))
                .editions();
    }

    private boolean isCheckedAnew(EditionBook verdicts, String release, Set<String> allowed) {
        int before = built.get();
        EditionChecks checks = new EditionChecks(
                mappings -> {
                    built.incrementAndGet();
                    return new DefaultCamelContext();
                },
                Set.of(),
                new Allowed(allowed),
                release);
        checks.check(Edition.read(directory.resolve("routes"), directory.resolve("mappings")), verdicts);
        return built.get() > before;
    }

    private void write(String file, String text) throws IOException {
        Path path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
