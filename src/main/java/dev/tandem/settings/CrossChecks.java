package dev.tandem.settings;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

/** What must hold between settings. Each rule is silent where one of its settings is itself wrong. */
final class CrossChecks {
    private final Rows rows;
    private final Collection<String> systems;
    private final List<String> urls = new ArrayList<>(List.of("tandem.primero.url", "tandem.oscar.url"));

    /** @param systems the further ones */
    CrossChecks(Rows rows, Collection<String> systems) {
        this.rows = rows;
        this.systems = systems;
        systems.forEach(system -> urls.add(SystemSettings.row(system, "url")));
    }

    void run() {
        // With one value in both, also 0 and 0, Camel makes one server of the two: health and console on the public
        // port.
        pair(
                "tandem.management.port",
                "tandem.http.port",
                Object::equals,
                "it is the same as tandem.http.port, so the console would answer where the webhooks do",
                "give the two different ports");
        // Protocol 2: a call is begun only with lease left for the whole of it.
        pair(
                "tandem.lease",
                "tandem.call-timeout",
                CrossChecks::shorter,
                "it is shorter than tandem.call-timeout, so a worker could lose its record in the middle of a call",
                "make it at least as long, better several times");
        pair(
                "tandem.retry.max",
                "tandem.retry.min",
                CrossChecks::shorter,
                "it is shorter than tandem.retry.min",
                "make it at least as long");
        for (int i = 1; i < urls.size(); i++) {
            for (String before : urls.subList(0, i)) {
                pair(
                        urls.get(i),
                        before,
                        CrossChecks::sameServer,
                        "it is the same server as " + before,
                        "give each system its own address");
            }
        }
        systems.forEach(this::login);
        pair(
                "tandem.payload.previous-key",
                "tandem.payload.key",
                Object::equals,
                "it is the same as tandem.payload.key",
                "set it to the key used before, or leave it out");
        // Alone the previous one is of no use: without the present one the endpoint answers 404.
        String rotated = "set the present one too, or leave this out";
        needs("tandem.primero.webhook.previous-secret", "tandem.primero.webhook.secret", rotated);
        needs("tandem.oscar.webhook.previous-secret", "tandem.oscar.webhook.secret", rotated);
        needs("tandem.http.proxy.user", "tandem.http.proxy", "set the proxy too, or leave this out");
        together("tandem.http.proxy.user", "tandem.http.proxy.password");
        needs("tandem.http.no-proxy", "tandem.http.proxy", "set the proxy too, or leave this out");
        needs("tandem.reports.password", "tandem.reports.user", "set the user too, or leave this out");
        needs("tandem.notices.mail.to", "tandem.notices.mail.from", "set both, or leave this out");
        needs("tandem.notices.mail.to", "tandem.notices.smtp.host", "set both, or leave this out");
        together("tandem.notices.smtp.user", "tandem.notices.smtp.password");
        together("tandem.admin.user", "tandem.admin.password");
        together("tandem.viewer.user", "tandem.viewer.password");
        if (rows.isSet("tandem.viewer.user") && !rows.isSet("tandem.admin.user")) {
            rows.fault(
                    "tandem.viewer.user",
                    "without tandem.admin.user whoever is on the machine itself may look and act, and nobody else may look",
                    "set tandem.admin.user and tandem.admin.password too");
        }
        pair(
                "tandem.viewer.user",
                "tandem.admin.user",
                Object::equals,
                "it is the same as tandem.admin.user, so nobody could tell the two accounts apart",
                "give the two different names");
        together("tandem.http.tls.certificate", "tandem.http.tls.key");
        together("tandem.management.tls.certificate", "tandem.management.tls.key");
        payloadKey();
        schema();
    }

    private static boolean shorter(Object one, Object other) {
        return ((Duration) one).compareTo((Duration) other) < 0;
    }

    /** Credentials are bound to scheme, host and port; on one origin each system would be sent the other's. */
    private static boolean sameServer(Object one, Object other) {
        return ServerUrls.origin((URI) one).equals(ServerUrls.origin((URI) other));
    }

    private void login(String system) {
        String user = SystemSettings.row(system, "user");
        String token = SystemSettings.row(system, "token");
        together(user, SystemSettings.row(system, "password"));
        if (rows.isSet(token) && rows.isSet(user)) {
            rows.fault(token, "it is set, and " + user + " too", "set a token, or user and password");
        }
    }

    private void payloadKey() {
        String key = "tandem.payload.key";
        Optional<Object> url = rows.value("tandem.db.url");
        if (url.filter(set -> Database.isPostgresql((String) set)).isPresent() && !rows.isSet(key)) {
            rows.fault(
                    List.of(key, "tandem.db.url"),
                    "it is not set, and on PostgreSQL it must be: all replicas share it",
                    "make one with `openssl rand -base64 32` and set TANDEM_PAYLOAD_KEY or TANDEM_PAYLOAD_KEY_FILE");
        }
    }

    private void schema() {
        Optional<Object> url = rows.value("tandem.db.url");
        if (rows.isSet("tandem.db.schema")
                && url.filter(set -> !Database.isPostgresql((String) set)).isPresent()) {
            rows.fault(
                    List.of("tandem.db.schema", "tandem.db.url"),
                    "it is set, but the embedded database has no schemas",
                    "leave it out, or use PostgreSQL");
        }
    }

    private void together(String one, String other) {
        needs(one, other, "set both or neither");
        needs(other, one, "set both or neither");
    }

    private void needs(String one, String other, String remedy) {
        if (rows.isSet(one) && !rows.isSet(other)) {
            rows.fault(one, "it is set, but " + other + " is not", remedy);
        }
    }

    private void pair(String wrong, String other, BiPredicate<Object, Object> isWrong, String problem, String remedy) {
        Optional<Object> a = rows.value(wrong);
        Optional<Object> b = rows.value(other);
        if (a.isPresent() && b.isPresent() && isWrong.test(a.get(), b.get())) {
            rows.fault(List.of(wrong, other), problem, remedy);
        }
    }

    /** What works, but should be known. */
    void warn(Consumer<String> warnings) {
        for (String url : urls) {
            rows.value(url)
                    .filter(set -> ServerUrls.crossesTheNetworkInClear((URI) set))
                    .ifPresent(
                            inClear -> warnings.accept(
                                    url
                                            + " begins with http://: the password and the children's records cross the network in clear."));
        }
    }
}
