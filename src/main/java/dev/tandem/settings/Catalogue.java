package dev.tandem.settings;

import static dev.tandem.settings.Setting.Exposure.PLACEHOLDER;
import static dev.tandem.settings.Setting.Exposure.PRIVATE;
import static dev.tandem.settings.Setting.Exposure.SECRET;

import dev.tandem.settings.Setting.Exposure;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Every setting there is. The order is that of the documentation. */
final class Catalogue {
    private static final List<Setting<?>> ALL = new ArrayList<>();

    static final Setting<URI> PRIMERO_URL = required(
            "tandem.primero.url", ServerUrls.SERVER, PLACEHOLDER, "Where Primero is, without a slash at the end.");
    static final Setting<String> PRIMERO_USER =
            required("tandem.primero.user", Types.TEXT, PRIVATE, "The user that Tandem signs in with at Primero.");
    static final Setting<Secret> PRIMERO_PASSWORD =
            required("tandem.primero.password", Types.SECRET, SECRET, "That user's password.");
    static final Setting<Schedule> PRIMERO_SCHEDULE = setting(
            "tandem.primero.schedule",
            Crons.SCHEDULE,
            "0 0 * * * ?",
            "When to ask Primero for the cases changed since the last sweep. In the time zone of the machine.");
    static final Setting<Schedule> PRIMERO_FULL_SCHEDULE = setting(
            "tandem.primero.full-schedule",
            Crons.SCHEDULE,
            "0 30 1 * * ?",
            "When to read all cases: some changes at Primero move no time of change.");
    static final Setting<Secret> PRIMERO_WEBHOOK_SECRET = optional(
            "tandem.primero.webhook.secret",
            WebhookSecrets.SHARED,
            SECRET,
            "What Primero sends with each event (`auth_secret` there): the key, or `user:password` for `basic_auth`. Without it"
                    + " `POST /webhooks/primero` answers 404.");
    static final Setting<Secret> PRIMERO_WEBHOOK_PREVIOUS = optional(
            "tandem.primero.webhook.previous-secret",
            WebhookSecrets.SHARED,
            SECRET,
            "The one before, while it is rotated: both are taken.");
    static final Setting<Integer> PRIMERO_MAX_CALLS = setting(
            "tandem.primero.max-calls",
            Types.count(1, 100),
            "3",
            "Calls to Primero at once. Its server has five threads by default.");
    static final Setting<Boolean> PRIMERO_MARK_SYNCED = setting(
            "tandem.primero.mark-synced",
            Types.FLAG,
            "false",
            "Whether to show the case worker in Primero that a case went through, or that something of it is parked.");
    static final Setting<String> PRIMERO_MARK_SYNCED_URL = setting(
            "tandem.primero.mark-synced-url",
            Types.TEXT,
            "urn:tandem",
            "With that: the URL under which Primero keeps the mark. Tandem adds `#mark` to it, so that it is no webhook's own: the"
                    + " next event to a webhook's URL hides a mark of that URL.");

    static final Setting<URI> OSCAR_URL =
            required("tandem.oscar.url", ServerUrls.SERVER, PLACEHOLDER, "Where OSCaR is, without a slash at the end.");
    static final Setting<String> OSCAR_USER =
            required("tandem.oscar.user", Types.TEXT, PRIVATE, "The user that Tandem signs in with at OSCaR.");
    static final Setting<Secret> OSCAR_PASSWORD =
            required("tandem.oscar.password", Types.SECRET, SECRET, "That user's password.");
    static final Setting<Schedule> OSCAR_SCHEDULE = setting(
            "tandem.oscar.schedule",
            Crons.SCHEDULE,
            "0 55 * * * ?",
            "When to ask OSCaR for the clients changed since the last sweep: a little before Primero, whose referrals"
                    + " wait for what OSCaR says.");
    static final Setting<Schedule> OSCAR_FULL_SCHEDULE = setting(
            "tandem.oscar.full-schedule",
            Crons.SCHEDULE,
            "0 10 1 * * ?",
            "When to read all clients: some changes at OSCaR move no time of change.");
    static final Setting<Duration> OSCAR_SWEEP_ON_EVENT = setting(
            "tandem.oscar.sweep-on-event",
            Types.DURATION,
            "10s",
            "The least time between two incremental sweeps that events ask for. The first of a burst begins at once.");
    static final Setting<Duration> OSCAR_FULL_ON_EVENT = setting(
            "tandem.oscar.full-on-event",
            Types.DURATION,
            "30m",
            "The least time between full sweeps, for one that an event asks for: what it names was not found changed.");
    static final Setting<Duration> OSCAR_FEED_TIMEOUT = setting(
            "tandem.oscar.feed-timeout",
            Types.DURATION,
            "15m",
            "How long one reading of OSCaR's feed may take in all.");
    static final Setting<Secret> OSCAR_WEBHOOK_SECRET = optional(
            "tandem.oscar.webhook.secret",
            WebhookSecrets.SIGNING,
            SECRET,
            "What events about OSCaR are signed with. Without it `POST /webhooks/oscar` answers 404.");
    static final Setting<Secret> OSCAR_WEBHOOK_PREVIOUS = optional(
            "tandem.oscar.webhook.previous-secret",
            WebhookSecrets.SIGNING,
            SECRET,
            "The one before, while it is rotated: both are taken.");
    static final Setting<Integer> OSCAR_MAX_CALLS =
            setting("tandem.oscar.max-calls", Types.count(1, 100), "2", "Calls to OSCaR at once. It is slow.");
    static final Setting<Set<String>> NGOS = optional(
            "tandem.ngos",
            Types.NAMES,
            PLACEHOLDER,
            "The NGOs that take part, as OSCaR calls them (`oscar_organization` in agencies.csv), for a country that goes live one"
                    + " by one. What is for or from another is listed as `ngo-not-live` and goes by itself after a start with its"
                    + " name here. Unset: all of agencies.csv.");
    static final Setting<SecondNgo> OSCAR_SECOND_NGO = setting(
            "tandem.oscar.second-ngo",
            Types.oneOf(SecondNgo.class),
            "send",
            "A referral to an NGO that does not hold the child, of a case that has an OSCaR number already: `send` it"
                    + " without the number (OSCaR gives the child a second one), or `park` it for a person.");
    static final Setting<LostAnswer> OSCAR_LOST_ANSWER = setting(
            "tandem.oscar.lost-answer",
            Types.oneOf(LostAnswer.class),
            "resend",
            "A referral to OSCaR whose answer was lost, so that nobody can tell whether it arrived: `resend` it once, or"
                    + " `park` it for a person. It is named as a possible repeat either way.");
    static final Setting<Duration> OSCAR_LOST_ANSWER_WAIT = setting(
            "tandem.oscar.lost-answer-wait", Types.DURATION, "10m", "How long `resend` waits before it sends again.");

