package dev.tandem.settings;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

/** What must hold between settings. Each rule is silent where one of its settings is itself wrong. */
final class CrossChecks {
    private final Values values;
    private final List<SystemRows> systems;
    private final Consumer<Fault> faults;

    /** @param systems the further ones */
    CrossChecks(Values values, List<SystemRows> systems, Consumer<Fault> faults) {
        this.values = values;
        this.systems = List.copyOf(systems);
        this.faults = faults;
    }

    void run() {
        // With one value in both, also 0 and 0, Camel makes one server of the two: health and console on the public
        // port.
        pair(
                Catalogue.MANAGEMENT_PORT,
                Catalogue.HTTP_PORT,
                Integer::equals,
                "it is the same as tandem.http.port, so the console would answer where the webhooks do",
                "give the two different ports");
        // Protocol 2: a call is begun only with lease left for the whole of it.
        pair(
                Catalogue.LEASE,
                Catalogue.CALL_TIMEOUT,
                CrossChecks::shorter,
                "it is shorter than tandem.call-timeout, so a worker could lose its record in the middle of a call",
                "make it at least as long, better several times");
        pair(
                Catalogue.RETRY_MAX,
                Catalogue.RETRY_MIN,
                CrossChecks::shorter,
                "it is shorter than tandem.retry.min",
                "make it at least as long");
        sameServer();
        systems.forEach(this::login);
        pair(
                Catalogue.PAYLOAD_PREVIOUS_KEY,
                Catalogue.PAYLOAD_KEY,
                PayloadKey::equals,
                "it is the same as tandem.payload.key",
                "set it to the key used before, or leave it out");
        rotated(Catalogue.PRIMERO_WEBHOOK_PREVIOUS, Catalogue.PRIMERO_WEBHOOK_SECRET);
        rotated(Catalogue.OSCAR_WEBHOOK_PREVIOUS, Catalogue.OSCAR_WEBHOOK_SECRET);
        together(Catalogue.ADMIN_USER, Catalogue.ADMIN_PASSWORD);
        together(Catalogue.ADMIN_PASSWORD, Catalogue.ADMIN_USER);
        payloadKey();
    }

    /** Credentials are bound to scheme, host and port; on one origin each system would be sent the other's. */
    private void sameServer() {
        List<Setting<URI>> urls = new ArrayList<>(List.of(Catalogue.PRIMERO_URL, Catalogue.OSCAR_URL));
        systems.forEach(system -> urls.add(system.url()));
        for (int i = 1; i < urls.size(); i++) {
            for (Setting<URI> before : urls.subList(0, i)) {
                pair(
                        urls.get(i),
                        before,
                        (one, other) -> ServerUrls.origin(one).equals(ServerUrls.origin(other)),
                        "it is the same server as " + before.name(),
                        "give each system its own address");
            }
        }
    }

    private void login(SystemRows system) {
        together(system.user(), system.password());
        together(system.password(), system.user());
        if (values.isSet(system.token()) && values.isSet(system.user())) {
            faults.accept(new Fault(
                    values.where(system.token()),
                    system.token().name(),
                    "it is set, and " + system.user().name() + " too",
                    "set a token, or user and password"));
        }
    }

    private void payloadKey() {
        boolean postgresql =
                values.find(Catalogue.DB_URL).filter(Database::isPostgresql).isPresent();
        if (postgresql && !values.isSet(Catalogue.PAYLOAD_KEY)) {
            Setting<PayloadKey> key = Catalogue.PAYLOAD_KEY;
            faults.accept(new Fault(
                    values.where(key, Catalogue.DB_URL),
                    key.name(),
                    "it is not set, and on PostgreSQL it must be: all replicas share it",
                    "make one with `openssl rand -base64 32` and set " + key.variable() + " or " + key.fileVariable()));
        }
    }

    /** The one before is of no use alone: without the present one the endpoint answers 404. */
    private void rotated(Setting<Secret> previous, Setting<Secret> present) {
        if (values.isSet(previous) && !values.isSet(present)) {
            faults.accept(new Fault(
                    values.where(previous),
                    previous.name(),
                    "it is set, but " + present.name() + " is not",
                    "set the present one too, or leave this out"));
        }
    }

    private void together(Setting<?> one, Setting<?> other) {
        if (values.isSet(one) && !values.isSet(other)) {
            faults.accept(new Fault(
                    values.where(one),
                    one.name(),
                    "it is set, but " + other.name() + " is not",
                    "set both or neither"));
        }
    }

    private <A, B> void pair(
            Setting<A> wrong, Setting<B> other, BiPredicate<A, B> isWrong, String problem, String remedy) {
        Optional<A> a = values.find(wrong);
        Optional<B> b = values.find(other);
        if (a.isPresent() && b.isPresent() && isWrong.test(a.get(), b.get())) {
            faults.accept(new Fault(values.where(wrong, other), wrong.name(), problem, remedy));
        }
    }

    private static boolean shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0;
    }

    /** What works, but should be known. */
    static void warn(Values values, List<SystemRows> systems, Consumer<String> warnings) {
        warnInClear(Catalogue.PRIMERO_URL, values, warnings);
        warnInClear(Catalogue.OSCAR_URL, values, warnings);
        systems.forEach(system -> warnInClear(system.url(), values, warnings));
    }

    private static void warnInClear(Setting<URI> url, Values values, Consumer<String> warnings) {
        values.find(url)
                .filter(ServerUrls::crossesTheNetworkInClear)
                .ifPresent(inClear -> warnings.accept(url.name()
                        + " begins with http://: the password and the children's records cross the network in clear."));
    }
}
