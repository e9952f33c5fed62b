package dev.tandem.operation;

/** {@code docs/operate/dead-letters.md}: its text, and its table from {@link Advice}. */
final class AdvicePage {
    private AdvicePage() {}

    static String render() {
        StringBuilder page = new StringBuilder("""
                # What does not go by itself

                <!-- Made by AdvicePageTest; edits here are lost. -->

                What Tandem cannot deliver is never dropped: it is listed until it has gone, or until a person gives it up.

                | it is | which means | it goes on |
                |---|---|---|
                | parked | it cannot succeed as it is | by itself once what it stumbled over has changed, at its source or in the mappings; or by `retry` |
                | waiting | something must come first | by itself once that has come; or by `retry`, without it |
                | baseline | it is older than this ledger, and may have been sent by the integration before | only by `retry` |
                | discarded | a person gave it up | a referral never; anything else once what it is made of has changed |

                ```
                tandem dead-letters list                     what is parked; also --waiting, --baseline, --discarded
                tandem dead-letters show 17                  one, with all that happened to its record
                tandem dead-letters retry 17 18              has them sent, made anew from what the record is now
                tandem dead-letters retry --all --reason gave-up
                tandem dead-letters discard 17 --because "entered by hand"
                ```

                These work while the service runs and while it does not. Where it does not, `retry` takes effect with the
                next `sync` or `run`.

                - A retry never repeats an old payload: the record is read again, and sent as it is now.
                - A referral whose answer was lost may have arrived. Sent again, it is named as a possible repeat, in
                  `show`, `status` and the metric `possible_repeats`. `retry --all` leaves such ones out unless `--reason`
                  names theirs.
                - Missing consent is never skipped.
                - A client of OSCaR cannot be asked for one by one. Where its row is no longer kept, a retry waits until
                  OSCaR is next read in full (`sync --full`).
                - `--because` goes into the journal, which is kept for long: no names of persons.

                ## By symptom

                The code stands in brackets after the state; `--reason` takes it.

                | code | what is the matter | what to do |
                |---|---|---|
                """);
        Advice.table().forEach((code, entry) -> page.append("| `")
                .append(code)
                .append("` | ")
                .append(entry.symptom())
                .append(" | ")
                .append(entry.todo())
                .append(" |\n"));
        return page.toString();
    }
}