    static final Setting<String> DB_URL = add(new Setting<>(
            "tandem.db.url",
            Database.URL,
            Optional.of("jdbc:h2:file:./data/tandem"),
            false,
            PRIVATE,
            "Where the ledger is: PostgreSQL, or the embedded H2 in a file."));
    static final Setting<String> DB_USER = optional("tandem.db.user", Types.TEXT, PRIVATE, "The user of the database.");
    static final Setting<Secret> DB_PASSWORD =
            optional("tandem.db.password", Types.SECRET, SECRET, "That user's password.");
    static final Setting<Boolean> DB_FSYNC = setting(
            "tandem.db.fsync",
            Types.FLAG,
            "true",
            "Whether the embedded H2 has each commit on the disk before it counts. Without it a power failure can make the ledger"
                    + " forget what was sent: only for trials. PostgreSQL has a setting of its own.");
    static final Setting<PayloadKey> PAYLOAD_KEY = optional(
            "tandem.payload.key",
            Types.KEY,
            SECRET,
            "The key under which the ledger encrypts what it keeps of records. Required on PostgreSQL. On H2, where it is"
                    + " not set, one is made once in a file beside the database, with a warning.");
    static final Setting<PayloadKey> PAYLOAD_PREVIOUS_KEY = optional(
            "tandem.payload.previous-key", Types.KEY, SECRET, "The key before that one, while keys are rotated.");

    static final Setting<Path> ROUTES_DIR = setting(
            "tandem.routes.dir",
            Types.DIRECTORY,
            "routes",
            "The routes, from the directory that Tandem is started in.");
    static final Setting<Path> MAPPINGS_DIR =
            setting("tandem.mappings.dir", Types.DIRECTORY, "mappings", "The mappings and code lists, likewise.");
    static final Setting<Duration> LOOK_EVERY = setting(
            "tandem.edit.look-every",
            Types.DURATION,
            "2s",
            "How often a service looks whether routes or mappings were edited. An edit counts once two looks have seen the same.");
    static final Setting<Boolean> START_ON_LAST_GOOD = setting(
            "tandem.edit.start-on-last-good",
            Types.FLAG,
            "false",
            "Whether a service whose routes or mappings cannot be used starts on the last version that was in force, instead"
                    + " of not at all.");

