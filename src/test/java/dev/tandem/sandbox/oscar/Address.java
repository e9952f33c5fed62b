package dev.tandem.sandbox.oscar;

import java.util.stream.Stream;

/** The four location columns of a client, each the code of its row or null. */
record Address(String province, String district, String commune, String village) {
    static final Address NONE = new Address(null, null, null, null);

    /** A code of 2, 4, 6 or 8 digits and all levels above it; any other code stands alone at its level. */
    static Address of(String code) {
        if (code == null || code.isEmpty()) {
            return NONE;
        }
        String province = code.substring(0, Math.min(2, code.length()));
        return switch (code.length()) {
            case 1, 2 -> new Address(code, null, null, null);
            case 3, 4 -> new Address(province, code, null, null);
            case 5, 6 -> new Address(province, code.substring(0, 4), code, null);
            default -> new Address(province, code.substring(0, 4), code.substring(0, 6), code);
        };
    }

    String deepest() {
        return Stream.of(village, commune, district, province)
                .filter(code -> code != null)
                .findFirst()
                .orElse("");
    }
}
