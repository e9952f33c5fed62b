package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.tandem.sandbox.http.SimClock;
import dev.tandem.sandbox.oscar.OscarSettings;
import dev.tandem.sandbox.oscar.OscarSimulator;
import dev.tandem.sandbox.primero.Options;
import dev.tandem.sandbox.primero.PrimeroSimulator;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A secret of the settings shows nowhere that a person, a route or a monitor can look. */
class SecretsTest {
    private static final String ADMIN = "canary-of-the-admin";
    private static final String PRIMERO = "canary-of-primero";
    private static final String OSCAR = "canary-of-oscar";

    @TempDir
    Path directory;

    @Test
    void no_secret_shows_in_settings_log_api_health_metrics_or_jmx() throws Exception {
        Map<String, String> secrets = new LinkedHashMap<>();
        secrets.put("tandem.primero.password", PRIMERO);
        secrets.put("tandem.oscar.password", OSCAR);
        secrets.put("tandem.primero.webhook.secret", "canary-of-the-webhook-of-primero");
        secrets.put(
                "tandem.oscar.webhook.secret",
                "whsec_"
                        + Base64.getEncoder()
                                .encodeToString("canary-of-the-webhook-of-oscar".getBytes(StandardCharsets.UTF_8)));
        secrets.put("tandem.db.password", "canary-of-the-database");
        secrets.put("tandem.admin.password", ADMIN);
        secrets.put(
                "tandem.payload.key",
                Base64.getEncoder()
                        .encodeToString("canary-of-payloads-of-32-bytes-.".getBytes(StandardCharsets.UTF_8)));
        secrets.put(
                "tandem.payload.previous-key",
                Base64.getEncoder()
                        .encodeToString("previous-canary-of-32-bytes-long".getBytes(StandardCharsets.UTF_8)));
        Bench bench = new Bench(
                        directory,
                        PrimeroSimulator.start(Options.defaults().withUser("tandem", PRIMERO)),
                        OscarSimulator.start(OscarSettings.standard().withPassword(OSCAR), SimClock.real()))
                .onPostgresql()
                .with("tandem.admin.user", "administrator");
        try (bench;
                Overheard log = new Overheard(Map.of("", Level.INFO, "dev.tandem", Level.DEBUG))) {
            secrets.forEach(bench::with);
            bench.adopt();
            StringBuilder seen = new StringBuilder(bench.settings().toString());
            try (ListeningService service = ListeningService.of(bench)) {
                for (String path : List.of("/observe/health", "/observe/metrics", "/api/status", "/api/dead-letters")) {
                    seen.append(page(bench, path));
                }
                seen.append(beans());
                seen.append(service.operations.status());
            }
            seen.append(log.all());
            assertThat(seen).contains("tandem_", "dev.tandem:type=Configuration", "<route", "\"flows\"");
            assertThat(secrets.entrySet())
                    .allSatisfy(secret -> assertThat(seen.toString().contains(secret.getValue()))
                            .as("%s shows", secret.getKey())
                            .isFalse());
        }
    }

    private static String page(Bench bench, String path) throws Exception {
        String login = Base64.getEncoder().encodeToString(("administrator:" + ADMIN).getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + bench.setting("tandem.management.port") + path))
                .header("Authorization", "Basic " + login)
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** Every attribute of every bean, and what each route says of itself. */
    private static String beans() throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        StringBuilder text = new StringBuilder();
        for (ObjectName name : server.queryNames(null, null)) {
            text.append(name).append('\n');
            for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
                try {
                    text.append(server.getAttribute(name, attribute.getName())).append('\n');
                } catch (JMException | RuntimeException unreadable) {
                    text.append(unreadable.getMessage()).append('\n');
                }
            }
            for (MBeanOperationInfo operation : server.getMBeanInfo(name).getOperations()) {
                if (operation.getName().equals("dumpRouteAsXml") && operation.getSignature().length == 0) {
                    text.append(server.invoke(name, operation.getName(), new Object[0], new String[0]))
                            .append('\n');
                }
            }
        }
        return text.toString();
    }
}
