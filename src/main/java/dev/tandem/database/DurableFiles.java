package dev.tandem.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.h2.store.fs.FilePathWrapper;

/**
 * The embedded database's files, whose writes can be brought to the disk.
 *
 * <p>H2 leaves it to the operating system when a commit reaches the disk, so that a power failure takes the last half minute
 * with it, and with that the word that a referral was sent. The disk is asked once for all who have committed meanwhile.
 *
 * <p>H2 makes these by their scheme, hence public and with nothing but a public constructor.
 */
public final class DurableFiles extends FilePathWrapper {
    static final String SCHEME = "durable";

    private static final Set<Channel> OPEN = ConcurrentHashMap.newKeySet();
    private static final AtomicLong ASKED = new AtomicLong();
    private static final ReentrantLock FORCING = new ReentrantLock();
    private static long forced;

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new Channel(getBase().open(mode));
    }

    /**
     * Returns once everything that was written before is on the disk.
     *
     * @throws UncheckedIOException if the disk fails
     */
    public static void force() {
        long mine = ASKED.incrementAndGet();
        FORCING.lock();
        try {
            if (forced >= mine) {
                return;
            }
            long all = ASKED.get();
            for (Channel file : OPEN) {
                file.forceWritten();
            }
            forced = all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            FORCING.unlock();
        }
    }

    /**
     * Whether the disk has failed to take what was written to a file that is open. The operating system may have dropped that
     * and says so once: that the next try succeeds proves nothing.
     */
    public static boolean failed() {
        return OPEN.stream().anyMatch(file -> file.failed);
    }

    @SuppressWarnings("UnsynchronizedOverridesSynchronized")
    private static final class Channel extends ForwardedFile {
        private volatile boolean written;
        private volatile boolean failed;

        Channel(FileChannel file) {
            super(file);
            OPEN.add(this);
        }

        void forceWritten() throws IOException {
            if (failed) {
                throw new IOException("the disk has failed to take what was written before");
            }
            if (written && isOpen()) {
                written = false;
                force(false);
            }
        }

        /** H2 asks for it, too. */
        @Override
        public void force(boolean metaData) throws IOException {
            try {
                super.force(metaData);
            } catch (IOException e) {
                failed = true;
                throw e;
            }
        }

        @Override
        public int write(ByteBuffer from) throws IOException {
            int some = super.write(from);
            written = true;
            return some;
        }

        @Override
        public int write(ByteBuffer from, long position) throws IOException {
            int some = super.write(from, position);
            written = true;
            return some;
        }

        @Override
        protected void implCloseChannel() throws IOException {
            OPEN.remove(this);
            super.implCloseChannel();
        }
    }
}
