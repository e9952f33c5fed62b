package dev.tandem.operation.backup;

import dev.tandem.outcome.OperationFailed;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a backup is kept in: AES-256-GCM in chunks, each bound to its place and to the head, so that a file that was cut, changed or put
 * together from others is refused. The key comes from the payload key, or from a passphrase.
 */
final class BackupFile {
    private static final byte[] MAGIC = "tandem-backup-1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int CHUNK = 1 << 20;
    private static final int SALT = 16;
    private static final int TAG = 16;
    private static final int PASSPHRASE_ROUNDS = 600_000;

    private BackupFile() {}

    /** What opens it. */
    sealed interface Key {
        byte mark();

        byte[] derive(byte[] salt) throws GeneralSecurityException;

        /** The ledger's own key, which the file then does not hold. */
        record Payload(byte[] key) implements Key {
            @Override
            public byte mark() {
                return 'k';
            }

            @Override
            public byte[] derive(byte[] salt) throws GeneralSecurityException {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(key, "HmacSHA256"));
                mac.update(MAGIC);
                return mac.doFinal(salt);
            }
        }

        record Passphrase(char[] words) implements Key {
            @Override
            public byte mark() {
                return 'p';
            }

            @Override
            public byte[] derive(byte[] salt) throws GeneralSecurityException {
                return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                        .generateSecret(new PBEKeySpec(words, salt, PASSPHRASE_ROUNDS, 256))
                        .getEncoded();
            }
        }
    }

    /** Whether a passphrase opens it; else the payload key does. */
    static boolean wantsPassphrase(Path file) throws IOException {
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            return head(file, in)[MAGIC.length] == 'p';
        }
    }

    static OutputStream sealing(OutputStream to, Key key) throws IOException {
        byte[] salt = new byte[SALT];
        new SecureRandom().nextBytes(salt);
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        head.writeBytes(MAGIC);
        head.write(key.mark());
        head.writeBytes(salt);
        to.write(head.toByteArray());
        return new Sealing(new DataOutputStream(to), secret(key, salt), head.toByteArray());
    }

    /** @throws OperationFailed while it is read, if it is not whole or the key is another one */
    static InputStream opening(Path file, Key key) throws IOException {
        DataInputStream in = new DataInputStream(Files.newInputStream(file));
        byte[] head = head(file, in);
        byte[] salt = Arrays.copyOfRange(head, MAGIC.length + 1, head.length);
        return new Opening(in, secret(key, salt), head, file);
    }

    private static byte[] head(Path file, DataInputStream in) throws IOException {
        byte[] head = in.readNBytes(MAGIC.length + 1 + SALT);
        if (head.length < MAGIC.length + 1 + SALT || !Arrays.equals(Arrays.copyOf(head, MAGIC.length), MAGIC)) {
            throw refused(file, "it is not a backup of Tandem");
        }
        return head;
    }

    private static SecretKeySpec secret(Key key, byte[] salt) {
        try {
            return new SecretKeySpec(key.derive(salt), "AES");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Each key is used for one file, so that counting makes a nonce; the last chunk is marked. */
    private static byte[] crypt(int mode, SecretKeySpec key, byte[] head, long chunk, boolean last, byte[] data)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        byte[] nonce =
                ByteBuffer.allocate(12).putInt(last ? 1 : 0).putLong(chunk).array();
        cipher.init(mode, key, new GCMParameterSpec(8 * TAG, nonce));
        cipher.updateAAD(head);
        return cipher.doFinal(data);
    }

    private static OperationFailed refused(Path file, String why) {
        return new OperationFailed(
                OperationFailed.WRONG, List.of(file + " cannot be restored: " + why + ".", "Nothing was changed."));
    }

    private static final class Sealing extends OutputStream {
        private final DataOutputStream to;
        private final SecretKeySpec key;
        private final byte[] head;
        private final byte[] buffer = new byte[CHUNK];
        private int filled;
        private long chunk;
        private boolean closed;

        Sealing(DataOutputStream to, SecretKeySpec key, byte[] head) {
            this.to = to;
            this.key = key;
            this.head = head;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            int at = offset;
            while (at < offset + length) {
                if (filled == CHUNK) {
                    put(false);
                }
                int some = Math.min(CHUNK - filled, offset + length - at);
                System.arraycopy(from, at, buffer, filled, some);
                filled += some;
                at += some;
            }
        }

        private void put(boolean last) throws IOException {
            try {
                byte[] sealed = crypt(Cipher.ENCRYPT_MODE, key, head, chunk++, last, Arrays.copyOf(buffer, filled));
                to.writeInt(last ? -sealed.length : sealed.length);
                to.write(sealed);
                filled = 0;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() throws IOException {
            if (!closed) {
                closed = true;
                put(true);
                to.close();
            }
        }
    }

    private static final class Opening extends InputStream {
        private final DataInputStream in;
        private final SecretKeySpec key;
        private final byte[] head;
        private final Path file;
        private byte[] opened = new byte[0];
        private int read;
        private long chunk;
        private boolean last;

        Opening(DataInputStream in, SecretKeySpec key, byte[] head, Path file) {
            this.in = in;
            this.key = key;
            this.head = head;
            this.file = file;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            while (read == opened.length) {
                if (last) {
                    return -1;
                }
                next();
            }
            int some = Math.min(length, opened.length - read);
            System.arraycopy(opened, read, to, offset, some);
            read += some;
            return some;
        }

        private void next() throws IOException {
            byte[] length = in.readNBytes(4);
            int size = length.length == 4 ? ByteBuffer.wrap(length).getInt() : 0;
            last = size < 0;
            byte[] sealed =
                    size == 0 || Math.abs((long) size) > CHUNK + TAG ? new byte[0] : in.readNBytes(Math.abs(size));
            if (sealed.length == 0 || sealed.length != Math.abs(size)) {
                throw refused(file, "it was cut off");
            }
            try {
                opened = crypt(Cipher.DECRYPT_MODE, key, head, chunk++, last, sealed);
                read = 0;
            } catch (AEADBadTagException wrong) {
                throw refused(
                        file,
                        chunk == 1
                                ? "it was made with another "
                                        + (head[MAGIC.length] == 'p' ? "passphrase" : "payload key")
                                        + ", or it was changed"
                                : "it was changed");
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    /** What a file says of itself, before the database: read only after its seal was found whole. */
    record About(String madeBy, long at, long newest, Optional<String> payloadKey) {
        void write(DataOutputStream to) throws IOException {
            to.writeUTF(madeBy);
            to.writeLong(at);
            to.writeLong(newest);
            to.writeUTF(payloadKey.orElse(""));
        }

        static About read(DataInputStream from) throws IOException {
            String madeBy = from.readUTF();
            long at = from.readLong();
            long newest = from.readLong();
            return new About(madeBy, at, newest, Optional.of(from.readUTF()).filter(key -> !key.isEmpty()));
        }
    }
}
