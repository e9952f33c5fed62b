package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.sandbox.oscar.ClientForm;
import dev.tandem.sandbox.oscar.Outward;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Primero drops without a word what Tandem's role may not write (contract primero-v2 §3.5). */
class NotTakenTest {
    @TempDir
    Path directory;

    @Test
    void what_was_dropped_is_listed_and_the_client_knows_its_new_case() {
        try (Bench bench = new Bench(directory)) {
            bench.primero.changeUser("tandem", user -> user.withRole(user.role().readingOnly("services")));
            String slug = bench.oscar
                    .worker("cif")
                    .newClient(ClientForm.named("Dara", "Example").born("2014-06-03"));
            bench.oscar.worker("cif").referToMinistry(slug, Outward.of("medium", "Kinship care"));
            bench.adopt();
            bench.sync();

            ObjectNode theCase = bench.primero.casesOfClient(slug).get(0);
            assertThat(theCase.path("services_section")).isEmpty();
            assertThat(bench.ledger().all().stream()
                            .filter(row -> row.state().equals("parked"))
                            .map(row -> row.kind() + " " + row.code()))
                    .containsExactly("service not-taken");
            assertThat(bench.oscar.checks().client("cif", slug).externalId())
                    .isEqualTo(theCase.path("case_id").asText());
        }
    }
}
