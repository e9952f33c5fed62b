package dev.tandem.sandbox.oscar;

import java.time.Instant;
import java.util.SplittableRandom;

/** ULIDs (26 characters, Crockford base 32): the time, then digits that depend on the seed only. */
final class Ulids {
    private static final char[] ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();
    private static final int TIME_CHARS = 10;
    private static final int CHARS = 26;

    private final SplittableRandom random;

    Ulids(long seed) {
        random = new SplittableRandom(seed);
    }

    String next(Instant at) {
        char[] id = new char[CHARS];
        long millis = at.toEpochMilli();
        for (int i = TIME_CHARS - 1; i >= 0; i--) {
            id[i] = ALPHABET[(int) (millis & 31)];
            millis >>>= 5;
        }
        for (int i = TIME_CHARS; i < CHARS; i++) {
            id[i] = ALPHABET[random.nextInt(ALPHABET.length)];
        }
        return new String(id);
    }

    /** The four letters that a slug begins with. */
    String letters() {
        char[] letters = new char[4];
        for (int i = 0; i < letters.length; i++) {
            letters[i] = (char) ('a' + random.nextInt(26));
        }
        return new String(letters);
    }
}
