package dev.tandem.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.json.ReportJson;
import dev.tandem.operation.Operation;
import dev.tandem.outcome.OperationFailed;
import dev.tandem.settings.AdminSettings;
import dev.tandem.settings.Secret;
import dev.tandem.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Calls of the admin API of the service on this machine. */
final class AdminClient {
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
    /** For a command that depends on the answer. */
    private static final Duration IN_GOOD_TIME = Duration.ofMinutes(2);
    /** To see whether there is anybody. */
    static final Duration AT_ONCE = Duration.ofSeconds(3);

    /** What a refused request says. */
    record Failure(String error, String words) {}

    private final HttpClient http;
    private final String base;
    private final Duration within;
    private final Optional<String> login;

    AdminClient(int port, Optional<Settings.Tls> tls, AdminSettings settings) {
        this(port, tls, settings, IN_GOOD_TIME);
    }

    AdminClient(int port, Optional<Settings.Tls> tls, AdminSettings settings, Duration within) {
        this.within = within;
        HttpClient.Builder client = HttpClient.newBuilder()
                .connectTimeout(CONNECT_WITHIN)
                .version(HttpClient.Version.HTTP_1_1)
                .proxy(HttpClient.Builder.NO_PROXY);
        tls.ifPresent(files -> client.sslContext(OwnCertificate.trustedOnly(files.certificate())));
        http = client.build();
        String loopback = Settings.Bind.LOOPBACK.address();
        base = (tls.isPresent() ? "https" : "http") + "://" + (loopback.contains(":") ? "[" + loopback + "]" : loopback)
                + ":" + port;
        login = settings.user().flatMap(user -> settings.password()
                .map(Secret::reveal)
                .map(password -> "Basic "
                        + Base64.getEncoder()
                                .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8))));
    }

    <Q, R> R ask(Operation<?, Q, R> operation, Q request) {
        ObjectNode fields = ReportJson.fields(request);
        String path =
                Operation.FIELD.matcher(operation.path()).replaceAll(field -> encoded(fields.remove(field.group(1))));
        HttpRequest.Builder call = HttpRequest.newBuilder().timeout(within);
        login.ifPresent(basic -> call.header("Authorization", basic));
        if (operation.method().equals("GET")) {
            String query = fields.properties().stream()
                    .map(field -> field.getKey() + "=" + encoded(field.getValue()))
                    .collect(Collectors.joining("&"));
            call.uri(URI.create(base + path + "?" + query)).GET();
        } else {
            call.uri(URI.create(base + path))
                    .header("Content-Type", "application/json")
                    .header(AdminGuard.OWN_HEADER, "1")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(ReportJson.bytes(fields)));
        }
        return read(send(call), operation.report());
    }

    private static String encoded(JsonNode field) {
        return URLEncoder.encode(field.asText(), StandardCharsets.UTF_8);
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw silent();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw silent();
        }
    }

    private <R> R read(HttpResponse<byte[]> answer, Class<R> report) {
        try {
            if (answer.statusCode() == 200) {
                return ReportJson.read(answer.body(), report);
            }
            throw refused(answer.statusCode(), ReportJson.read(answer.body(), Failure.class));
        } catch (IOException e) {
            throw silent();
        }
    }

    private static OperationFailed refused(int status, Failure failure) {
        if (status == 401) {
            return new OperationFailed(
                    OperationFailed.UNREACHABLE,
                    List.of("The running service refused the login of its admin API:"
                            + " tandem.admin.user and tandem.admin.password are other ones here than there."));
        }
        return new OperationFailed(
                status == 400 || status == 404 ? OperationFailed.WRONG : OperationFailed.UNREACHABLE,
                List.of("The running service did not do it: " + failure.words()
                        + (failure.words().endsWith(".") ? "" : ".")));
    }

    private OperationFailed silent() {
        return new OperationFailed(
                OperationFailed.UNREACHABLE,
                List.of(
                        "Another Tandem holds this database, but no admin API of it answers at " + base + ".",
                        "If it is a service with another tandem.management.port, use its settings here."
                                + " If it is another command, or is just starting, try again when it is done."));
    }
}
