package dev.tandem.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.tandem.sandbox.oscar.OscarSettings;
import dev.tandem.sandbox.oscar.OscarSimulator;
import dev.tandem.sandbox.primero.Options;
import dev.tandem.sandbox.primero.PrimeroSimulator;
import dev.tandem.sandbox.primero.Version;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The run against a server that it knows nothing of: here the simulators, asked as test servers are. */
class ContractRunTest {
    private final Map<String, String> options = new HashMap<>();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private int run() {
        options.put("contract.pause", "0");
        return ContractRun.run(options::get, new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    private void primero(String url, String password) {
        options.put("contract.primero.url", url);
        options.put("contract.primero.user", "tandem");
        options.put("contract.primero.password", password);
        options.put("contract.primero.recipient", "agency-cif-user");
    }

    private void confirmed() {
        options.put(Given.CONFIRMED, "localhost,127.0.0.1");
    }

    @Test
    void both_servers_as_said_end_with_0_and_a_table() {
        try (PrimeroSimulator primero =
                        PrimeroSimulator.start(Options.defaults().withVersion(Version.V2_14));
                OscarSimulator oscar = OscarSimulator.start()) {
            primero(primero.url(), primero.options().password());
            options.put("contract.oscar.url", oscar.url());
            options.put("contract.oscar.user", OscarSettings.standard().email());
            options.put("contract.oscar.password", OscarSettings.standard().password());
            options.put("contract.oscar.ngo", "cif");
            confirmed();
            int exitCode = run();
            assertThat(printed()).doesNotContain("DIFFERENT");
            assertThat(exitCode).isZero();
            assertThat(printed())
                    .contains("needs a person at the NGO")
                    .contains("Primero case ")
                    .contains("OSCaR external_id tandem-contract-")
                    .doesNotContain(primero.options().password());
            assertThat(primero.isAccountLocked("tandem")).isFalse();
            assertThat(primero.cases()).allMatch(each -> each.toString().contains("tandem-contract-"));
        }
    }

    @Test
    void a_wrong_little_server_ends_with_3_and_both_sides_in_the_table() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body =
                    "{\"data\":[],\"metadata\":{\"total\":0,\"per\":20,\"page\":1}}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            primero("http://localhost:" + server.getAddress().getPort(), "synthetic");
            confirmed();
            assertThat(run()).isEqualTo(3);
        } finally {
            server.stop(0);
        }
        assertThat(printed())
                .containsSubsequence(
                        "P109",
                        "Malformed JSON is 500",
                        "the contract says: status 500",
                        "seen:              status 200");
    }

    @Test
    void an_address_that_is_not_confirmed_is_refused_before_anything_is_sent() throws IOException {
        AtomicInteger calls = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            calls.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        try {
            primero("http://localhost:" + server.getAddress().getPort(), "synthetic");
            for (String confirmed : new String[] {"", "127.0.0.1", "local", "xlocalhost", "localhost:80"}) {
                options.put(Given.CONFIRMED, confirmed);
                assertThat(run()).as(confirmed).isEqualTo(2);
            }
            options.put(Given.CONFIRMED, "localhost");
            options.put("contract.oscar.url", "http://oscar.example.org");
            options.put("contract.oscar.user", "sync@example.org");
            options.put("contract.oscar.password", "synthetic");
            assertThat(run()).isEqualTo(2);
            assertThat(printed()).contains("oscar.example.org is not confirmed as a test server");
        } finally {
            server.stop(0);
        }
        assertThat(calls).hasValue(0);
    }

    @Test
    void no_address_no_user_or_a_user_in_the_address_is_wrong_usage() {
        assertThat(run()).isEqualTo(2);
        confirmed();
        options.put("contract.primero.url", "http://localhost:1");
        assertThat(run()).isEqualTo(2);
        primero("http://localhost@primero.example.org", "synthetic");
        assertThat(run()).isEqualTo(2);
    }

    @Test
    void nobody_there_is_4() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        primero("http://localhost:" + free, "synthetic");
        confirmed();
        assertThat(run()).isEqualTo(4);
    }

    @Test
    void an_account_that_is_refused_is_not_tried_again() {
        try (PrimeroSimulator primero = PrimeroSimulator.start()) {
            primero(primero.url(), "not-the-password");
            confirmed();
            assertThat(run()).isEqualTo(2);
            assertThat(primero.calls().list("GET", "/api/v2/cases")).hasSize(1);
            assertThat(printed()).contains("Primero refuses the account");
        }
    }
}
