package dev.tandem.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tandem.settings.AdminSettings;
import dev.tandem.settings.Secret;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who comes in, over real sockets. */
class AdminGuardTest {
    private static final AdminBench OPEN = new AdminBench(AdminBench.open());
    private static final AdminBench LOCKED = new AdminBench(new AdminSettings(
            Optional.of("operator"), Optional.of(new Secret("synthetic-päss")), Set.of("tandem.example.org")));

    private static final AtomicInteger OTHERS = new AtomicInteger();

    @AfterAll
    static void close() {
        OPEN.close();
        LOCKED.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:1", "127.0.0.1", "127.0.0.1:9876", "[::1]:9876"})
    void without_a_password_it_is_called_by_the_names_of_this_machine(String host) {
        assertThat(OPEN.get("/api/status", "Host: " + host).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "attacker.example.org",
                "attacker.example.org:9876",
                "localhost.attacker.example.org",
                "127.0.0.1.example.org",
                "localhost@attacker.example.org",
                "10.1.2.3"
            })
    void another_name_for_this_machine_is_refused(String host) {
        AdminBench.Answer answer = OPEN.get("/api/status", "Host: " + host);
        assertThat(answer.status()).isIn(400, 403);
        assertThat(answer.body()).contains("\"error\"").doesNotContain("flows");
    }

    @Test
    void two_names_or_none_are_refused() {
        assertThat(OPEN.get("/api/status", "Host: localhost", "Host: attacker.example.org")
                        .status())
                .isEqualTo(400);
        assertThat(OPEN.get("/api/status", "Host:").status()).isIn(400, 403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-For: 10.1.2.3",
                "x-forwarded-host: tandem.example.org",
                "X-Forwarded-Proto: https",
                "Forwarded: for=10.1.2.3",
                "Via: 1.1 proxy",
                "X-Real-IP: 10.1.2.3"
            })
    void what_was_forwarded_is_refused_while_there_is_no_password(String header) {
        assertThat(OPEN.get("/api/status", header).status()).isEqualTo(403);
        assertThat(LOCKED.get("/api/status", header, login("operator:synthetic-päss"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void from_another_machine_it_is_refused_while_there_is_no_password() throws Exception {
        Optional<InetAddress> own = Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
                .flatMap(card -> Collections.list(card.getInetAddresses()).stream())
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .findFirst();
        assumeTrue(own.isPresent(), "this machine has no address but that of loopback");

        assertThat(OPEN.ask(own.get(), "GET", "/api/status", "").status()).isEqualTo(403);
        assertThat(LOCKED.ask(own.get(), "GET", "/api/status", "", login("operator:synthetic-päss"))
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "operator:synthetic-päss, 200",
        "operator:synthetic-pass, 401",
        "operator:synthetic-päs, 401",
        "operator:, 401",
        "somebody:synthetic-päss, 401",
        "nothing, 401"
    })
    void with_a_password_user_and_password_are_compared(String login, int status) throws Exception {
        assertThat(LOCKED.get(another(), "/api/status", login(login)).status()).isEqualTo(status);
    }

    @Test
    void without_a_login_it_is_asked_for() throws Exception {
        AdminBench.Answer answer = LOCKED.get("/api/status");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.head()).containsIgnoringCase("WWW-Authenticate: Basic");
        assertThat(LOCKED.get(another(), "/api/status", "Authorization: Basic %%%")
                        .status())
                .isEqualTo(401);
        assertThat(LOCKED.get(another(), "/api/status", "Authorization: Bearer x")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void with_names_set_it_is_called_by_those_and_loopback() {
        String known = login("operator:synthetic-päss");
        assertThat(LOCKED.get("/api/status", known, "Host: tandem.example.org").status())
                .isEqualTo(200);
        assertThat(LOCKED.get("/api/status", known, "Host: localhost").status()).isEqualTo(200);
        assertThat(LOCKED.get("/api/status", known, "Host: other.example.org").status())
                .isEqualTo(403);
    }

    @Test
    void a_change_needs_our_header_and_json() {
        InetAddress here = InetAddress.getLoopbackAddress();
        assertThat(OPEN.ask(here, "POST", "/api/reopen/oscar", "{}", "Content-Type: application/json")
                        .status())
                .isEqualTo(403);
        assertThat(OPEN.ask(here, "POST", "/api/reopen/oscar", "{}", "X-Tandem: 1", "Content-Type: text/plain")
                        .status())
                .isEqualTo(415);
        assertThat(OPEN.ask(here, "POST", "/api/reopen/oscar", "{}", "X-Tandem: 1")
                        .status())
                .isEqualTo(415);
        assertThat(OPEN.ask(
                                here,
                                "POST",
                                "/api/reopen/oscar",
                                "{}",
                                "X-Tandem: 1",
                                "Content-Type: application/json; charset=utf-8")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void guessing_waits_and_the_right_login_from_another_address_does_not() throws Exception {
        InetAddress guesser = InetAddress.getByName("127.0.0.2");
        try (AdminBench bench = new AdminBench(
                new AdminSettings(Optional.of("operator"), Optional.of(new Secret("synthetic-pass")), Set.of()))) {
            AdminBench.Answer first = bench.get(guesser, "/api/status", login("operator:wrong"));
            AdminBench.Answer unknown = bench.get(guesser, "/api/status", login("nobody:synthetic-pass"));
            assertThat(unknown).as("whichever of the two is wrong").isEqualTo(first);
            for (int i = 0; i < 3; i++) {
                bench.get(guesser, "/api/status", login("operator:wrong"));
            }
            AdminBench.Answer waits = bench.get(guesser, "/api/status", login("operator:synthetic-pass"));
            assertThat(waits.status()).isEqualTo(429);
            assertThat(waits.head()).containsIgnoringCase("Retry-After: 1");
            assertThat(bench.get("/api/status", login("operator:synthetic-pass"))
                            .status())
                    .isEqualTo(200);
            await().until(
                            () -> bench.get(guesser, "/api/status", login("operator:synthetic-pass"))
                                    .status(),
                            status -> status == 200);
        }
    }

    @Test
    void the_journal_has_who_changed_something_and_from_where() {
        String known = login("operator:synthetic-päss");
        assertThat(LOCKED.post("/api/reopen/oscar", "{}", known).status()).isEqualTo(200);
        assertThat(OPEN.post("/api/flows/oscar-to-primero/pause", "{}").status())
                .isEqualTo(200);
        assertThat(LOCKED.ledger.deadLetters().journal("operator", "/api/reopen/oscar", 1))
                .extracting(line -> line.event() + ": " + line.words().orElseThrow())
                .containsExactly("asked: admin API, operator from 127.0.0.1");
        assertThat(OPEN.ledger.deadLetters().journal("operator", "/api/flows/oscar-to-primero/pause", 1))
                .extracting(line -> line.words().orElseThrow())
                .containsExactly("admin API, loopback");
        assertThat(LOCKED.post("/api/reopen/primero", "{}", login("operator:wrong"))
                        .status())
                .isEqualTo(401);
        assertThat(LOCKED.ledger.deadLetters().journal("operator", "/api/reopen/primero", 1))
                .as("what was refused at the door")
                .isEmpty();
    }

    @Test
    void health_answers_whoever_asks() {
        assertThat(LOCKED.get("/observe/health/live", "Host: 10.1.2.3").status())
                .isEqualTo(200);
    }

    /** Of this machine: one that was wrong before would have to wait. */
    private static InetAddress another() throws Exception {
        return InetAddress.getByName("127.0.1." + OTHERS.incrementAndGet());
    }

    private static String login(String userAndPassword) {
        return "Authorization: Basic "
                + Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
    }
}
