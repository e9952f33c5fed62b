package dev.tandem.ops;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.h2.store.fs.FilePathWrapper;

/**
 * The embedded database's files: what is written is on the disk when the write returns.
 *
 * <p>H2 leaves it to the operating system when a commit reaches the disk, so that a power failure takes the last half minute
 * with it, and with that the word that a referral was sent.
 *
 * <p>H2 makes these by their scheme, hence public and with nothing but a public constructor.
 */
public final class DurableFiles extends FilePathWrapper {
    static final String SCHEME = "durable";

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new Channel(getBase().open(mode));
    }

    private static final class Channel extends ForwardedFile {
        Channel(FileChannel file) {
            super(file);
        }

        @Override
        public int write(ByteBuffer from) throws IOException {
            int written = super.write(from);
            force(false);
            return written;
        }

        @Override
        public int write(ByteBuffer from, long position) throws IOException {
            int written = super.write(from, position);
            force(false);
            return written;
        }
    }
}
