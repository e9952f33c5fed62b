package dev.tandem.settings;

import java.util.Optional;

/** When sweeps begin: a Quartz cron expression, in the time zone of the machine; empty for {@code off}. */
public record Schedule(Optional<String> cron) {
    /**
     * What a route's trigger gets when the schedule is off. Quartz takes no "never": even a route that is not started must
     * carry a valid expression.
     */
    static final String DUMMY = "0 0 0 1 1 ? 2099";

    public static final Schedule OFF = new Schedule(Optional.empty());

    public boolean isOff() {
        return cron.isEmpty();
    }

    String cronOrDummy() {
        return cron.orElse(DUMMY);
    }
}
