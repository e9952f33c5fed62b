package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.sandbox.oscar.ClientForm;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Primero is shown how a case went (protocol 1, contract primero-v2 §5.5). */
class MarkSyncedTest {
    private static final String URL = "https://tandem.example.org/webhooks/primero?e=case.update";

    @TempDir
    Path directory;

    @Test
    void the_case_worker_sees_synced_or_failed_and_seeing_it_is_no_news() {
        try (Bench bench = new Bench(directory)
                .with("tandem.primero.mark-synced", "true")
                .with("tandem.primero.mark-synced-url", URL)) {
            bench.oscar.worker("cif").newClient(ClientForm.named("Somebody", "Else"));
            var worker = bench.primero.worker();
            String quiet = worker.newCase(Children.of("Bopha", "Example"));
            String good = worker.newCase(Children.of("Dara", "Example"));
            String row = worker.addService(good, Children.referral("counselling_trauma", "agency-cif"));
            worker.refer(good, row, "agency-cif-user", "Example note");
            String bad = worker.newCase(Children.of("Rith", "Example"));
            String unlisted = worker.addService(bad, Children.referral("counselling_trauma", "agency-nobody"));
            worker.refer(bad, unlisted, "agency-cif-user", "Example note");
            bench.adopt();
            bench.sync();
            assertThat(status(bench, good)).isEqualTo("synced");
            assertThat(status(bench, bad)).isEqualTo("failed");
            assertThat(status(bench, quiet)).as("nothing was owed").isEmpty();

            long shown = shown(bench);
            bench.sync();
            bench.syncInFull();
            assertThat(shown(bench)).as("its own write causes none").isEqualTo(shown);

            String second = worker.addService(good, Children.referral("counselling_trauma", "agency-cif"));
            worker.refer(good, second, "agency-cif-user", "Example note");
            bench.sync();
            assertThat(shown(bench)).as("something more went through").isEqualTo(shown + 1);
            bench.syncInFull();
            assertThat(shown(bench)).isEqualTo(shown + 1);
        }
    }

    private static String status(Bench bench, String id) {
        return bench.primero.webhooks().syncStatus(id).orElse("");
    }

    private static long shown(Bench bench) {
        return bench.primero.calls().list(call -> call.method().equals("PATCH")).size();
    }
}
