package dev.tandem.endtoend;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Stands before a server on this machine and has its answers say that it is 2099. */
final class LateClock implements AutoCloseable {
    private final ServerSocket end = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int target;

    LateClock(int target) throws IOException {
        this.target = target;
        daemon(this::accept);
    }

    int port() {
        return end.getLocalPort();
    }

    private void accept() {
        while (!end.isClosed()) {
            try {
                Socket from = end.accept();
                Socket to = new Socket(InetAddress.getLoopbackAddress(), target);
                daemon(() -> carry(from, to, false));
                daemon(() -> carry(to, from, true));
            } catch (IOException closed) {
                // The next one may come through.
            }
        }
    }

    private static void carry(Socket from, Socket to, boolean answers) {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            byte[] buffer = new byte[64 * 1024];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                String text = new String(buffer, 0, count, StandardCharsets.ISO_8859_1);
                out.write((answers ? text.replaceAll("(?m)^Date: .*GMT", "Date: Thu, 01 Jan 2099 00:00:00 GMT") : text)
                        .getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
            }
        } catch (IOException ended) {
            // The other end has gone.
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "late-clock");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        end.close();
    }
}
