package dev.tandem.ledger.effects;

import dev.tandem.ledger.storage.Seal;
import dev.tandem.ledger.storage.Store;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * What was sent of records that a person had forgotten, as keyed hashes: a record that comes back is not sent again, and nobody can
 * tell from the database which record it was. The secret of the hashes is the ledger's own and encrypted by the payload key, so
 * that the payload key can be rotated.
 */
public final class Forgotten {
    /** What is known at one moment: asking it needs no database. */
    public record Known(Optional<byte[]> secret, Set<String> hashes, long additions) {
        static final Known NONE = new Known(Optional.empty(), Set.of(), 0);

        /** Whether this effect was sent, with whatever value. */
        public boolean sent(String flow, String record, String key) {
            return secret.filter(known -> hashes.contains(hash(known, flow, record, key)))
                    .isPresent();
        }

        /** Whether it was sent with this value. */
        public boolean sent(String flow, String record, String key, String value) {
            return secret.filter(known -> hashes.contains(hash(known, flow, record, key, value)))
                    .isPresent();
        }

        @Override
        public String toString() {
            return "Known[" + hashes.size() + "]";
        }
    }

    private record Row(String keyId, byte[] payload, long additions) {}

    private static final String ALGORITHM = "HmacSHA256";
    private static final String PLACE = Seal.place("forgotten_secret", "", "");
    private static final int SECRET_BYTES = 32;

    private final Store store;
    private volatile Known known = Known.NONE;

    public Forgotten(Store store) {
        this.store = store;
    }

    /** What is known now; the hashes themselves are read again only after an addition. */
    public Known known(Handle handle) {
        Optional<Row> row = row(handle, "");
        if (row.isEmpty()) {
            return Known.NONE;
        }
        Known now = known;
        if (now.additions() != row.get().additions()) {
            now = new Known(
                    open(row.get()),
                    handle.createQuery("select hash from forgotten")
                            .mapTo(String.class)
                            .set(),
                    row.get().additions());
            known = now;
        }
        return now;
    }

    /** Keeps the hashes of those of these effects that were sent, or may have been; returns how many that are. */
    public long add(Handle handle, Collection<Effect> effects) {
        byte[] secret = row(handle, " for update").map(this::openOrFail).orElseGet(() -> makeSecret(handle));
        Set<String> hashes = new LinkedHashSet<>();
        effects.stream().filter(Forgotten::mayHaveBeenSent).forEach(effect -> {
            hashes.add(hash(secret, effect.flow(), effect.record(), effect.key()));
            if (effect.confirmedValue() != null && effect.state() != EffectState.DISCARDED) {
                hashes.add(hash(secret, effect.flow(), effect.record(), effect.key(), effect.confirmedValue()));
            }
        });
        hashes.removeAll(handle.createQuery("select hash from forgotten")
                .mapTo(String.class)
                .set());
        hashes.forEach(hash -> handle.createUpdate("insert into forgotten (hash) values (:hash)")
                .bind("hash", hash)
                .execute());
        handle.createUpdate("update forgotten_secret set additions = additions + 1")
                .execute();
        return effects.stream().filter(Forgotten::mayHaveBeenSent).count();
    }

    /** Encrypts the secret by the current payload key, so that the previous one can go. */
    public void reseal() {
        String current = store.seal().currentKeyId();
        if (store.read(handle -> row(handle, ""))
                .filter(row -> !row.keyId().equals(current))
                .isPresent()) {
            store.run(handle -> row(handle, " for update").flatMap(this::open).ifPresent(secret -> {
                Seal.Sealed sealed = store.seal().seal(secret, PLACE);
                handle.createUpdate("update forgotten_secret set key_id = :key, payload = :payload")
                        .bind("key", sealed.keyId())
                        .bind("payload", sealed.bytes())
                        .execute();
            }));
        }
    }

    /** Confirmed, discarded, older than the ledger, or without an answer: none of them is sent a second time. */
    public static boolean mayHaveBeenSent(Effect effect) {
        return switch (effect.state()) {
            case CONFIRMED, BASELINE, DISCARDED, UNKNOWN, INTENDED -> true;
            case OWED, WAITING, PARKED -> effect.mayHaveArrived();
        };
    }

    private byte[] makeSecret(Handle handle) {
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        Seal.Sealed sealed = store.seal().seal(secret, PLACE);
        handle.createUpdate(
                        "insert into forgotten_secret (id, key_id, payload, additions) values (1, :key, :payload, 0)")
                .bind("key", sealed.keyId())
                .bind("payload", sealed.bytes())
                .execute();
        return secret;
    }

    private static Optional<Row> row(Handle handle, String lock) {
        return handle.createQuery("select key_id, payload, additions from forgotten_secret where id = 1" + lock)
                .map(ConstructorMapper.of(Row.class))
                .findOne();
    }

    private Optional<byte[]> open(Row row) {
        return store.seal().open(new Seal.Sealed(row.keyId(), row.payload()), PLACE);
    }

    private byte[] openOrFail(Row row) {
        return open(row).orElseThrow(() -> new IllegalStateException("the payload key of the hashes is not known"));
    }

    private static String hash(byte[] secret, String... parts) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return Base64.getEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(String.join("\n", parts).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + ALGORITHM, e);
        }
    }
}
