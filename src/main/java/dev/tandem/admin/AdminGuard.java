package dev.tandem.admin;

import dev.tandem.settings.AdminSettings;
import dev.tandem.settings.Secret;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Who may use console and admin API. Without a password only who is on this machine: seen by the address the connection comes
 * from, by the name it was called by (another site's name may have been pointed at this machine), and by the absence of any
 * proxy in between. A request that changes something must carry what a page of another site cannot send unasked.
 */
final class AdminGuard {
    /** Why a request is not answered; the words go to the caller. */
    record Refusal(int status, String code, String words) {}

    /** The header that every POST carries. */
    static final String OWN_HEADER = "X-Tandem";

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");
    private static final List<String> OF_PROXIES = List.of("Forwarded", "Via", "X-Real-IP");

    private final Optional<byte[]> login;
    private final Set<String> hosts;

    AdminGuard(AdminSettings settings) {
        hosts = settings.hosts();
        login = settings.user().flatMap(user -> settings.password()
                .map(Secret::reveal)
                .map(password -> digest((user + ":" + password).getBytes(StandardCharsets.UTF_8))));
    }

    /** Why this request is refused; none if it may be answered. */
    Optional<Refusal> refuses(HttpServerRequest request) {
        MultiMap headers = request.headers();
        Optional<Refusal> stranger = login.isPresent() ? withLogin(request) : withoutLogin(request);
        if (stranger.isPresent()
                || request.method().equals(HttpMethod.GET)
                || request.method().equals(HttpMethod.HEAD)) {
            return stranger;
        }
        if (!"1".equals(headers.get(OWN_HEADER))) {
            return refusal(403, "header-missing", "a request that changes something carries the header X-Tandem: 1");
        }
        String type =
                Optional.ofNullable(headers.get("Content-Type")).orElse("").toLowerCase(Locale.ROOT);
        return type.equals("application/json") || type.startsWith("application/json;")
                ? Optional.empty()
                : refusal(415, "not-json", "the Content-Type is application/json");
    }

    private Optional<Refusal> withoutLogin(HttpServerRequest request) {
        if (!fromThisMachine(request)) {
            return refusal(
                    403,
                    "loopback-only",
                    "without tandem.admin.user and tandem.admin.password this answers on the machine itself only");
        }
        boolean forwarded = OF_PROXIES.stream().anyMatch(request.headers()::contains)
                || request.headers().names().stream()
                        .anyMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("x-forwarded"));
        if (forwarded) {
            return refusal(
                    403,
                    "forwarded",
                    "it was forwarded: behind a proxy tandem.admin.user and tandem.admin.password must be set");
        }
        return calledBy(request, LOOPBACK);
    }

    private Optional<Refusal> withLogin(HttpServerRequest request) {
        Optional<Refusal> wrongName = hosts.isEmpty() ? Optional.empty() : calledBy(request, hosts);
        return wrongName.or(() -> knows(request.getHeader("Authorization"))
                ? Optional.empty()
                : refusal(401, "login", "user and password are needed (tandem.admin.user, tandem.admin.password)"));
    }

    private static Optional<Refusal> calledBy(HttpServerRequest request, Set<String> names) {
        HostAndPort authority = request.authority();
        boolean one = request.headers().getAll("Host").size() <= 1;
        if (authority == null || !one) {
            return refusal(400, "host", "the request names no host, or several");
        }
        String host = authority.host().toLowerCase(Locale.ROOT);
        return LOOPBACK.contains(host) || names.contains(host) || names.contains(host + ":" + authority.port())
                ? Optional.empty()
                : refusal(403, "host", "it is not called by this name: see tandem.admin.hosts");
    }

    private static boolean fromThisMachine(HttpServerRequest request) {
        String address = request.connection().remoteAddress().hostAddress();
        try {
            // An address in digits: nothing is looked up.
            return address != null && InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** Compares digests, in a time that tells nothing of how much of them is right. */
    private boolean knows(String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
            return false;
        }
        try {
            byte[] given = Base64.getDecoder().decode(authorization.substring(6).strip());
            return MessageDigest.isEqual(digest(given), login.orElseThrow());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    private static Optional<Refusal> refusal(int status, String code, String words) {
        return Optional.of(new Refusal(status, code, words));
    }
}
