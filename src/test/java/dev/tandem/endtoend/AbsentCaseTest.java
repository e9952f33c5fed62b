package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.sandbox.http.Json;
import dev.tandem.sandbox.oscar.ClientForm;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that names a case which Primero does not have, or has twice. */
class AbsentCaseTest {
    private static final String CASE_ID = "cccccccc-0000-4000-8000-0000000000f1";

    @TempDir
    Path directory;

    @Test
    void is_listed_is_not_searched_for_in_vain_and_is_tied_once_its_case_comes() {
        try (Bench bench = new Bench(directory)) {
            bench.primero.worker().newCase(Children.of("Somebody", "Else"));
            String slug = bench.oscar.worker("cif").newClient(ClientForm.named("Srey", "Sample"));
            bench.oscar.worker("cif").editClient(slug, form -> form.externalId(CASE_ID, "00000f1"));
            bench.adopt();
            bench.sync();
            assertThat(bench.ledger().of("oscar-to-primero", "cif/" + slug))
                    .extracting(LedgerRows.Row::code)
                    .containsExactly("case-not-found");

            bench.primero.calls().clear();
            bench.syncInFull();
            assertThat(bench.primero.calls().list(call -> call.query().containsKey("case_id")))
                    .isEmpty();

            String id = bench.primero.plant(Json.of(Children.of("Srey", "Sample"))
                    .put("case_id", CASE_ID)
                    .put("case_id_display", "00000f1"));
            // The case is marked by the one, the client by the next: OSCaR is read first.
            bench.syncInFull();
            bench.syncInFull();
            assertThat(bench.primero
                            .caseById(id)
                            .orElseThrow()
                            .path("oscar_short_id")
                            .asText())
                    .isEqualTo(slug);
            assertThat(bench.ledger().of("oscar-to-primero", "cif/" + slug)).noneMatch(LedgerRows.Row::listed);
        }
    }
}
