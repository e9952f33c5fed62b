package dev.tandem.call;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server that keeps its connections alive and ends them, unannounced, in one of several ways. */
final class IdlingServer implements AutoCloseable {
    enum Ending {
        /** It keeps them until {@link #endIdleOnes}, as a server does after its own time of idleness. */
        NONE,
        /** Closed as soon as the answer is out: an idle time of nothing. */
        CLOSE_AFTER_ANSWER,
        /** It sends no more, but would still read. */
        HALF_CLOSE_AFTER_ANSWER,
        RESET_AFTER_ANSWER,
        /** Closed in the moment in which the next request comes, before or after it was read: nobody can tell. */
        CLOSE_ON_NEXT_REQUEST,
        RESET_ON_NEXT_REQUEST
    }

    /** @param onConnection the how manieth on its connection, from 1 */
    record Request(String method, String target, int onConnection) {}

    private final ServerSocket socket;
    private final Ending ending;
    private final String body;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> clients = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "idling-server");
        thread.setDaemon(true);
        return thread;
    });

    IdlingServer(Ending ending, String body) {
        this.ending = ending;
        this.body = body;
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    void endIdleOnes() throws IOException {
        for (Socket client : clients) {
            client.close();
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
        try {
            InputStream in = client.getInputStream();
            for (int onConnection = 1; ; onConnection++) {
                String head = head(in);
                boolean signIn = head.contains("sign_in");
                if (!signIn) {
                    requests.add(new Request(head.split(" ")[0], head.split(" ")[1], onConnection));
                }
                if (onConnection > 1 && ending.name().endsWith("NEXT_REQUEST")) {
                    end(client);
                    return;
                }
                answer(client.getOutputStream());
                if (ending.name().endsWith("AFTER_ANSWER")) {
                    end(client);
                    return;
                }
            }
        } catch (IOException gone) {
            // the client hung up, or we did
        }
    }

    private void end(Socket client) throws IOException {
        if (ending == Ending.HALF_CLOSE_AFTER_ANSWER) {
            client.shutdownOutput();
            return;
        }
        if (ending.name().startsWith("RESET")) {
            client.setSoLinger(true, 0);
        }
        client.close();
    }

    private void answer(OutputStream out) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        out.write(("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\naccess-token: t\r\nclient: c\r\n"
                        + "uid: sync@example.org\r\nContent-Length: " + bytes.length + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** The request's head; its body is read and dropped. */
    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("hung up");
            }
            head.append((char) next);
        }
        int length = head.toString().toLowerCase(Locale.ROOT).indexOf("content-length:");
        if (length >= 0) {
            in.readNBytes(Integer.parseInt(
                    head.substring(length + 15, head.indexOf("\r\n", length)).strip()));
        }
        return head.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        endIdleOnes();
        threads.shutdownNow();
    }
}
