package dev.tandem.endtoend;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** TLS in front of a mail server that has none, from the first byte or by STARTTLS. Nothing passes in clear. */
final class MailTls implements AutoCloseable {
    private final SSLContext context;
    private final boolean starttls;
    private final int behind;
    private final ServerSocket listening;
    private final AtomicInteger sessions = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    MailTls(SSLContext context, boolean starttls, int port, int behind) throws IOException {
        this.context = context;
        this.starttls = starttls;
        this.behind = behind;
        listening = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    /** How many connections were encrypted. */
    int sessions() {
        return sessions.get();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket caller = listening.accept();
                threads.execute(() -> serve(caller));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket caller) {
        try (caller;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), behind)) {
            if (starttls) {
                say(caller, "220 localhost ready");
                line(caller.getInputStream());
                say(caller, "250-localhost\r\n250 STARTTLS");
                if (!line(caller.getInputStream()).equals("STARTTLS")) {
                    return;
                }
                say(caller, "220 go ahead");
                line(server.getInputStream());
            }
            try (SSLSocket encrypted =
                    (SSLSocket) context.getSocketFactory().createSocket(caller, null, caller.getPort(), true)) {
                encrypted.setUseClientMode(false);
                encrypted.startHandshake();
                sessions.incrementAndGet();
                threads.execute(() -> pass(server, encrypted));
                encrypted.getInputStream().transferTo(server.getOutputStream());
            }
        } catch (IOException gone) {
            // the test sees what did not arrive
        }
    }

    private static void pass(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException gone) {
            // as above
        }
    }

    private static void say(Socket to, String words) throws IOException {
        to.getOutputStream().write((words + "\r\n").getBytes(US_ASCII));
    }

    /** Byte by byte: what follows is for the one behind. */
    private static String line(InputStream from) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = from.read(); next >= 0 && next != '\n'; next = from.read()) {
            line.write(next);
        }
        return line.toString(US_ASCII).strip();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        threads.shutdownNow();
    }
}
