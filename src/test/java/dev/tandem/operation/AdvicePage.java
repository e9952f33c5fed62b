package dev.tandem.operation;

/** {@code docs/operate/dead-letters.md}: its text, and its table from {@link Advice}. */
final class AdvicePage {
    private AdvicePage() {}

    static String render() {
        StringBuilder page = new StringBuilder("""
                # Dead letters

                <!-- Made by AdvicePageTest; edits here are lost. -->

                For operators: what to do when `status` lists something that is parked, waiting, baseline or discarded. Tandem never drops
                what it cannot deliver: it lists it until it is delivered, or until a person discards it. To go straight to your case, look up
                [the code](#by-code).

                | state | meaning | it goes on |
                |---|---|---|
                | parked | it cannot succeed as it is | once what is wrong has changed, at its source or in the mappings; or by `retry` |
                | waiting | something must come first | once that has happened; or by `retry`, without it |
                | baseline | it is older than this ledger, and the integration before may have sent it | only by `retry` |
                | discarded | a person gave it up | a referral never; anything else once its input has changed |

                ```
                tandem dead-letters list                     lists what is parked; also --waiting, --baseline, --discarded
                tandem dead-letters show 17                  shows one, with the history of its record
                tandem dead-letters retry 17 18              sends them, made from the current state of the record
                tandem dead-letters retry --all --reason gave-up
                tandem dead-letters discard 17 --because "entered by hand"
                ```

                The commands work while the service runs and while it does not. Without a running service, `retry` takes effect with
                the next `sync` or `run`.

                - A retry never repeats an old payload: Tandem reads the record again and sends it as it is now.
                - A referral whose answer was lost may have arrived. If you send it again, Tandem names it as a possible repeat, in
                  `show`, `status` and the metric `possible_repeats`. `retry --all` leaves such referrals out unless `--reason` names
                  their code.
                - A retry never skips missing consent.
                - OSCaR cannot be asked for one client. If its row is no longer kept, a retry waits until Tandem next reads OSCaR in full
                  (`sync --full`).
                - `--because` goes into the journal, which is kept for long: write no names of persons.

                ## By code

                The code is in brackets after the state; `--reason` takes it. Where the last column says that Tandem then tries again, you
                need no retry.

                | code | what happened | what to do |
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
