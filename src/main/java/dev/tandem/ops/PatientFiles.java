package dev.tandem.ops;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.h2.store.fs.FileBase;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The embedded database's files: a write for which the disk has no room waits until it has.
 *
 * <p>H2 2.4.240 closes a database whose disk is full, and may then open an older state of it: commits are gone that it had
 * answered, and with them the word that a referral was sent (docs/guarantees.md). One that waits has written everything or
 * nothing, as at any kill.
 *
 * <p>H2 makes these by their scheme, hence public and with nothing but a public constructor.
 */
public final class PatientFiles extends FilePathWrapper {
    private static final Logger LOG = LoggerFactory.getLogger(PatientFiles.class);
    private static final String SCHEME = "patient";
    private static final String H2 = "jdbc:h2:";
    private static final String IN_FILE = "jdbc:h2:file:";
    private static final String IN_MEMORY = "jdbc:h2:mem:";

    private static final long LOOKS_EVERY_MILLIS = 500;
    /** What a file system may keep for itself when it refuses a write of some kB. */
    private static final long AS_GOOD_AS_NONE = 1 << 20;

    private static final AtomicReference<Instant> FULL_SINCE = new AtomicReference<>();

    /** The same database, with such files; in memory, as it is. */
    static String url(String h2) {
        if (h2.startsWith(IN_MEMORY)) {
            return h2;
        }
        FilePath.register(new PatientFiles());
        return H2 + SCHEME + ":" + h2.substring((h2.startsWith(IN_FILE) ? IN_FILE : H2).length());
    }

    /** Since when a write has waited; empty while there is room. */
    static Optional<Instant> fullSince() {
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

    private static final class Channel extends FileBase {
        private final FileChannel file;
        private final Path path;

        Channel(FileChannel file, Path path) {
            this.file = file;
            this.path = path;
        }

        @Override
        public int write(ByteBuffer from) throws IOException {
            return patiently(() -> file.write(from));
        }

        @Override
        public int write(ByteBuffer from, long position) throws IOException {
            return patiently(() -> file.write(from, position));
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

        @Override
        public int read(ByteBuffer to) throws IOException {
            return file.read(to);
        }

        @Override
        public int read(ByteBuffer to, long position) throws IOException {
            return file.read(to, position);
        }

        @Override
        public long position() throws IOException {
            return file.position();
        }

        @Override
        public FileChannel position(long position) throws IOException {
            file.position(position);
            return this;
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            file.truncate(size);
            return this;
        }

        @Override
        public void force(boolean metaData) throws IOException {
            file.force(metaData);
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return file.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            file.close();
        }
    }
}
