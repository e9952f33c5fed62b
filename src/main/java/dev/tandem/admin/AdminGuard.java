package dev.tandem.admin;

import dev.tandem.operation.RequestRefused;
import dev.tandem.settings.AdminSettings;
import dev.tandem.settings.Secret;
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
    /** The header that every POST carries. */
    static final String OWN_HEADER = "X-Tandem";

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");
    private static final List<String> OF_PROXIES = List.of("Forwarded", "Via", "X-Real-IP");

    private final Optional<String> user;
    private final Optional<byte[]> login;
    private final Set<String> hosts;
    private final WrongLogins wrongs = new WrongLogins(System::nanoTime);

    AdminGuard(AdminSettings settings) {
        hosts = settings.hosts();
        user = settings.user();
        login = settings.user().flatMap(user -> settings.password()
                .map(Secret::reveal)
                .map(password -> digest((user + ":" + password).getBytes(StandardCharsets.UTF_8))));
    }

    /** @throws RequestRefused if this request is not answered; the words go to the caller */
    void check(HttpServerRequest request) {
        if (login.isPresent()) {
            checkLogin(request);
        } else {
            checkLocal(request);
        }
        if (request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD)) {
            return;
        }
        if (!"1".equals(request.getHeader(OWN_HEADER))) {
            throw new RequestRefused(
                    403, "header-missing", "a request that changes something carries the header X-Tandem: 1");
        }
        String type = Optional.ofNullable(request.getHeader("Content-Type"))
                .orElse("")
                .toLowerCase(Locale.ROOT);
        if (!type.equals("application/json") && !type.startsWith("application/json;")) {
            throw new RequestRefused(415, "not-json", "the Content-Type is application/json");
        }
    }

    private static void checkLocal(HttpServerRequest request) {
        if (!fromThisMachine(request)) {
            throw new RequestRefused(
                    403,
                    "loopback-only",
                    "without tandem.admin.user and tandem.admin.password this answers on the machine itself only");
        }
        if (OF_PROXIES.stream().anyMatch(request.headers()::contains)
                || request.headers().names().stream()
                        .anyMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("x-forwarded"))) {
            throw new RequestRefused(
                    403,
                    "forwarded",
                    "it was forwarded: behind a proxy tandem.admin.user and tandem.admin.password must be set");
        }
        checkName(request, LOOPBACK);
    }

    private void checkLogin(HttpServerRequest request) {
        if (!hosts.isEmpty()) {
            checkName(request, hosts);
        }
        String from = address(request);
        String shown = request.getHeader("Authorization");
        if (shown != null) {
            long wait = wrongs.wait(from);
            if (wait > 0) {
                request.response().putHeader("Retry-After", String.valueOf(wait));
                throw new RequestRefused(
                        429, "wait", "too many wrong logins came from this address: try again in " + wait + " s");
            } else if (knows(shown)) {
                wrongs.right(from);
                return;
            }
            wrongs.wrong(from);
        }
        throw new RequestRefused(
                401, "login", "user and password are needed (tandem.admin.user, tandem.admin.password)");
    }

    private static void checkName(HttpServerRequest request, Set<String> names) {
        HostAndPort authority = request.authority();
        if (authority == null || request.headers().getAll("Host").size() > 1) {
            throw new RequestRefused(400, "host", "the request names no host, or several");
        }
        String host = authority.host().toLowerCase(Locale.ROOT);
        if (!LOOPBACK.contains(host) && !names.contains(host) && !names.contains(host + ":" + authority.port())) {
            throw new RequestRefused(403, "host", "it is not called by this name: see tandem.admin.hosts");
        }
    }

    /** Whom the journal names for what this request changes. */
    String caller(HttpServerRequest request) {
        return "admin API, "
                + user.map(name -> name + " from " + address(request)).orElse("loopback");
    }

    private static String address(HttpServerRequest request) {
        return String.valueOf(request.connection().remoteAddress().hostAddress());
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
}
