package dev.tandem.observe;

import java.util.Locale;

/** How people write the name of a system. */
public final class SystemName {
    private SystemName() {}

    public static String forPeople(String system) {
        if (system.isEmpty()) {
            return "";
        }
        return system.equals("oscar") ? "OSCaR" : system.substring(0, 1).toUpperCase(Locale.ROOT) + system.substring(1);
    }
}
