package dev.tandem.sandbox.primero;

import dev.tandem.sandbox.http.Reply;
import dev.tandem.sandbox.http.Request;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Each Basic call leaves a row in {@code sessions}, but for one that sends a known row's cookie back (contract primero-v2 §11). */
final class Sessions {
    private static final Pattern COOKIE = Pattern.compile("(?:^|;\\s*)_app_session=([0-9a-f-]+)");

    private final Set<String> rows = ConcurrentHashMap.newKeySet();

    Reply kept(Request request, Reply reply) {
        Matcher sent = COOKIE.matcher(request.header("Cookie").orElse(""));
        String row = sent.find() && rows.contains(sent.group(1))
                ? sent.group(1)
                : UUID.randomUUID().toString();
        rows.add(row);
        return reply.with("Set-Cookie", "_app_session=" + row + "; path=/; HttpOnly; SameSite=Lax");
    }

    int rows() {
        return rows.size();
    }
}
