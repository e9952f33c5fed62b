package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tandem.operation.Operations;
import dev.tandem.operation.request.InitRequest;
import dev.tandem.outcome.OperationFailed;
import dev.tandem.sandbox.http.ForwardProxy;
import dev.tandem.sandbox.http.FreePort;
import dev.tandem.sandbox.http.Front;
import dev.tandem.sandbox.http.PrivateCa;
import dev.tandem.sandbox.oscar.ClientForm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A proxy that wants a login, an authority of one's own, a path before the API, IPv6: over real connections. */
class NetworksAsPeopleHaveThemTest {
    private static final String PASSWORD = "synthetic-password-of-the-proxy";

    @TempDir
    static Path authorities;

    private static PrivateCa authority;
    private static PrivateCa.Server server;

    @TempDir
    Path directory;

    private Bench bench;

    @BeforeAll
    static void authority() {
        authority = new PrivateCa(authorities);
        server = authority.server("dns:localhost,ip:::1");
    }

    @AfterAll
    static void noMore() {
        authority = null;
    }

    @BeforeEach
    void begin() {
        bench = new Bench(directory);
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    private OperationFailed refused() {
        return catchThrowableOfType(OperationFailed.class, () -> bench.init(new InitRequest.Adopt()));
    }

    private void aReferralGoesThereAndItsDecisionComesBack() {
        bench.oscar.worker("cif").newClient(ClientForm.named("Somebody", "Else"));
        var worker = bench.primero.worker();
        String caseId = worker.newCase(Children.of("Dara", "Example"));
        String row = worker.addService(caseId, Children.referral("counselling_trauma", "agency-cif"));
        worker.refer(caseId, row, "agency-cif-user", "Example note");
        bench.adopt();
        bench.sync();
        var cif = bench.oscar.worker("cif");
        assertThat(cif.pending()).hasSize(1);
        int referral = cif.pending().get(0);
        String slug = cif.takeUp(referral);
        cif.accept(slug);
        cif.setReferralStatus(referral, "Accepted");
        bench.syncInFull();
        bench.sync();
        assertThat(bench.oscar.checks().referrals("cif")).hasSize(1);
        assertThat(bench.primero.referrals(caseId).get(0).status()).isEqualTo("accepted");
    }

    @Test
    void all_calls_go_by_a_proxy_with_a_login_to_paths_on_ipv6_behind_a_private_authority() throws IOException {
        onlyWithIpv6();
        try (ForwardProxy proxy = ForwardProxy.withLogin("tandem", PASSWORD);
                Front primero = new Front(URI.create(bench.primero.url()), server.context(), "[::1]", "/care/primero");
                Front oscar = new Front(URI.create(bench.oscar.url()), server.context(), "[::1]", "/oscar")) {
            bench.with("tandem.primero.url", primero.url())
                    .with("tandem.oscar.url", oscar.url())
                    .with("tandem.http.proxy", proxy.url())
                    .with("tandem.http.proxy.user", "tandem")
                    .with("tandem.http.proxy.password", PASSWORD)
                    .with("tandem.http.ca-file", authority.certificate.toString());
            aReferralGoesThereAndItsDecisionComesBack();
            assertThat(new TreeSet<>(proxy.forwarded()))
                    .isEqualTo(Stream.of(primero.url(), oscar.url())
                            .map(URI::create)
                            .map(url -> url.getHost() + ":" + url.getPort())
                            .collect(Collectors.toCollection(TreeSet::new)));
            assertThat(primero.headers())
                    .as("the proxy's login is nobody else's")
                    .doesNotContain("proxy-authorization");
            assertThat(oscar.headers()).doesNotContain("proxy-authorization");
        }
    }

    @Test
    void calls_in_clear_go_by_a_proxy_with_a_login_too_and_not_to_the_hosts_that_it_is_not_for() {
        try (ForwardProxy proxy = ForwardProxy.withLogin("tandem", PASSWORD)) {
            String oscar = bench.oscar.url().replace("127.0.0.1", "localhost");
            bench.with("tandem.oscar.url", oscar)
                    .with("tandem.http.proxy", proxy.url())
                    .with("tandem.http.proxy.user", "tandem")
                    .with("tandem.http.proxy.password", PASSWORD)
                    .with("tandem.http.no-proxy", "example.org, localhost");
            aReferralGoesThereAndItsDecisionComesBack();
            assertThat(Set.copyOf(proxy.forwarded()))
                    .containsExactly(
                            "127.0.0.1:" + URI.create(bench.primero.url()).getPort());
        }
    }

    @Test
    void what_a_proxy_refuses_names_the_setting_and_counts_as_not_sent() throws IOException {
        try (ForwardProxy proxy = ForwardProxy.withLogin("tandem", PASSWORD);
                Front primero = new Front(URI.create(bench.primero.url()), server.context(), "localhost", "")) {
            bench.with("tandem.primero.url", primero.url())
                    .with("tandem.http.ca-file", authority.certificate.toString())
                    .with("tandem.http.proxy", proxy.url());
            for (String url : List.of(primero.url(), bench.primero.url())) {
                bench.with("tandem.primero.url", url);
                assertThat(refused())
                        .hasMessageContaining("wants a login")
                        .hasMessageContaining("tandem.http.proxy.user")
                        .returns(4, OperationFailed::exitCode);
            }
            bench.with("tandem.primero.url", primero.url())
                    .with("tandem.http.proxy.user", "tandem")
                    .with("tandem.http.proxy.password", "another");
            assertThat(refused())
                    .hasMessageContaining("tandem.http.proxy.password")
                    .hasMessageNotContaining("another");
            bench.with("tandem.http.proxy.password", PASSWORD).with("tandem.primero.url", "https://nowhere.invalid");
            assertThat(refused()).hasMessageContaining("the proxy (tandem.http.proxy) could not reach primero (502)");
            assertThat(primero.headers()).isEmpty();
        }
        bench.with("tandem.http.proxy", "http://127.0.0.1:" + FreePort.any());
        assertThat(refused())
                .hasMessageContaining("the proxy (tandem.http.proxy) cannot be used: nothing listens there");
        bench.with("tandem.http.proxy", "http://nowhere.invalid:3128");
        assertThat(refused())
                .hasMessageContaining("the proxy (tandem.http.proxy) cannot be used: its host name is not known");
    }

    @Test
    void certificates_that_are_not_trusted_name_the_setting() throws IOException {
        try (Front primero = new Front(URI.create(bench.primero.url()), server.context(), "localhost", "")) {
            bench.with("tandem.primero.url", primero.url());
            assertThat(refused())
                    .hasMessageContaining("from no authority that is trusted")
                    .hasMessageContaining("tandem.http.ca-file")
                    .returns(4, OperationFailed::exitCode);
            bench.with("tandem.http.ca-file", authority.certificate.toString())
                    .with("tandem.primero.url", primero.url().replace("localhost", "127.0.0.1"));
            assertThat(refused()).hasMessageContaining("not for the host name by which it is called");
            Path empty = Files.writeString(directory.resolve("no-ca.pem"), "nothing");
            bench.with("tandem.http.ca-file", empty.toString());
            assertThat(refused())
                    .hasMessageContaining("tandem.http.ca-file holds no certificates")
                    .returns(2, OperationFailed::exitCode);
        }
        bench.with("tandem.http.ca-file", authority.certificate.toString())
                .with("tandem.primero.url", "https://nowhere.invalid");
        assertThat(refused())
                .hasMessageContaining("host name of primero is not known")
                .hasMessageContaining("tandem.primero.url");
    }

    @Test
    void a_service_answers_on_ipv6_where_it_is_bound_to_all() throws Exception {
        onlyWithIpv6();
        int webhooks = FreePort.any();
        int management = FreePort.any();
        bench.oscar.worker("cif").newClient(ClientForm.named("Somebody", "Else"));
        bench.primero.worker().newCase(Children.of("Dara", "Example"));
        bench.with("tandem.http.port", String.valueOf(webhooks))
                .with("tandem.management.port", String.valueOf(management))
                .with("tandem.management.bind", "all")
                .adopt();
        try (Operations service = bench.open()) {
            CompletableFuture<Integer> running = CompletableFuture.supplyAsync(service::run);
            HttpClient client = HttpClient.newHttpClient();
            HttpRequest live = HttpRequest.newBuilder(URI.create("http://[::1]:" + management + "/observe/health/live"))
                    .build();
            await().atMost(Duration.ofMinutes(1)).ignoreExceptions().until(() -> {
                assertThat(running).isNotCompleted();
                return client.send(live, BodyHandlers.discarding()).statusCode() == 200;
            });
            HttpRequest event = HttpRequest.newBuilder(URI.create("http://[::1]:" + webhooks + "/webhooks/primero"))
                    .build();
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> client.send(event, BodyHandlers.discarding()).statusCode() == 404);
            service.stop();
            assertThat(running).succeedsWithin(Duration.ofMinutes(1)).isEqualTo(0);
        }
    }

    private static void onlyWithIpv6() throws IOException {
        byte[] loopback = new byte[16];
        loopback[15] = 1;
        assumeTrue(
                NetworkInterface.getByInetAddress(InetAddress.getByAddress(loopback)) != null,
                "this machine has no IPv6: only IPv4 is tried");
    }
}