    static final Setting<Duration> CALL_TIMEOUT = setting(
            "tandem.call-timeout",
            Types.DURATION,
            "2m",
            "How long one call may take in all, from connecting to the last byte.");
    static final Setting<Optional<Integer>> BRAKE = setting(
            "tandem.brake",
            Types.countOrOff(1, 10_000_000),
            "500",
            "To how many records the first sync, or an edit of mappings or code lists, may write by itself; the rest waits for"
                    + " `approve`. `off`: to any number.");
    static final Setting<Integer> WORKERS =
            setting("tandem.workers", Types.count(1, 200), "8", "Records in work at once.");
    static final Setting<Duration> LEASE = setting(
            "tandem.lease",
            Types.DURATION,
            "15m",
            "How long a worker that no longer answers keeps its record. Not shorter than `tandem.call-timeout`.");
    static final Setting<Integer> RETRY_ATTEMPTS = setting(
            "tandem.retry.attempts", Types.count(1, 1000), "12", "Attempts before an effect is parked for a person.");
    static final Setting<Duration> RETRY_MIN = setting(
            "tandem.retry.min", Types.DURATION, "10s", "The wait before the second attempt; it grows from there.");
    static final Setting<Duration> RETRY_MAX =
            setting("tandem.retry.max", Types.DURATION, "1h", "The longest wait between attempts.");
    static final Setting<Duration> JOURNAL_RETENTION =
            setting("tandem.journal.retention", Types.DURATION, "400d", "How long the journal is kept.");
    static final Setting<Integer> UNANSWERED_DAYS = setting(
            "tandem.unanswered-days",
            Types.count(1, 3650),
            "14",
            "After how many days `status` lists a referral that nobody has answered.");

    static final Setting<Duration> WEBHOOK_SILENT_AFTER = setting(
            "tandem.webhook.silent-after",
            Types.DURATION,
            "6h",
            "How long no event of a system may come, although its sweeps find changes, before that is a warning.");
    static final Setting<Duration> WEBHOOK_RELAXED_SWEEP = optional(
            "tandem.webhook.relaxed-sweep",
            Types.DURATION,
            PLACEHOLDER,
            "While a system's events are heard and no sweep finds what they missed, its scheduled sweeps of what changed run at"
                    + " most this often. Unset: as scheduled. Full sweeps always do.");
    static final Setting<Integer> ALERT_PARKED = setting(
            "tandem.alert.parked",
            Types.count(0, 1_000_000),
            "20",
            "More parked effects than these make the service *degraded*, which alerts and does nothing else.");
    static final Setting<Duration> ALERT_PENDING_AGE = setting(
            "tandem.alert.pending-age",
            Types.DURATION,
            "12h",
            "A record that has not been at rest for longer makes the service *degraded*.");

    static final Setting<LogFormat> LOG_FORMAT = setting(
            "tandem.log.format",
            Types.oneOf(LogFormat.class),
            "text",
            "The log's lines: `text` for people, or `json` for a collector, an object a line, with flow and record as"
                    + " `mdc.flow` and `mdc.record`. As the variable it holds from the first line on.");

    static final Setting<Integer> HTTP_PORT =
            setting("tandem.http.port", Types.PORT, "8080", "The port of the webhooks.");
    static final Setting<Bind> HTTP_BIND = setting(
            "tandem.http.bind",
            Types.oneOf(Bind.class),
            "all",
            "Where that port is open: to everybody who reaches the machine, or to programs on it, such as a proxy.");
    static final Setting<Integer> MANAGEMENT_PORT = setting(
            "tandem.management.port",
            Types.PORT,
            "9876",
            "The port of health, metrics, console and admin API. Never that of the webhooks.");
    static final Setting<Bind> MANAGEMENT_BIND = optional(
            "tandem.management.bind",
            Types.oneOf(Bind.class),
            PRIVATE,
            "Where that port is open. Unset: `loopback`, or `all` once `tandem.admin.password` is set. The container image sets"
                    + " `all`: probes and monitoring come from outside of the container.");
    static final Setting<Set<String>> ALLOWED_HOSTS = optional(
            "tandem.http.allowed-hosts",
            Types.HOSTS,
            PLACEHOLDER,
            "Hosts that routes of your own may call without a login, besides the systems named here.");
    static final Setting<String> ADMIN_USER =
            optional("tandem.admin.user", Types.TEXT, PRIVATE, "The user of console and admin API.");
    static final Setting<Secret> ADMIN_PASSWORD = optional(
            "tandem.admin.password",
            Types.SECRET,
            SECRET,
            "That user's password. Without it console and admin API answer on loopback only.");
    static final Setting<Set<String>> ADMIN_HOSTS = optional(
            "tandem.admin.hosts",
            Types.HOSTS,
            PRIVATE,
            "With that password: the names by which console and admin API are called, besides those of loopback. Unset: any.");

    private Catalogue() {}

    static List<Setting<?>> all() {
        return List.copyOf(ALL);
    }

    private static <T> Setting<T> required(String name, Type<T> type, Exposure exposure, String words) {
        return add(new Setting<>(name, type, Optional.empty(), true, exposure, words));
    }

    private static <T> Setting<T> optional(String name, Type<T> type, Exposure exposure, String words) {
        return add(new Setting<>(name, type, Optional.empty(), false, exposure, words));
    }

    private static <T> Setting<T> setting(String name, Type<T> type, String fallback, String words) {
        return add(new Setting<>(name, type, Optional.of(fallback), false, PLACEHOLDER, words));
    }

    private static <T> Setting<T> add(Setting<T> setting) {
        ALL.add(setting);
        return setting;
    }
}
