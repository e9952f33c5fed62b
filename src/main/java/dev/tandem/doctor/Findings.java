package dev.tandem.doctor;

import java.util.ArrayList;
import java.util.List;

/** What one check finds, while it looks. */
final class Findings {
    private final String check;
    private final List<Finding> found = new ArrayList<>();

    Findings(String check) {
        this.check = check;
    }

    Findings add(Level level, String subject, String sentence, String remedy) {
        found.add(new Finding(check, level, subject, sentence, remedy));
        return this;
    }

    Findings ok(String sentence) {
        return add(Level.OK, "", sentence, "");
    }

    Findings warn(String subject, String sentence, String remedy) {
        return add(Level.WARN, subject, sentence, remedy);
    }

    Findings fault(String subject, String sentence, String remedy) {
        return add(Level.FAULT, subject, sentence, remedy);
    }

    /** All of it, or, if nothing is wrong, that all is well. */
    List<Finding> orOk(String sentence) {
        return found.isEmpty() ? ok(sentence).all() : all();
    }

    List<Finding> all() {
        return List.copyOf(found);
    }
}
