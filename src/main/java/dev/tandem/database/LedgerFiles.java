package dev.tandem.database;

import dev.tandem.files.OwnerOnly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.h2.store.fs.FilePathWrapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The embedded database's files, between H2 and the disk, for two promises that H2 alone does not keep. Each is a commit that
 * says that a referral was sent; forgotten, it would be sent twice (docs/operate/guarantees.md).
 *
 * <ul>
 *   <li>What was committed outlives a power failure. H2 leaves it to the operating system when a commit reaches the disk, which
 *       may be half a minute later. {@link #force} asks the disk, once for all who have committed meanwhile.
 *   <li>What was committed outlives a full disk. H2 2.4.240 closes a database whose disk is full, and may then open an older
 *       state of it, without commits that it had answered. Here a write waits until there is room: it has written everything
 *       or nothing, as at any kill.
 * </ul>
 *
 * <p>H2 makes these by their scheme, hence public and with nothing but a public constructor.
 */
public final class LedgerFiles extends FilePathWrapper {
    static final String SCHEME = "ledger";

    private static final Logger LOG = LoggerFactory.getLogger(LedgerFiles.class);
    private static final long LOOKS_EVERY_MILLIS = 500;
    /** What a file system may keep for itself when it refuses a write of some kB. */
    private static final long AS_GOOD_AS_NONE = 1 << 20;

    private static final AtomicReference<Instant> FULL_SINCE = new AtomicReference<>();
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
        Path path = path();
        if (!mode.equals("r")) {
            try {
                OwnerOnly.createFile(path);
            } catch (FileAlreadyExistsException there) {
                // As it was made; a start warns if others may open it.
            }
        }
        return new Channel(getBase().open(mode), path);
    }

    /** Before H2 makes it, open to all whom the umask lets in. */
    @Override
    public void createDirectory() {
        try {
            OwnerOnly.createDirectories(path());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path path() {
        return Path.of(getBase().unwrap().toString());
    }

    /** Since when a write has waited; empty while there is room. */
    public static Optional<Instant> fullSince() {
        return Optional.ofNullable(FULL_SINCE.get());
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
     * and reports it once: that the next try succeeds proves nothing.
     */
    public static boolean failed() {
        return OPEN.stream().anyMatch(file -> file.failed);
    }

    @SuppressWarnings("UnsynchronizedOverridesSynchronized")
    private static final class Channel extends ForwardedFile {
        private final Path path;
        private volatile boolean written;
        private volatile boolean failed;

        Channel(FileChannel file, Path path) {
            super(file);
            this.path = path;
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

        /** What a write that failed had taken from its buffer is on the disk: the next one begins after that. */
        @Override
        public int write(ByteBuffer from, long position) throws IOException {
            int before = from.position();
            boolean waited = false;
            while (true) {
                try {
                    super.write(from, position + from.position() - before);
                    written = true;
                    if (waited && FULL_SINCE.getAndSet(null) != null) {
                        LOG.info("The disk of the ledger's database has room again: it goes on.");
                    }
                    return from.position() - before;
                } catch (ClosedChannelException e) {
                    throw e;
                } catch (IOException e) {
                    if (!isFull(e)) {
                        throw e;
                    }
                    waited = true;
                    if (FULL_SINCE.compareAndSet(null, Instant.now())) {
                        LOG.error(
                                "The disk of the ledger's database is full. Nothing is lost: all work waits until there is"
                                        + " room. Make some; do not delete the database's files.");
                    }
                    pause(e);
                }
            }
        }

        private boolean isFull(IOException refused) {
            String words = String.valueOf(refused.getMessage());
            return words.contains("No space left") || words.contains("quota") || hasNoRoom();
        }

        /** The system's words may be in another language. */
        private boolean hasNoRoom() {
            try {
                return Files.getFileStore(path).getUsableSpace() < AS_GOOD_AS_NONE;
            } catch (IOException unknown) {
                return false;
            }
        }

        private static void pause(IOException full) throws IOException {
            try {
                Thread.sleep(LOOKS_EVERY_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw full;
            }
        }

        @Override
        protected void implCloseChannel() throws IOException {
            OPEN.remove(this);
            super.implCloseChannel();
        }
    }
}
