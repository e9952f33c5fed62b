package dev.tandem.admin;

import dev.tandem.operation.request.RequestRefused;
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
import java.util.stream.Stream;

/**
 * Who may use console and admin API. Without a password only who is on this machine: seen by the address the connection comes
 * from, by the name it was called by (another site's name may have been pointed at this machine), and by the absence of any
 * proxy in between. A request that changes something must carry what a page of another site cannot send unasked.
 */
public final class AdminGuard {
    /**
     * Who is let in.
     *
     * @param name for the journal; {@code loopback} without an account
     * @param mayAct or only look
     */
    public record Person(String name, boolean mayAct) {}

    private record Account(Person person, byte[] login) {}

    /** The header that every POST carries. */
    static final String OWN_HEADER = "X-Tandem";

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");
    private static final List<String> OF_PROXIES = List.of("Forwarded", "Via", "X-Real-IP");

    private static final Person ON_THIS_MACHINE = new Person("loopback", true);

    private final List<Account> accounts;
    private final Set<String> hosts;
    private final WrongLogins wrongs = new WrongLogins(System::nanoTime);

    public AdminGuard(AdminSettings settings) {
        hosts = settings.hosts();
        accounts = Stream.of(
                        account(settings.user(), settings.password(), true),
                        account(settings.viewerUser(), settings.viewerPassword(), false))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Account> account(Optional<String> user, Optional<Secret> password, boolean mayAct) {
        return user.flatMap(name ->
                password.map(secret -> new Account(new Person(name, mayAct), digest(login(name, secret.reveal())))));
    }

    private static byte[] login(String user, String password) {
        return (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    }

    /** Whether a user and a password are needed. */
    public boolean asksForLogin() {
        return !accounts.isEmpty();
    }

    /**
     * Whether the request may be here at all, whoever sends it.
     *
     * @throws RequestRefused if not; the words go to the caller
     */
    public void checkReach(HttpServerRequest request) {
        if (!asksForLogin()) {
            checkLocal(request);
        } else if (!hosts.isEmpty()) {
            checkName(request, hosts);
        }
    }

    /**
     * Signs somebody in; counts what is wrong.
     *
     * @throws RequestRefused if the address has to wait
     */
    public Optional<Person> signIn(HttpServerRequest request, String user, String password) {
        return signIn(request, Optional.of(login(user, password)));
    }

    private Optional<Person> signIn(HttpServerRequest request, Optional<byte[]> login) {
        String from = address(request);
        long wait = wrongs.wait(from);
        if (wait > 0) {
            request.response().putHeader("Retry-After", String.valueOf(wait));
            throw new RequestRefused(
                    429, "wait", "too many wrong logins came from this address: try again in " + wait + " s");
        }
        Optional<Person> person = login.flatMap(this::known);
        if (person.isPresent()) {
            wrongs.right(from);
        } else {
            wrongs.wrong(from);
        }
        return person;
    }

    /**
     * Who calls the API.
     *
     * @throws RequestRefused if this request is not answered; the words go to the caller
     */
    Person check(HttpServerRequest request) {
        checkReach(request);
        Person person = asksForLogin() ? loggedIn(request) : ON_THIS_MACHINE;
        if (request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD)) {
            return person;
        }
        if (!person.mayAct()) {
            throw new RequestRefused(403, "viewer", "this account may look and not act (tandem.viewer.user)");
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
        return person;
    }

    /** Who is on this machine, where no login is asked for. */
    public Person onThisMachine() {
        return ON_THIS_MACHINE;
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

    private Person loggedIn(HttpServerRequest request) {
        String shown = request.getHeader("Authorization");
        return Optional.ofNullable(shown)
                .flatMap(basic -> signIn(request, decoded(basic)))
                .orElseThrow(() -> new RequestRefused(
                        401, "login", "user and password are needed (tandem.admin.user, tandem.admin.password)"));
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
    static String caller(HttpServerRequest request, Person person) {
        return "admin API, " + by(request, person);
    }

    /** The person, and the address unless it is this machine's. */
    public static String by(HttpServerRequest request, Person person) {
        return person.equals(ON_THIS_MACHINE) ? person.name() : person.name() + " from " + address(request);
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

    private static Optional<byte[]> decoded(String authorization) {
        if (!authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    Base64.getDecoder().decode(authorization.substring(6).strip()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Compares digests, in a time that tells nothing of how much of them is right. */
    private Optional<Person> known(byte[] login) {
        byte[] given = digest(login);
        Optional<Person> found = Optional.empty();
        for (Account account : accounts) {
            if (MessageDigest.isEqual(given, account.login())) {
                found = Optional.of(account.person());
            }
        }
        return found;
    }

    private static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
