package dev.tandem.operation.setup;

import java.util.Optional;

/** Whoever answers: a person at a terminal, or nobody. */
public interface Dialog {
    /** Nobody: what the options do not say has its default. */
    Dialog NOBODY = new Dialog() {
        @Override
        public Optional<String> ask(String question) {
            return Optional.empty();
        }

        @Override
        public Optional<String> askSecretly(String question) {
            return Optional.empty();
        }

        @Override
        public void say(String sentence) {}
    };

    /** What was typed, blank for the default; empty if there is nobody to ask. */
    Optional<String> ask(String question);

    /** The same without showing what is typed. */
    Optional<String> askSecretly(String question);

    void say(String sentence);
}
