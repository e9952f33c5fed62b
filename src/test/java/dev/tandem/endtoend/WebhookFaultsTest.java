package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a caller reads when the route of a webhook fails, or is not there. */
class WebhookFaultsTest {
    @TempDir
    Path directory;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void a_route_that_fails_answers_500_and_one_that_is_not_there_503_neither_with_what_went_wrong() throws Exception {
        EditedCopy edited = new EditedCopy(directory);
        edited.replace(
                edited.routes.resolve("webhook-primero.camel.yaml"),
                "        - bean:\n            id: which-case-changed",
                "        - to:\n            id: fails\n            uri: mapping:primero-to-oscar/referral\n"
                        + "        - bean:\n            id: which-case-changed");
        Files.delete(edited.routes.resolve("webhook-oscar.camel.yaml"));
        try (Bench bench = edited.of(ListeningService.prepared(new Bench(directory)))) {
            bench.adopt();
            try (ListeningService service = ListeningService.of(bench)) {
                HttpResponse<String> failed = client.send(service.event("case-of-nobody"), BodyHandlers.ofString());
                assertThat(failed.statusCode()).isEqualTo(500);
                assertThat(failed.body()).doesNotContain("Exception", "case-of-nobody", "\tat ");

                HttpResponse<String> absent = absent(service);
                assertThat(absent.statusCode()).isEqualTo(503);
                assertThat(absent.headers().firstValue("Retry-After")).isPresent();
                assertThat(absent.body()).isEqualTo("{\"error\":\"not taken: send it again later\"}");
            }
        }
    }

    private HttpResponse<String> absent(ListeningService service) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(service.url("/webhooks/oscar")))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .build(),
                BodyHandlers.ofString());
    }
}
