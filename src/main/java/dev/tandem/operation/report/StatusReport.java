package dev.tandem.operation.report;

import dev.tandem.engine.port.WebhookHealth;
import dev.tandem.reader.Elapsed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How things stand.
 *
 * @param ledger which one it is, and who works with it
 * @param webhooks of the systems whose events are taken
 * @param configuration which routes and mappings are in force
 * @param differing the replicas, if they work with different routes, mappings or payload keys for longer than an edit takes
 * @param unownedCases cases without an owner
 * @param unansweredReferrals referrals that nobody answered within {@code tandem.unanswered-days}
 */
public record StatusReport(
        LedgerIs ledger,
        List<Flow> flows,
        List<Cursor> cursors,
        List<Gate> gates,
        List<WebhookHealth> webhooks,
        List<Reason> reasons,
        long unownedCases,
        long unansweredReferrals,
        Configuration configuration,
        List<Replica> differing)
        implements Report {
    /**
     * Which ledger it is.
     *
     * @param database where it is, without a login
     * @param madeBy the command that made it
     * @param services those that run now
     */
    public record LedgerIs(String id, String database, Instant since, String madeBy, List<Service> services) {
        private List<String> lines() {
            List<String> lines = new ArrayList<>();
            lines.add("Ledger " + shortId(id) + " in " + database + ", made by `" + madeBy + "` at " + since);
            services.forEach(service -> lines.add(service.words()));
            if (services.isEmpty()) {
                lines.add("No service is running on it.");
            }
            return lines;
        }
    }

    /**
     * A service that runs.
     *
     * @param version of Tandem; none of an earlier one
     */
    public record Service(String process, String host, Optional<String> version, Optional<Instant> since) {
        private String words() {
            return "Service: process " + process + " on " + host
                    + version.map(number -> ", Tandem " + number).orElse("")
                    + since.map(moment -> ", running since " + moment).orElse("");
        }
    }

    /** Enough of it to tell one ledger from another. */
    public static String shortId(String ledgerId) {
        return ledgerId.substring(0, Math.min(8, ledgerId.length()));
    }

    /** One service of this ledger, and with what it works. */
    public record Replica(String id, String version, String payloadKey, Instant since) {}

    /**
     * Pending, leased and settled count items; the others effects. Without anything pending its oldest age is empty.
     * Paused: stopped by a person, see docs/operate/monitoring.md.
     */
    public record Flow(
            String flow,
            long pending,
            long leased,
            long waiting,
            long parked,
            long baseline,
            long possibleRepeats,
            Optional<Long> oldestPendingSeconds,
            long settledTotal,
            boolean paused) {}

    /**
     * How far a source is read.
     *
     * @param watermark up to where, in the source's own terms
     * @param owed a sweep that was cut short and is not made up for yet
     * @param failed the last sweep that ended early, also if a complete one came after it
     */
    public record Cursor(
            String source,
            Optional<Instant> lastIncremental,
            Optional<Instant> lastFull,
            Optional<String> watermark,
            Optional<Owed> owed,
            Optional<Failed> failed) {}

    /** When a sweep ended early, after how long, and why in words. */
    public record Failed(Instant at, long seconds, String why) {
        private String words(String source) {
            return "The last sweep of " + source + " that ended early did so at " + at + ", after "
                    + Elapsed.words(Duration.ofSeconds(seconds)) + ": " + why + ".";
        }
    }

    /**
     * A sweep that was cut short, or whose process died.
     *
     * @param cutShort how often in a row
     * @param why the last time, as a code
     * @param againAt when it is begun again; none: at once, or it is under way
     */
    public record Owed(Instant since, boolean full, int cutShort, Optional<String> why, Optional<Instant> againAt) {
        private String words(String source) {
            return "A " + (full ? "full " : "") + "sweep of " + source + " is owed since " + since
                    + ": it was cut short"
                    + (cutShort > 1 ? " " + cutShort + " times" : "")
                    + why.map(code -> " (" + code + ")").orElse("")
                    + ". A running service begins it again "
                    + againAt.map(at -> "at " + at).orElse("at once") + ".";
        }
    }

    /**
     * Whether a system may be called, and how a service found it that called it.
     *
     * @param since when it was closed
     * @param code why it was closed
     * @param silent that it does not answer
     */
    public record Gate(
            String system, boolean open, Optional<Instant> since, Optional<String> code, Optional<Silent> silent) {
        private String state() {
            return open ? silent.map(away -> "does not answer").orElse("may be called") : "gate closed";
        }

        private Optional<Instant> stateSince() {
            return open ? silent.map(Silent::since) : since;
        }

        private Optional<String> why() {
            return open ? silent.map(Silent::why) : code;
        }
    }

    /** Since when a system does not answer, and what it answers or what happens instead. */
    public record Silent(Instant since, String why) {}

    /**
     * Which routes and mappings are in force.
     *
     * @param version none before a service or a sync has run
     * @param turnedAway what lies in the directories instead, and why it does not come into force
     * @param allowed what routes may use besides what anybody's may: {@code tandem.routes.allow}
     */
    public record Configuration(
            Optional<String> version, Optional<Instant> since, Optional<TurnedAway> turnedAway, List<String> allowed) {
        private List<String> lines() {
            List<String> lines = new ArrayList<>();
            lines.add("Configuration: "
                    + version.map(name -> name + " since " + since.orElseThrow())
                            .orElse("none has been in force yet"));
            turnedAway.ifPresent(edit -> {
                lines.add("The edit of " + edit.at + " (version " + edit.version + ": " + String.join(", ", edit.files)
                        + ") was turned away:");
                edit.faults.forEach(fault -> lines.add("  " + fault));
            });
            if (!allowed.isEmpty()) {
                lines.add("Routes may also use " + String.join(", ", allowed) + " (tandem.routes.allow)");
            }
            return lines;
        }
    }

    /**
     * An edit that could not be used.
     *
     * @param files those that differ from what is in force
     * @param faults each with file, line and what to do
     */
    public record TurnedAway(String version, Instant at, List<String> files, List<String> faults) {}

    public ReportText text() {
        List<String> sentences = new ArrayList<>(List.of(
                "Cases without an owner: " + unownedCases, "Referrals without an answer: " + unansweredReferrals));
        cursors.forEach(cursor -> cursor.failed.ifPresent(failed -> sentences.add(failed.words(cursor.source))));
        cursors.forEach(cursor -> cursor.owed.ifPresent(owed -> sentences.add(owed.words(cursor.source))));
        differing.forEach(replica -> sentences.add("The replicas differ: " + replica.id + " works with version "
                + replica.version + " and payload key " + replica.payloadKey + " since " + replica.since));
        sentences.addAll(configuration.lines());
        return new ReportText()
                .sentences(ledger.lines())
                .table(new Table<>(flows)
                        .column("flow", flow -> flow.paused ? flow.flow + " (paused)" : flow.flow)
                        .column("pending", Flow::pending)
                        .column("leased", Flow::leased)
                        .column("waiting", Flow::waiting)
                        .column("parked", Flow::parked)
                        .column("baseline", Flow::baseline)
                        .column("possible repeats", Flow::possibleRepeats)
                        .column("settled", Flow::settledTotal)
                        .column("oldest pending", flow -> flow.oldestPendingSeconds.map(StatusReport::age)))
                .table(new Table<>(cursors)
                        .column("source", Cursor::source)
                        .columnWithDistance("last sweep", Cursor::lastIncremental)
                        .column("last full sweep", Cursor::lastFull)
                        .column("read up to", Cursor::watermark))
                .table(new Table<>(gates)
                        .column("system", Gate::system)
                        .column("state", Gate::state)
                        .columnWithDistance("since", Gate::stateSince)
                        .column("why", Gate::why))
                .table(new Table<>(webhooks)
                        .column("webhook", WebhookHealth::system)
                        .columnWithDistance("last event", WebhookHealth::lastEvent)
                        .column("sweeps find what no event reported since", WebhookHealth::missedSince)
                        .column("", webhook -> webhook.silent() ? "silent: see docs/operate/real-time.md" : ""))
                .reasons(reasons)
                .sentences(sentences);
    }

    /** The two largest units, as {@code 2d 03h}. */
    private static String age(long seconds) {
        Duration age = Duration.ofSeconds(seconds);
        if (age.toDays() > 0) {
            return String.format(Locale.ROOT, "%dd %02dh", age.toDays(), age.toHoursPart());
        }
        if (age.toHours() > 0) {
            return String.format(Locale.ROOT, "%dh %02dm", age.toHours(), age.toMinutesPart());
        }
        return age.toMinutes() > 0
                ? String.format(Locale.ROOT, "%dm %02ds", age.toMinutes(), age.toSecondsPart())
                : seconds + "s";
    }
}
