package dev.tandem.endtoend;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A way to a server that can be cut: while it is, nothing passes in either direction, new connections are taken and not
 * answered, and none is told of it. Healed, what was under way arrives after all.
 */
public final class CutOff implements AutoCloseable {
    private final ServerSocket door;
    private final String host;
    private final int port;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition healed = lock.newCondition();
    private boolean cut;
    private volatile boolean gone;

    public CutOff(String host, int port) {
        this.host = host;
        this.port = port;
        try {
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        begin(this::accept);
    }

    public int port() {
        return door.getLocalPort();
    }

    public void cut() {
        lock.lock();
        try {
            cut = true;
        } finally {
            lock.unlock();
        }
    }

    /** The server has gone: its connections end, and new ones end at once. */
    public void goAway() {
        gone = true;
        sockets.forEach(CutOff::close);
        sockets.clear();
    }

    /** It is there again. */
    public void comeBack() {
        gone = false;
    }

    public void heal() {
        lock.lock();
        try {
            cut = false;
            healed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket from = door.accept();
                if (gone) {
                    close(from);
                    continue;
                }
                sockets.add(from);
                begin(() -> connect(from));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void connect(Socket from) {
        awaitHealed();
        try {
            Socket to = new Socket(host, port);
            sockets.add(to);
            begin(() -> carry(from, to));
            carry(to, from);
        } catch (IOException e) {
            close(from);
        }
    }

    private void carry(Socket from, Socket to) {
        byte[] some = new byte[8192];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int count;
            while ((count = in.read(some)) >= 0) {
                awaitHealed();
                out.write(some, 0, count);
            }
        } catch (IOException over) {
            // Either end has gone: so has the other.
        } finally {
            awaitHealed();
            close(from);
            close(to);
        }
    }

    private void awaitHealed() {
        lock.lock();
        try {
            while (cut) {
                healed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void begin(Runnable work) {
        Thread thread = new Thread(work, "cut-off");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        heal();
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        sockets.forEach(CutOff::close);
    }
}
