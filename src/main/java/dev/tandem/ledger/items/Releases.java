package dev.tandem.ledger.items;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Ends a claim without settling its item. */
final class Releases {
    private Releases() {}

    static void back(Handle handle, Claim claim, Instant due, Optional<String> wantsLock) {
        handle.createUpdate("""
                        update work_item set state = 'pending', leased_until = null, due_at = :due, wants_lock = :lock
                         where id = :id and token = :token
                        """)
                .bind("due", due)
                .bind("lock", wantsLock.orElse(null))
                .bind("id", claim.id())
                .bind("token", claim.token())
                .execute();
    }
}
