package dev.tandem.live;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The table of edits that try to harm who checks them, and what would tell that one did. */
public final class HostileEdits implements AutoCloseable {
    /** One of them, as a file of routes. */
    public record Edit(String attempt, String file, String text) {
        @Override
        public String toString() {
            return attempt;
        }
    }

    private static final String SECRET = "canary-Kx81-never-shown";

    private final Path outside;
    private final ServerSocket server;
    private final AtomicInteger came = new AtomicInteger();

    /** @param outside a directory beside those that are edited */
    public HostileEdits(Path outside) throws IOException {
        this.outside = Files.createDirectories(outside);
        Files.writeString(outside.resolve("secret"), SECRET);
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread counting = new Thread(() -> {
            try {
                while (true) {
                    server.accept().close();
                    came.incrementAndGet();
                }
            } catch (IOException closed) {
                // The end of the test.
            }
        });
        counting.setDaemon(true);
        counting.start();
    }

    /** As they are in the table, with names that differ. */
    public static List<Edit> table() {
        try {
            List<Edit> edits = new ArrayList<>();
            String all = Files.readString(Path.of("src/test/resources/hostile-edits.txt"));
            for (String one : all.substring(all.indexOf("\n=== ") + 5).split("\n=== ")) {
                String attempt = one.lines().findFirst().orElseThrow();
                String text = one.substring(attempt.length()).strip() + "\n";
                String number = "h" + edits.size();
                edits.add(new Edit(
                        attempt,
                        number + (attempt.startsWith("xml") ? ".camel.xml" : ".camel.yaml"),
                        whole(attempt, text, number)));
            }
            return edits;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String whole(String attempt, String text, String id) {
        if (attempt.startsWith("step")) {
            return "- route:\n    id: " + id + "\n    description: Hostile\n    from:\n      uri: direct:" + id
                    + "\n      steps:\n        - " + text.replace("id: s,", "id: " + id + "-s,");
        }
        return attempt.startsWith("config") ? "- routeConfiguration:\n" + text.indent(4) : text;
    }

    /** With the places that it attacks. */
    public String of(Edit edit) {
        return edit.text()
                .replace("@PORT@", String.valueOf(server.getLocalPort()))
                .replace("@SECRET@", outside.resolve("secret").toString())
                .replace("@MADE@", outside.resolve("made").toString())
                .replace("@DEEP@", "(".repeat(30_000));
    }

    /** What one of them got, in words; empty if none got anything. */
    public List<String> harm(String shown) {
        List<String> harm = new ArrayList<>();
        if (came.get() > 0) {
            harm.add("it made a connection");
        }
        if (Files.exists(outside.resolve("made"))) {
            harm.add("it made a file");
        }
        if (shown.contains(SECRET) || shown.contains(System.getenv("PATH"))) {
            harm.add("it read what is outside");
        }
        return harm;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
