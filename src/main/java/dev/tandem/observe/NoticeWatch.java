package dev.tandem.observe;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tandem.ledger.NoticeBook;
import dev.tandem.ledger.NoticeBook.Notice;
import dev.tandem.ledger.storage.Storable;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Has told what a person must see to: what is wrong and lasts, and effects that are newly parked. */
final class NoticeWatch {
    private static final Set<Trouble> TOLD = Set.of(
            Trouble.GATE_CLOSED,
            Trouble.CALLS_HELD,
            Trouble.BRAKED,
            Trouble.SWEEP_STALE,
            Trouble.FULL_SWEEP_STALE,
            Trouble.BACKLOG,
            Trouble.DRIFT);
    private static final Set<String> KINDS = TOLD.stream().map(Trouble::code).collect(Collectors.toUnmodifiableSet());

    private final NoticeBook book;
    private Set<String> last = Set.of();
    private boolean looked;

    NoticeWatch(NoticeBook book) {
        this.book = book;
    }

    void look(List<Verdict> verdicts, Instant now) {
        List<Notice> states = verdicts.stream()
                .filter(verdict -> TOLD.contains(verdict.trouble()))
                .map(verdict -> new Notice(
                        verdict.reason() + ":" + verdict.subject(),
                        verdict.reason(),
                        verdict.subject(),
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("words", Storable.words(verdict.details(), Storable.WORDS))
                                .toString(),
                        verdict.since().orElse(now)))
                .toList();
        Set<String> names = states.stream().map(Notice::name).collect(Collectors.toSet());
        if (!looked || !names.equals(last)) {
            book.last(KINDS, states);
            last = names;
            looked = true;
        }
        book.newlyParked();
    }
}
