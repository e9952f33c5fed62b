package dev.tandem.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import dev.tandem.sandbox.http.Fault;
import dev.tandem.sandbox.http.FreePort;
import dev.tandem.sandbox.http.PrivateCa;
import jakarta.mail.internet.MimeMessage;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.management.ObjectName;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What needs a person is told by mail and webhook, each thing once, by a real mail server and over real HTTP. */
class NoticesTest {
    private static final String NEVER = "0 0 3 1 1 ?";
    private static final String SIGNING = "synthetic-signing-secret";

    private record Posted(String path, String signature, String body) {}

    @TempDir
    Path directory;

    private final int smtp = FreePort.any();
    private final Queue<Posted> posted = new ConcurrentLinkedQueue<>();
    private volatile boolean refuses;
    private GreenMail mail;
    private HttpServer chat;
    private Bench bench;

    @BeforeEach
    void start() throws Exception {
        chat = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        chat.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            if (!refuses) {
                posted.add(new Posted(
                        exchange.getRequestURI().getPath(),
                        exchange.getRequestHeaders().getFirst("X-Tandem-Signature"),
                        body));
            }
            exchange.sendResponseHeaders(refuses ? 503 : 204, -1);
            exchange.close();
        });
        chat.start();
        EditedCopy routes = new EditedCopy(directory);
        routes.replace(routes.routes.resolve("notices.camel.yaml"), "period: 60000", "period: 300");
        String url = "http://127.0.0.1:" + chat.getAddress().getPort();
        bench = routes.of(new Bench(directory))
                .with("tandem.oscar.schedule", NEVER)
                .with("tandem.primero.schedule", NEVER)
                .with("tandem.oscar.full-schedule", NEVER)
                .with("tandem.primero.full-schedule", NEVER)
                .with("tandem.notices.mail.to", "operator@example.org, second@example.org")
                .with("tandem.notices.mail.from", "tandem@example.org")
                .with("tandem.notices.smtp.host", "127.0.0.1")
                .with("tandem.notices.smtp.port", String.valueOf(smtp))
                .with("tandem.notices.smtp.security", "none")
                .with("tandem.notices.smtp.user", "tandem")
                .with("tandem.notices.smtp.password", "synthetic-mail-password")
                // Hosts beyond the systems are called by https only.
                .with("tandem.system.chat.url", url)
                .with("tandem.notices.webhook.url", url)
                .with("tandem.notices.webhook.path", "hooks/synthetic")
                .with("tandem.notices.webhook.signing-secret", SIGNING)
                .with("tandem.notices.summary", "0/7 * * * * ?");
    }

    @AfterEach
    void stop() {
        bench.close();
        chat.stop(0);
        if (mail != null) {
            mail.stop();
        }
    }

    @Test
    void each_thing_is_told_once_whatever_fails_or_starts_again() throws Exception {
        bench.adopt();
        refuses = true;
        new Crowd(bench, 2, 0);
        bench.oscar.faults().next("POST", "/api/v1/organizations/clients/upsert", Fault.refusal(422));
        try (LogLines log = new LogLines();
                RunningService service = RunningService.of(bench)) {
            soon("no mail server yet").until(() -> log.has("notices cannot be sent by mail (MailConnectException)"));
            soon("shown that nobody is told").untilAsserted(() -> assertThat(observed("health/degraded"))
                    .contains(
                            "\"undelivered-notices\"",
                            "could not be sent by mail; the oldest",
                            "could not be sent by webhook; the oldest"));
            assertThat(observed("metrics"))
                    .containsPattern("tandem_undelivered_notices\\{channel=\"mail\"\\} [1-9]")
                    .containsPattern("tandem_undelivered_notices\\{channel=\"webhook\"\\} [1-9]");
            assertThat((Long) ManagementFactory.getPlatformMBeanServer()
                            .getAttribute(new ObjectName("dev.tandem:type=Configuration"), "UndeliveredNotices"))
                    .isGreaterThan(1);
            refuses = false;
            mail = new GreenMail(new ServerSetup(smtp, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
            mail.withConfiguration(GreenMailConfiguration.aConfig()
                    .withUser("operator@example.org", "tandem", "synthetic-mail-password"));
            mail.start();
            soon("what is parked").until(() -> mailed("1 http-422") == 1);
            soon("a summary").until(() -> mailed("1 primero-to-oscar referral") > 0);
            assertThat(mailed("primero-to-oscar: 0 pending, 0 waiting, 1 parked."))
                    .isPositive();

            bench.primero.faults().every("GET", "/api/v2/cases", Fault.unauthorized());
            LogTest.sweep("primero-to-oscar");
            soon("a closed gate").until(() -> mailed("Primero refused the login") == 1);
            assertThat(log.all())
                    .filteredOn(line -> line.contains("cannot be sent"))
                    .as("told once for each way")
                    .hasSize(2);
            assertThat(log.all())
                    .contains("INFO notices are sent by mail again", "INFO notices are sent by webhook again");
            soon("shown that all is sent").untilAsserted(() -> {
                assertThat(observed("health/degraded")).doesNotContain("undelivered-notices");
                assertThat(observed("metrics")).contains("tandem_undelivered_notices{channel=\"mail\"} 0.0");
            });
        }
        try (LogLines log = new LogLines();
                RunningService service = RunningService.of(bench)) {
            soon("a summary after the restart").until(() -> log.has("told by mail: [summary:"));
            assertThat(mailed("Primero refused the login")).isEqualTo(1);
            assertThat(mailed("1 http-422")).isEqualTo(1);
            assertThat(service.ended()).isNotDone();
        }
        MimeMessage first = mail.getReceivedMessages()[0];
        assertThat(first.getFrom()).extracting(Object::toString).containsExactly("tandem@example.org");
        assertThat(Arrays.stream(mail.getReceivedMessages())
                        .map(GreenMailUtil::getWholeMessage)
                        .toList())
                .as("nothing of a child")
                .noneMatch(text -> text.contains("Child0") || text.contains("Child1"));
        soon("posted, too").until(() -> told("gate-closed") == 1 && told("parked") == 1);
        assertThat(posted).allSatisfy(post -> {
            assertThat(post.path()).isEqualTo("/hooks/synthetic");
            assertThat(post.signature()).isEqualTo("sha256=" + hmac(post.body()));
        });
    }

    @Test
    void without_encryption_neither_mail_nor_login_is_sent_unless_the_settings_say_so() {
        mail = new GreenMail(new ServerSetup(smtp, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        bench.with("tandem.notices.smtp.security", "starttls").adopt();
        try (LogLines log = new LogLines();
                RunningService service = RunningService.of(bench)) {
            soon("refused").until(() -> log.has("notices cannot be sent by mail"));
            assertThat(service.ended()).isNotDone();
        }
        assertThat(mail.getReceivedMessages()).isEmpty();
        assertThat(mail.getUserManager().listUser()).as("logins").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"starttls", "tls"})
    void mail_is_encrypted_with_a_certificate_of_a_private_authority(String security) throws Exception {
        PrivateCa authority = new PrivateCa(directory);
        mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.withConfiguration(
                GreenMailConfiguration.aConfig().withUser("operator@example.org", "tandem", "synthetic-mail-password"));
        mail.start();
        bench.with("tandem.notices.smtp.host", "localhost")
                .with("tandem.notices.smtp.security", security)
                .with("tandem.http.ca-file", authority.certificate.toString())
                .adopt();
        try (MailTls tls = new MailTls(
                        authority.server("dns:localhost").context(),
                        security.equals("starttls"),
                        smtp,
                        mail.getSmtp().getPort());
                RunningService service = RunningService.of(bench)) {
            soon("a summary").until(() -> mailed("Nothing was sent in the last 24 hours.") > 0);
            assertThat(service.ended()).isNotDone();
            assertThat(tls.sessions()).isPositive();
        }
    }

    /** A mail arrives once for each of those whom it names. */
    private long mailed(String words) {
        return mail == null
                ? 0
                : Arrays.stream(mail.getReceivedMessages())
                        .filter(message -> text(message).contains(words))
                        .map(NoticesTest::id)
                        .distinct()
                        .count();
    }

    private static String id(MimeMessage message) {
        try {
            return message.getMessageID();
        } catch (jakarta.mail.MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(MimeMessage message) {
        try {
            return String.valueOf(message.getContent());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private long told(String kind) {
        return posted.stream()
                .flatMap(post -> kinds(post.body()).stream())
                .filter(kind::equals)
                .count();
    }

    private static List<String> kinds(String body) {
        try {
            JsonNode notices = new JsonMapper().readTree(body).path("notices");
            return notices.findValuesAsText("kind");
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private String observed(String page) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + bench.setting("tandem.management.port") + "/observe/" + page);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static String hmac(String body) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SIGNING.getBytes(UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(body.getBytes(UTF_8)));
    }

    private static ConditionFactory soon(String what) {
        return Awaitility.await(what).atMost(Duration.ofMinutes(1));
    }
}
