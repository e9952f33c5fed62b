package dev.tandem.doctor;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** One small thing to look at. Checks know nothing of each other and may run beside each other. */
record Check(String name, Duration limit, Consumer<Findings> looks, String allIsWell) {
    private static final Duration USUAL = Duration.ofSeconds(30);

    static Check of(String name, String allIsWell, Consumer<Findings> looks) {
        return new Check(name, USUAL, looks, allIsWell);
    }

    List<Finding> run() {
        Findings findings = new Findings(name);
        try {
            looks.accept(findings);
        } catch (Unread unread) {
            findings.add(unread.level(), "", unread.getMessage(), unread.remedy());
        }
        return findings.orOk(allIsWell);
    }
}
