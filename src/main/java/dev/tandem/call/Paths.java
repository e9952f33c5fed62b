package dev.tandem.call;

import dev.tandem.outcome.Refused;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Puts ids into addresses. Camel does not escape enough by itself: an id with {@code /} or {@code ?} in it would call
 * another address, and an empty one the list instead of the record.
 */
public final class Paths {
    /**
     * One segment of a path.
     *
     * @throws Refused if it is blank, {@code .} or {@code ..}
     */
    public String segment(String id) {
        if (id == null || id.isBlank() || id.equals(".") || id.equals("..")) {
            throw new Refused("no-id", "an address needs an id, and there is none", 0, List.of());
        }
        return encoded(id);
    }

    /** {@code prefix/id}, such as {@code /api/v2/cases} and a case's id. */
    public String under(String prefix, String id) {
        return prefix + "/" + segment(id);
    }

    /** {@code prefix/id/rest}, such as a case's {@code referrals}. */
    public String under(String prefix, String id, String rest) {
        return under(prefix, id) + "/" + rest;
    }

    /** {@code prefix/id/rest/id2}, such as one referral of a case. */
    public String under(String prefix, String id, String rest, String second) {
        return under(under(prefix, id, rest), second);
    }

    /** A query with one parameter more; {@code query} may be null or blank, name and value are encoded. */
    public String with(String query, String name, String value) {
        String pair = encoded(name) + "=" + encoded(value);
        return query == null || query.isBlank() ? pair : query + "&" + pair;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
