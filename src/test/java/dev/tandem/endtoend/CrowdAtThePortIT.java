package dev.tandem.endtoend;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.sandbox.oscar.Gateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged jar with little memory, between callers who mean no good: events are taken all the same, and it stops when told
 * to. As many callers as the files that one process may open here, and for longer, with {@code -Dtandem.crowd=large}.
 */
class CrowdAtThePortIT {
    private static final boolean LARGE = "large".equals(System.getProperty("tandem.crowd"));
    private static final int SENDERS = 700;
    private static final int IDLE = LARGE ? 10_000 : 2_000;
    private static final int BESIDE = LARGE ? 1_000 : 200;
    private static final int EVENTS = LARGE ? 200 : 20;
    private static final int FLOODERS = 4;
    private static final int AT_ONCE = 50;
    private static final int HEAP_MB = 400;
    /** Of what is not the heap: classes, compiled code, threads, buffers of the network. */
    private static final int BESIDE_HEAP_MB = 300;

    private static final int BODY_BYTES = 1 << 20;
    private static final byte[] CHUNK = ("4000\r\n" + "x".repeat(0x4000) + "\r\n").getBytes(US_ASCII);
    private static final String EVENT =
            "{\"data\":{\"record_id\":\"0d7c1a52-2b7e-4a0f-9c55-3f0f6f1a9b10\",\"record_type\":\"case\"}}";

    private final List<SocketChannel> crowd = new ArrayList<>();
    private final List<SocketChannel> senders = new ArrayList<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicLong turnedAway = new AtomicLong();

    @Test
    void events_are_taken_while_hundreds_send_slowly_and_thousands_say_nothing(@TempDir Path directory)
            throws Exception {
        List<CompletableFuture<Void>> attacks = new ArrayList<>();
        try (Bench bench = ListeningService.prepared(new Bench(directory))) {
            bench.adopt();
            try (TandemProcess service = TandemProcess.packaged(
                    bench,
                    directory,
                    List.of(
                            "-Xmx" + HEAP_MB + "m",
                            "-XX:+ExitOnOutOfMemoryError",
                            "-XX:TieredStopAtLevel=" + (LARGE ? 4 : 1)),
                    "run")) {
                service.ready();
                int port = URI.create(service.url("/")).getPort();
                gather(port, URI.create(service.managementUrl("/")).getPort());
                attacks.add(begin(this::sendSlowly));
                long began = System.nanoTime();
                for (int i = 0; i < FLOODERS; i++) {
                    attacks.add(begin(() -> flood(port)));
                }

                HttpClient client = HttpClient.newHttpClient();
                for (int i = 0; i < EVENTS; i++) {
                    assertThat(primero(client, service)).isEqualTo(202);
                }
                assertThat(new Gateway(service.url("/webhooks/oscar"), ListeningService.OSCAR_SECRET)
                                .tell("01SYNTHETIC0000000000000ZZ"))
                        .isEqualTo(202);
                service.ready();
                long millis = (System.nanoTime() - began) / 1_000_000;
                long most = service.mostMemoryMegabytes();
                String figures = String.format(
                        "%d events taken in %d ms, %d requests a second turned away, at most %d MB",
                        EVENTS, millis, turnedAway.get() * 1000 / millis, most);
                System.out.println(figures);
                assertThat(turnedAway).as(figures).hasValueGreaterThan(EVENTS);
                assertThat(most).as(figures).isLessThan(HEAP_MB + BESIDE_HEAP_MB);

                long told = System.nanoTime();
                assertThat(service.stopped()).as(service.log()).isZero();
                assertThat(Duration.ofNanos(System.nanoTime() - told)).isLessThan(Duration.ofSeconds(30));
                assertThat(service.log()).doesNotContain("OutOfMemory");
            }
        } finally {
            over.set(true);
            attacks.forEach(CompletableFuture::join);
            for (SocketChannel caller : crowd) {
                caller.close();
            }
        }
    }

    /** All that come and stay, on both ports. */
    private void gather(int port, int management) throws IOException {
        String unsigned =
                head("/webhooks/oscar", "webhook-id: a\r\nwebhook-timestamp: 1\r\nwebhook-signature: v1,x\r\n");
        for (int i = 0; i < SENDERS; i++) {
            senders.add(call(port, i % 2 == 0 ? unsigned : head("/webhooks/primero", "")));
        }
        for (int i = 0; i < IDLE; i++) {
            call(port, i % 2 == 0 ? "" : "POST /webhooks/primero HTTP/1.1\r\nHo");
        }
        for (int i = 0; i < BESIDE; i++) {
            call(management, "GET /obs");
            senders.add(call(management, head(i % 2 == 0 ? "/observe/health/live" : "/api/sync", "")));
        }
    }

    private SocketChannel call(int port, String words) throws IOException {
        SocketChannel caller = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        crowd.add(caller);
        caller.configureBlocking(false);
        write(caller, words.getBytes(US_ASCII));
        return caller;
    }

    /** A megabyte each, a chunk at a time, as long as they are let. */
    private void sendSlowly() {
        for (int sent = 0; sent < BODY_BYTES && !over.get(); sent += CHUNK.length) {
            senders.removeIf(sender -> !write(sender, CHUNK));
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    /** Whether it was let. What the other side does not take at once is lost, which makes no difference to a body. */
    private static boolean write(SocketChannel caller, byte[] bytes) {
        try {
            caller.write(ByteBuffer.wrap(bytes));
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    /** Requests without the secret, each on a connection of its own, many at once, until it is over. */
    private void flood(int port) {
        byte[] request = "POST /webhooks/primero HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}".getBytes(US_ASCII);
        while (!over.get()) {
            List<Socket> calls = new ArrayList<>();
            try {
                for (int i = 0; i < AT_ONCE; i++) {
                    Socket call = new Socket(InetAddress.getLoopbackAddress(), port);
                    calls.add(call);
                    call.setSoTimeout(20_000);
                    call.getOutputStream().write(request);
                }
            } catch (IOException refused) {
                // Among thousands, or it has ended.
            }
            for (Socket call : calls) {
                try (call) {
                    turnedAway.addAndGet(
                            new String(call.getInputStream().readAllBytes(), US_ASCII).startsWith("HTTP/1.1 401")
                                    ? 1
                                    : 0);
                } catch (IOException refused) {
                    // The same.
                }
            }
        }
    }

    private static CompletableFuture<Void> begin(Runnable attack) {
        return CompletableFuture.runAsync(attack, task -> new Thread(task).start());
    }

    private static String head(String path, String headers) {
        return "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" + headers
                + "Transfer-Encoding: chunked\r\n\r\n";
    }

    private static int primero(HttpClient client, TandemProcess service) throws Exception {
        HttpRequest event = HttpRequest.newBuilder(URI.create(service.url("/webhooks/primero")))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/json")
                .header("x-api-key", ListeningService.PRIMERO_SECRET)
                .POST(HttpRequest.BodyPublishers.ofString(EVENT))
                .build();
        return client.sendAsync(event, HttpResponse.BodyHandlers.discarding())
                .get(60, TimeUnit.SECONDS)
                .statusCode();
    }
}
