package dev.tandem.sandbox.oscar;

import java.util.HashSet;
import java.util.Set;

/**
 * The location codes a tenant knows. The simulator holds no gazetteer: a code exists if its province does (01 to 25)
 * and it was not taken away; others may be added. {@code 0004} is there because such districts occur.
 */
final class Locations {
    private static final int PROVINCES = 25;
    private final Set<String> added = new HashSet<>(Set.of("0004"));
    private final Set<String> missing = new HashSet<>();

    void add(String code) {
        added.add(code);
        missing.remove(code);
    }

    void remove(String code) {
        added.remove(code);
        missing.add(code);
    }

    private boolean has(String code) {
        if (missing.contains(code)) {
            return false;
        }
        if (added.contains(code)) {
            return true;
        }
        if (!code.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return false;
        }
        int province = Integer.parseInt(code.substring(0, 2));
        return province >= 1 && province <= PROVINCES;
    }

    /** Contract oscar-interop §3.5: the level follows from the length, zeros are padded on the left (T23). */
    Address resolve(String given, Address now) {
        if (given == null || given.isBlank()) {
            return Address.NONE;
        }
        int level = given.length() <= 2 ? 2 : given.length() <= 4 ? 4 : given.length() <= 6 ? 6 : 8;
        String code = "0".repeat(Math.max(0, level - given.length())) + given;
        if (code.length() == level && has(code)) {
            return Address.of(code);
        }
        return switch (level) {
            case 2 -> new Address(null, now.district(), now.commune(), now.village());
            case 4 -> new Address(now.province(), null, now.commune(), now.village());
            case 6 -> new Address(now.province(), now.district(), null, now.village());
            default -> new Address(now.province(), now.district(), now.commune(), null);
        };
    }
}
