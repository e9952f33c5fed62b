package dev.tandem.ledger.hands;

import dev.tandem.ledger.storage.ItemKey;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** A worker has the record in its hands, and would write over what a person decides now. */
public final class InWork extends RuntimeException {
    private InWork() {
        super(null, null, false, false);
    }

    /**
     * Locks the record's item, if there is one.
     *
     * @throws InWork if a worker has it, or a call of it may be under way
     */
    static void mustNotBe(Handle handle, ItemKey item, Instant now) {
        Optional<Boolean> leased = handle.createQuery("""
                        select leased_until is not null and leased_until > :now from work_item
                         where flow = :flow and record = :record for update
                        """)
                .bindMethods(item)
                .bind("now", now)
                .mapTo(Boolean.class)
                .findOne();
        boolean called = handle.createQuery("""
                        select 1 from effect where flow = :flow and record = :record
                           and state = 'intended' and call_deadline > :now
                        """)
                .bindMethods(item)
                .bind("now", now)
                .mapTo(Integer.class)
                .findFirst()
                .isPresent();
        if (called || leased.orElse(false)) {
            throw new InWork();
        }
    }
}
