package dev.tandem.settings;

import static dev.tandem.settings.Rows.Exposure.PLACEHOLDER;
import static dev.tandem.settings.Rows.Exposure.PRIVATE;

import dev.tandem.files.Installation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All settings, checked and immutable. No secret is in its {@code toString}.
 *
 * @param doctor when the service examines both systems
 * @param systems the further ones, which only routes and mappings know
 * @param placeholders for routes: each setting that is neither a secret nor a credential, by its own name. A schedule comes as
 *     a cron that is valid also when it is {@code off}, with {@code <name>.enabled} beside it; a webhook as
 *     {@code tandem.<system>.webhook.enabled}. What is not set is an empty text.
 */
public record Settings(
        PrimeroSettings primero,
        OscarSettings oscar,
        Database db,
        PayloadSettings payload,
        Directories directories,
        Work work,
        Webhook webhook,
        Alert alert,
        Schedule doctor,
        LogFormat logFormat,
        AdminSettings admin,
        Http http,
        NoticeSettings notices,
        List<SystemSettings> systems,
        Map<String, String> placeholders) {
    /** How a line of the log looks: for people, or one JSON object a line for a log collector. */
    public enum LogFormat {
        TEXT,
        JSON
    }

    /** What people edit while the service runs, how soon it is seen, and whether the last good version may stand in for it. */
    public record Directories(Path routes, Path mappings, Duration lookEvery, boolean startOnLastGood) {}

    /** How records are worked. */
    public record Work(
            Duration callTimeout,
            Optional<Integer> brake,
            int workers,
            Duration lease,
            Retry retry,
            Duration journalRetention,
            int unansweredDays,
            Schedule compare) {}

    /** Exponential backoff: from {@code min} to {@code max}, then parked after {@code attempts}. */
    public record Retry(int attempts, Duration min, Duration max) {}

    /**
     * What holds for the webhooks of both systems.
     *
     * @param silentAfter how long no event may come, although sweeps find changes, before that is a warning
     * @param relaxedSweep the least time between scheduled incremental sweeps while events arrive; unset: as scheduled
     */
    public record Webhook(Duration silentAfter, Optional<Duration> relaxedSweep) {}

    /** From when on the service is degraded: so many parked effects, or a record not settled for so long. */
    public record Alert(int parked, Duration pendingAge) {}

    /**
     * The two ports, and what routes may do besides.
     *
     * @param allowedHosts to be called besides the two systems: {@code host} or {@code host:port}
     * @param allowedInRoutes components, languages, steps and options besides those of docs/edit/routes.md
     */
    public record Http(
            int port,
            Bind bind,
            Optional<Tls> tls,
            int managementPort,
            Bind managementBind,
            Optional<Tls> managementTls,
            Outgoing outgoing,
            Set<String> allowedHosts,
            Set<String> allowedInRoutes) {}

    /** The two PEM files that a port shows itself with. */
    public record Tls(Path certificate, Path key) {}

    private static final String IPV4 = "127.0.0.1";

    /** Where a port is open. */
    public enum Bind {
        /** On every interface of the machine. */
        ALL("0.0.0.0"),
        /** To programs on the machine itself. */
        LOOPBACK(loopback());

        private final String address;

        Bind(String address) {
            this.address = address;
        }

        public String address() {
            return address;
        }

        /** IPv4's, unless the machine has none, or Java is told to prefer IPv6. */
        private static String loopback() {
            try {
                return Boolean.getBoolean("java.net.preferIPv6Addresses")
                                || NetworkInterface.getByInetAddress(
                                                InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))
                                        == null
                        ? "::1"
                        : IPV4;
            } catch (IOException notTold) {
                return IPV4;
            }
        }
    }

    /** @param systems the names of the further ones */
    static Settings read(Rows rows, Collection<String> systems) {
        PrimeroSettings primero = PrimeroSettings.read(rows);
        OscarSettings oscar = OscarSettings.read(rows);
        Database db = Database.read(rows);
        return new Settings(
                primero,
                oscar,
                db,
                PayloadSettings.read(rows, db),
                directories(rows),
                work(rows),
                webhook(rows),
                alert(rows),
                rows.setting(
                        "tandem.doctor.schedule",
                        Schedule.TYPE,
                        "0 45 5 * * ?",
                        "When the service examines both systems as `doctor` does, to tell what has drifted; it does so"
                                + " after each edit of routes or mappings too. `off`: never."),
                rows.setting(
                        "tandem.log.format",
                        Type.oneOf(LogFormat.class),
                        "text",
                        "The format of the log: `text` for people, or `json` for a collector: one object a line,"
                                + " with flow and record as `mdc.flow` and `mdc.record`. Set as an environment variable, it"
                                + " applies from the first line on."),
                AdminSettings.read(rows),
                http(rows),
                NoticeSettings.read(rows),
                systems.stream().map(name -> SystemSettings.read(rows, name)).toList(),
                rows.placeholders());
    }

    private static Directories directories(Rows rows) {
        return new Directories(
                directory(
                        rows,
                        "tandem.routes.dir",
                        "routes",
                        "The directory of the routes, relative to the directory in which you start Tandem. Unset, and"
                                + " none of this name there: the routes that came with the program."),
                directory(
                        rows,
                        "tandem.mappings.dir",
                        "mappings",
                        "The directory of the mappings and code lists, likewise."),
                rows.setting(
                        "tandem.edit.look-every",
                        Type.DURATION,
                        "2s",
                        "How often a service checks whether routes or mappings were edited. An edit counts once two"
                                + " checks have seen the same content."),
                rows.setting(
                        "tandem.edit.start-on-last-good",
                        Type.FLAG,
                        "false",
                        "Whether a service that cannot use its routes or mappings starts on the last version that"
                                + " was in force, instead of not starting."));
    }

    private static Path directory(Rows rows, String name, String fallback, String words) {
        Path directory = rows.setting(name, Type.DIRECTORY, fallback, words);
        return rows.isSet(name) ? directory : Installation.hereOrShipped(directory);
    }

    private static Work work(Rows rows) {
        return new Work(
                rows.setting(
                        "tandem.call-timeout",
                        Type.DURATION,
                        "2m",
                        "The longest time for one call, from connecting to the last byte."),
                rows.setting(
                        "tandem.brake",
                        Type.countOrOff(1, 10_000_000),
                        "500",
                        "To how many records the first sync, or an edit of mappings or code lists, may write"
                                + " without approval. The rest waits for `approve`. `off`: no limit."),
                rows.setting("tandem.workers", Type.count(1, 200), "8", "The number of records in work at once."),
                rows.setting(
                        "tandem.lease",
                        Type.DURATION,
                        "15m",
                        "How long a worker that no longer answers keeps its record. Not shorter than `tandem.call-timeout`."),
                new Retry(
                        rows.setting(
                                "tandem.retry.attempts",
                                Type.count(1, 1000),
                                "12",
                                "The number of attempts before an effect is parked for a person."),
                        rows.setting(
                                "tandem.retry.min",
                                Type.DURATION,
                                "10s",
                                "The wait before the second attempt. Later waits are longer."),
                        rows.setting("tandem.retry.max", Type.DURATION, "1h", "The longest wait between attempts.")),
                rows.setting("tandem.journal.retention", Type.DURATION, "400d", "How long the journal is kept."),
                rows.setting(
                        "tandem.unanswered-days",
                        Type.count(1, 3650),
                        "14",
                        "After how many days `status` lists a referral that nobody has answered."),
                rows.setting(
                        "tandem.compare.schedule",
                        Schedule.TYPE,
                        "off",
                        "When to compare both systems in full, such as weekly (docs/operate/trust.md). It reads"
                                + " as much as a full sweep of both."));
    }

    private static Webhook webhook(Rows rows) {
        return new Webhook(
                rows.setting(
                        "tandem.webhook.silent-after",
                        Type.DURATION,
                        "6h",
                        "After how long without an event of a system Tandem warns, if sweeps find changes meanwhile."),
                rows.optional(
                        "tandem.webhook.relaxed-sweep",
                        Type.DURATION,
                        PLACEHOLDER,
                        "How often scheduled sweeps of what changed run at most, while a system's events arrive and"
                                + " no sweep finds a change that they missed. Unset: as scheduled. Full sweeps always run as"
                                + " scheduled."));
    }

    private static Alert alert(Rows rows) {
        return new Alert(
                rows.setting(
                        "tandem.alert.parked",
                        Type.count(0, 1_000_000),
                        "20",
                        "With more parked effects than this the service is *degraded*, which alerts and does nothing else."),
                rows.setting(
                        "tandem.alert.pending-age",
                        Type.DURATION,
                        "12h",
                        "With a record that has been open for longer the service is *degraded*."));
    }

    /** After those of the admin API: whether it has a password decides where its port is open. */
    private static Http http(Rows rows) {
        return new Http(
                rows.setting("tandem.http.port", Type.PORT, "8080", "The port of the webhooks."),
                rows.setting(
                        "tandem.http.bind",
                        Type.oneOf(Bind.class),
                        "all",
                        "Who can reach the webhooks' port: `all` who reach the machine, or (`loopback`) only"
                                + " programs on it, such as a proxy."),
                tls(rows, "tandem.http", "webhooks' port"),
                rows.setting(
                        "tandem.management.port",
                        Type.PORT,
                        "9876",
                        "The port of health, metrics, console and admin API. It must differ from the webhooks' port."),
                rows.optional(
                                "tandem.management.bind",
                                Type.oneOf(Bind.class),
                                PRIVATE,
                                "Who can reach the management port. Unset: `loopback`, or `all` once"
                                        + " `tandem.admin.password` is set. The container image sets `all`, because probes and"
                                        + " monitoring come from outside the container.")
                        .orElse(rows.isSet("tandem.admin.password") ? Bind.ALL : Bind.LOOPBACK),
                tls(rows, "tandem.management", "management port"),
                Outgoing.read(rows),
                rows.optional(
                                "tandem.http.allowed-hosts",
                                Type.HOSTS,
                                PLACEHOLDER,
                                "Hosts that your own routes may call without a login, in addition to the systems in"
                                        + " the settings.")
                        .orElse(Set.of()),
                rows.optional(
                                "tandem.routes.allow",
                                Type.WORDS,
                                PRIVATE,
                                "What your own routes may use besides what docs/edit/routes.md lists: components,"
                                        + " languages, steps, `COMPONENT.OPTION`, `BEAN.METHOD`. Unset: nothing. Whoever"
                                        + " edits routes can then do whatever these can; `status` and health show it.")
                        .orElse(Set.of()));
    }

    /** None while one of the two is missing: {@link CrossChecks}. */
    private static Optional<Tls> tls(Rows rows, String port, String words) {
        Optional<Path> certificate = rows.optional(
                port + ".tls.certificate",
                Type.FILE,
                PRIVATE,
                "A PEM file with the certificate of the " + words
                        + ", followed by those that vouch for it. Set it with the key if no proxy or ingress does TLS."
                        + " Tandem reads both files when it starts.");
        Optional<Path> key = rows.optional(
                port + ".tls.key",
                Type.FILE,
                PRIVATE,
                "A PEM file with the key of that certificate, not encrypted (PKCS #8).");
        return certificate.flatMap(shown -> key.map(kept -> new Tls(shown, kept)));
    }

    /** The systems whose events are taken. */
    public List<String> webhooks() {
        return Stream.of(
                        primero.webhookSecret().map(set -> "primero"),
                        oscar.webhookSecret().map(set -> "oscar"))
                .flatMap(Optional::stream)
                .toList();
    }
}
