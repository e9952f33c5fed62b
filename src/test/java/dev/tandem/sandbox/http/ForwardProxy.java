package dev.tandem.sandbox.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A forwarding proxy as RFC 9110 has it: tunnels by CONNECT, passes on what names a whole address, and may want a login. */
public final class ForwardProxy implements AutoCloseable {
    private final ServerSocket server;
    private final Optional<String> login;
    private final List<String> forwarded = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "forward proxy");
        thread.setDaemon(true);
        return thread;
    });

    private ForwardProxy(Optional<String> login) {
        this.login = login;
        try {
            server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    public static ForwardProxy open() {
        return new ForwardProxy(Optional.empty());
    }

    public static ForwardProxy withLogin(String user, String password) {
        return new ForwardProxy(
                Optional.of("Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8))));
    }

    public String url() {
        return "http://localhost:" + server.getLocalPort();
    }

    /** To where it has forwarded, as {@code host:port}, in order. */
    public List<String> forwarded() {
        return List.copyOf(forwarded);
    }

    private void accept() {
        try {
            while (true) {
                Socket caller = server.accept();
                threads.execute(() -> serve(caller));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void serve(Socket caller) {
        try (caller) {
            InputStream in = caller.getInputStream();
            while (true) {
                List<String> head = head(in);
                if (head.isEmpty()) {
                    return;
                }
                boolean known = login.isEmpty()
                        || head.stream().anyMatch(line -> line.equalsIgnoreCase("Proxy-Authorization: " + login.get()));
                if (known) {
                    forward(caller, head);
                    return;
                }
                in.skipNBytes(length(head));
                answer(caller, "407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"example\"");
            }
        } catch (IOException gone) {
            // Either side has closed.
        }
    }

    private static long length(List<String> head) {
        return head.stream()
                .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:"))
                .mapToLong(line ->
                        Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
                .findFirst()
                .orElse(0);
    }

    private void forward(Socket caller, List<String> head) throws IOException {
        String[] request = head.get(0).split(" ");
        boolean tunnel = request[0].equals("CONNECT");
        URI target = URI.create(tunnel ? "http://" + request[1] : request[1]);
        String host = target.getHost();
        int port = target.getPort() > 0 ? target.getPort() : 80;
        forwarded.add(host + ":" + port);
        try (Socket system = new Socket(host.replaceAll("[\\[\\]]", ""), port)) {
            if (tunnel) {
                answer(caller, "200 Connection established");
            } else {
                String path = target.getRawPath() + (target.getRawQuery() == null ? "" : "?" + target.getRawQuery());
                StringBuilder own = new StringBuilder(request[0] + " " + path + " " + request[2] + "\r\n");
                head.stream()
                        .skip(1)
                        .filter(line -> !line.toLowerCase(java.util.Locale.ROOT).matches("(proxy-.*|connection:.*)"))
                        .forEach(line -> own.append(line).append("\r\n"));
                system.getOutputStream().write((own + "Connection: close\r\n\r\n").getBytes(ISO_8859_1));
            }
            threads.execute(() -> pump(caller, system));
            pump(system, caller);
        } catch (IOException unreachable) {
            answer(caller, "502 Bad Gateway");
        }
    }

    private static void pump(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException gone) {
            // Either side has closed.
        }
    }

    private static void answer(Socket caller, String status) throws IOException {
        OutputStream out = caller.getOutputStream();
        out.write(("HTTP/1.1 " + status + "\r\n" + (status.startsWith("200") ? "" : "Content-Length: 0\r\n") + "\r\n")
                .getBytes(ISO_8859_1));
        out.flush();
    }

    private static List<String> head(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int next;
        while ((next = in.read()) >= 0) {
            bytes.write(next);
            if (bytes.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
                return List.of(bytes.toString(ISO_8859_1).strip().split("\r\n"));
            }
        }
        return List.of();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
