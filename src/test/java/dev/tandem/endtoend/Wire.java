package dev.tandem.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A wire to a server on this machine that can be cut and mended: cut, what it carries ends and nobody connects. */
final class Wire implements AutoCloseable {
    private final int target;
    private final int port;
    private final Set<Socket> carried = ConcurrentHashMap.newKeySet();
    private volatile ServerSocket end;

    Wire(int target) {
        this.target = target;
        this.end = listen(0);
        this.port = end.getLocalPort();
    }

    int port() {
        return port;
    }

    void cut() {
        close(end);
        carried.forEach(Wire::close);
        carried.clear();
    }

    void mend() {
        end = listen(port);
    }

    private ServerSocket listen(int at) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), at));
            daemon(() -> accept(socket));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                Socket from = socket.accept();
                Socket to = new Socket(InetAddress.getLoopbackAddress(), target);
                carried.add(from);
                carried.add(to);
                daemon(() -> carry(from, to));
                daemon(() -> carry(to, from));
            } catch (IOException cutOrRefused) {
                // The next one may come through.
            }
        }
    }

    private void carry(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException cut) {
            // Both ends go below.
        } finally {
            close(from);
            close(to);
            carried.remove(from);
            carried.remove(to);
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "wire");
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(java.io.Closeable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        cut();
    }
}
