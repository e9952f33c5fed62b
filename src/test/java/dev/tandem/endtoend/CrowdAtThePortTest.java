package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.tandem.sandbox.oscar.Gateway;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process with little memory between callers who mean no good: events are taken all the same, and it stops when told to. */
class CrowdAtThePortTest {
    private static final int BODIES = 700;
    /** As many as the files that one process may have open here. */
    private static final int IDLE =
            ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean machine
                            && machine.getMaxFileDescriptorCount() > 15_000
                    ? 10_000
                    : 2_000;

    private static final int EVENTS = 20;
    private static final byte[] CHUNK = ("4000\r\n" + "x".repeat(0x4000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    private static final String EVENT =
            "{\"data\":{\"record_id\":\"0d7c1a52-2b7e-4a0f-9c55-3f0f6f1a9b10\",\"record_type\":\"case\"}}";

    private final List<Socket> crowd = new ArrayList<>();

    @Test
    void events_are_taken_while_hundreds_send_without_end_and_thousands_say_nothing(@TempDir Path directory)
            throws Exception {
        try (Bench bench = ListeningService.prepared(new Bench(directory))) {
            bench.adopt();
            try (TandemProcess service = TandemProcess.begin(
                    bench, directory, Map.of(), List.of("-Xmx400m", "-XX:+ExitOnOutOfMemoryError"), "run")) {
                service.ready();
                int port = URI.create(service.url("/")).getPort();
                int management = URI.create(service.managementUrl("/")).getPort();
                String unsigned =
                        head("/webhooks/oscar", "webhook-id: a\r\nwebhook-timestamp: 1\r\nwebhook-signature: v1,x\r\n");
                for (int i = 0; i < BODIES; i++) {
                    // A megabyte each, as far as they are let.
                    send(port, unsigned, 64);
                    send(port, head("/webhooks/primero", ""), 4);
                }
                for (int i = 0; i < IDLE; i++) {
                    send(port, i % 2 == 0 ? "" : "POST /webhooks/primero HTTP/1.1\r\nHo", 0);
                }
                for (int i = 0; i < 1_000; i++) {
                    send(management, "GET /obs", 0);
                }
                for (int i = 0; i < BODIES; i++) {
                    send(management, head(i % 2 == 0 ? "/observe/health/live" : "/api/sync", ""), 8);
                }

                AtomicBoolean over = new AtomicBoolean();
                List<CompletableFuture<Integer>> flood = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    flood.add(CompletableFuture.supplyAsync(() -> flood(port, over), task -> new Thread(task).start()));
                }
                try {
                    for (int i = 0; i < EVENTS; i++) {
                        assertThat(primero(service)).isEqualTo(202);
                    }
                } finally {
                    over.set(true);
                }
                assertThat(flood).allSatisfy(one -> assertThat(one.join()).isPositive());
                assertThat(new Gateway(service.url("/webhooks/oscar"), ListeningService.OSCAR_SECRET)
                                .tell("01SYNTHETIC0000000000000ZZ"))
                        .isEqualTo(202);
                service.ready();
                assertThat(service.stopped()).as(service.log()).isZero();
                assertThat(service.log()).doesNotContain("OutOfMemory");
            } finally {
                for (Socket socket : crowd) {
                    socket.close();
                }
            }
        }
    }

    /** Requests without the secret, one after the other. @return how many were answered */
    private static int flood(int port, AtomicBoolean over) {
        byte[] request = "POST /webhooks/primero HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}"
                .getBytes(StandardCharsets.US_ASCII);
        int answered = 0;
        while (!over.get()) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout(20_000);
                socket.getOutputStream().write(request);
                answered += new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                                .startsWith("HTTP/1.1 401")
                        ? 1
                        : 0;
            } catch (IOException refused) {
                // Among thousands.
            }
        }
        return answered;
    }

    private static String head(String path, String headers) {
        return "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" + headers
                + "Transfer-Encoding: chunked\r\n\r\n";
    }

    private void send(int port, String head, int chunks) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        crowd.add(socket);
        try {
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < chunks; i++) {
                socket.getOutputStream().write(CHUNK);
            }
        } catch (IOException refused) {
            // As it should be: nobody reads what it goes on to send.
        }
    }

    private static int primero(TandemProcess service) throws Exception {
        HttpRequest event = HttpRequest.newBuilder(URI.create(service.url("/webhooks/primero")))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/json")
                .header("x-api-key", ListeningService.PRIMERO_SECRET)
                .POST(HttpRequest.BodyPublishers.ofString(EVENT))
                .build();
        return HttpClient.newHttpClient()
                .sendAsync(event, HttpResponse.BodyHandlers.discarding())
                .get(60, TimeUnit.SECONDS)
                .statusCode();
    }
}
