package dev.tandem.primero;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Query strings as Primero reads them: a blank as {@code %20}, since it takes {@code +} for one. */
final class Queries {
    private Queries() {}

    static String equal(String field, String value) {
        return field + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
