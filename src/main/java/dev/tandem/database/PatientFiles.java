package dev.tandem.database;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.h2.store.fs.FilePathWrapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The embedded database's files: a write for which the disk has no room waits until it has.
 *
 * <p>H2 2.4.240 closes a database whose disk is full, and may then open an older state of it: commits are gone that it had
 * answered, and with them the word that a referral was sent (docs/operate/guarantees.md). One that waits has written everything or
 * nothing, as at any kill.
 *
 * <p>H2 makes these by their scheme, hence public and with nothing but a public constructor.
 */
public final class PatientFiles extends FilePathWrapper {
    private static final Logger LOG = LoggerFactory.getLogger(PatientFiles.class);
    static final String SCHEME = "patient";

    private static final long LOOKS_EVERY_MILLIS = 500;
    /** What a file system may keep for itself when it refuses a write of some kB. */
    private static final long AS_GOOD_AS_NONE = 1 << 20;

    private static final AtomicReference<Instant> FULL_SINCE = new AtomicReference<>();

    /** Since when a write has waited; empty while there is room. */
    public static Optional<Instant> fullSince() {
        return Optional.ofNullable(FULL_SINCE.get());
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new Channel(getBase().open(mode), Path.of(getBase().toString()));
    }

    private interface Write {
        int run() throws IOException;
    }

    @SuppressWarnings("UnsynchronizedOverridesSynchronized")
    private static final class Channel extends ForwardedFile {
        private final Path path;

        Channel(FileChannel file, Path path) {
            super(file);
            this.path = path;
        }

        @Override
        public int write(ByteBuffer from) throws IOException {
            return patiently(() -> super.write(from));
        }

        @Override
        public int write(ByteBuffer from, long position) throws IOException {
            return patiently(() -> super.write(from, position));
        }

        /** What a write that failed had taken from its buffer is on the disk: it goes on after that. */
        private int patiently(Write write) throws IOException {
            boolean waited = false;
            while (true) {
                try {
                    int written = write.run();
                    if (waited && FULL_SINCE.getAndSet(null) != null) {
                        LOG.info("The disk of the ledger's database has room again: it goes on.");
                    }
                    return written;
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
    }
}
