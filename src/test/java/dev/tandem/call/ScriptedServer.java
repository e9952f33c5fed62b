package dev.tandem.call;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server on a bare socket, which can also do what a proper one never would. One request per connection. */
final class ScriptedServer implements AutoCloseable {
    record Request(String method, String target, Map<String, String> headers, String body) {}

    /** Writes an answer, or breaks off; the connection is closed afterwards. */
    interface Reply {
        void to(Socket client, OutputStream out) throws IOException, InterruptedException;
    }

    interface Script {
        Reply answer(Request request);
    }

    static final Reply CLOSE = (client, out) -> {};

    static final Reply NO_CONTENT = (client, out) -> {
        head(out, 204, List.of());
        text(out, "\r\n");
    };

    private final ServerSocket socket;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "scripted-server");
        thread.setDaemon(true);
        return thread;
    });
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> clients = new CopyOnWriteArrayList<>();
    private volatile Script script;

    ScriptedServer(Script script) {
        this.script = script;
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    static ScriptedServer always(Reply reply) {
        return new ScriptedServer(request -> reply);
    }

    void script(Script next) {
        script = next;
    }

    int port() {
        return socket.getLocalPort();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port());
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    List<Request> requests(String path) {
        return requests.stream().filter(r -> r.target().contains(path)).toList();
    }

    static Reply json(int status, String body, String... headers) {
        List<String> all = new ArrayList<>(List.of("Content-Type: application/json"));
        all.addAll(List.of(headers));
        return reply(status, body, all);
    }

    static Reply reply(int status, String body, List<String> headers) {
        return (client, out) -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            head(out, status, headers);
            text(out, "Content-Length: " + bytes.length + "\r\n\r\n");
            out.write(bytes);
            out.flush();
        };
    }

    static void head(OutputStream out, int status, List<String> headers) throws IOException {
        text(out, "HTTP/1.1 " + status + " Some\r\nConnection: close\r\n");
        for (String header : headers) {
            text(out, header + "\r\n");
        }
    }

    static void text(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** Blocks until the client has closed its end, in whatever manner. */
    static void awaitHangUp(Socket client) {
        try {
            while (client.getInputStream().read() >= 0) {
                // what it still sends is of no interest
            }
        } catch (IOException reset) {
            // hung up all the same
        }
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                clients.add(client);
                threads.execute(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            Request request = read(client.getInputStream());
            requests.add(request);
            script.answer(request).to(client, client.getOutputStream());
        } catch (IOException gone) {
            // the client hung up, which is what some tests want
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private static Request read(InputStream in) throws IOException {
        String[] first = line(in).split(" ");
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            if (colon < 0) {
                throw new IOException("no HTTP");
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        return new Request(first[0], first[1], headers, new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("hung up");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket client : clients) {
            client.close();
        }
        threads.shutdownNow();
    }
}
