package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.sandbox.http.Reply;
import dev.tandem.sandbox.http.SimClock;
import dev.tandem.sandbox.http.SimServer;
import dev.tandem.sandbox.oscar.ClientForm;
import dev.tandem.sandbox.primero.Webhook;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** An event is sent for each save, also for that of the mark, and its log is the newest of its URL (contract primero-v2 §11). */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void the_mark_outlasts_the_events_and_a_failure_takes_it_back(boolean withTheWebhooksOwnUrl) throws IOException {
        try (Bench bench = new Bench(directory).with("tandem.primero.mark-synced", "true");
                SimServer listener = new SimServer(SimClock.real())) {
            listener.route("POST", "/webhooks/primero", request -> Reply.empty(200));
            listener.start();
            String hook = listener.url() + "/webhooks/primero";
            bench.primero.webhooks().register(Webhook.of("case.update", hook));
            if (withTheWebhooksOwnUrl) {
                bench.with("tandem.primero.mark-synced-url", hook);
            }
            bench.oscar.worker("cif").newClient(ClientForm.named("Somebody", "Else"));
            var worker = bench.primero.worker();
            String id = worker.newCase(Children.of("Dara", "Example"));
            String row = worker.addService(id, Children.referral("counselling_trauma", "agency-cif"));
            worker.refer(id, row, "agency-cif-user", "Example note");
            bench.adopt();
            bench.sync();
            assertThat(bench.primero.deliverWebhooks()).isPositive();
            assertThat(bench.primero.webhooks().syncedAt(id)).isPresent();
            worker.edit(id, Map.of("name_nickname", "Example"));
            bench.sync();
            bench.primero.deliverWebhooks();
            assertThat(bench.primero.webhooks().syncedAt(id))
                    .as("another event")
                    .isPresent();

            String unlisted = worker.addService(id, Children.referral("counselling_trauma", "agency-nobody"));
            worker.refer(id, unlisted, "agency-cif-user", "Example note");
            bench.sync();
            bench.primero.deliverWebhooks();
            assertThat(bench.primero.webhooks().syncedAt(id))
                    .as("something is parked")
                    .isEmpty();
        }
    }

    private static String status(Bench bench, String id) {
        return bench.primero.webhooks().syncStatus(id).orElse("");
    }

    private static long shown(Bench bench) {
        return bench.primero.calls().list(call -> call.method().equals("PATCH")).size();
    }
}
