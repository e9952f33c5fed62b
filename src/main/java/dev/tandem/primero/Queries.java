package dev.tandem.primero;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;

/** Query strings as Primero reads them: a blank as {@code %20}, since it takes {@code +} for one. */
final class Queries {
    private Queries() {}

    static String equal(String field, String value) {
        return field + "=" + encoded(value);
    }

    static String encoded(String value) {
        return URLEncoder.encode(value, UTF_8).replace("+", "%20");
    }
}
