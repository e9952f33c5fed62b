package dev.tandem.doctor;

import dev.tandem.settings.Schedule;
import dev.tandem.settings.Settings;
import java.util.List;
import java.util.TimeZone;

/** Settings that are right one by one and do not fit together. */
final class SettingsChecks {
    private static final int THREADS_OF_PRIMERO = 5;
    private static final int WORKERS_A_CALL = 8;

    private final Settings settings;

    SettingsChecks(Settings settings) {
        this.settings = settings;
    }

    List<Check> all() {
        return List.of(
                Check.of("settings", "The settings fit together.", this::settings),
                Check.of(
                        "schedules",
                        "Schedules run in the time zone "
                                + TimeZone.getDefault().getID() + ".",
                        this::schedules));
    }

    private void settings(Findings found) {
        int workers = settings.work().workers();
        int calls = settings.primero().maxCalls() + settings.oscar().maxCalls();
        if (workers > calls * WORKERS_A_CALL) {
            found.warn(
                    "tandem.workers",
                    "{} is " + workers + ", but only " + calls + " calls at once are allowed to both systems.",
                    "Lower it, or raise tandem.primero.max-calls and tandem.oscar.max-calls.");
        }
        if (settings.primero().maxCalls() >= THREADS_OF_PRIMERO) {
            found.warn(
                    "tandem.primero.max-calls",
                    "{} is " + settings.primero().maxCalls() + ", but Primero's server has " + THREADS_OF_PRIMERO
                            + " threads by default: people wait for Tandem.",
                    "Set it to 3 unless Primero has more (RAILS_MAX_THREADS).");
        }
        if (settings.oscar().feedTimeout().compareTo(settings.work().callTimeout()) < 0) {
            found.warn(
                    "tandem.oscar.feed-timeout",
                    "{} is shorter than tandem.call-timeout: a feed of many clients is cut short.",
                    "Set it to 15m or more.");
        }
    }

    private void schedules(Findings found) {
        schedules("primero", settings.primero().schedule(), settings.primero().fullSchedule(), found);
        schedules("oscar", settings.oscar().schedule(), settings.oscar().fullSchedule(), found);
    }

    private void schedules(String system, Schedule changed, Schedule full, Findings found) {
        String setting = "tandem." + system + ".schedule";
        boolean events = settings.webhooks().contains(system);
        if (changed.isOff() && full.isOff()) {
            found.warn(
                    setting,
                    "{} and tandem." + system + ".full-schedule are off: "
                            + (events
                                    ? "what an event misses is never found."
                                    : Unread.named(system) + " is never read."),
                    "Set both, unless `tandem sync` is started by something else.");
        } else if (changed.isOff() && events) {
            found.warn(
                    setting,
                    "{} is off and webhooks are on: what an event misses is found only by the full sweep.",
                    "Set it, such as to 0 0 * * * ?.");
        } else if (full.isOff()) {
            found.warn(
                    "tandem." + system + ".full-schedule",
                    "{} is off: changes that move no time of change are never found.",
                    "Set it, such as to 0 30 1 * * ?.");
        }
    }
}
