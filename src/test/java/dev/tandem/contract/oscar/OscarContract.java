package dev.tandem.contract.oscar;

import dev.tandem.contract.Check;
import java.util.List;

/** All clauses about OSCaR. */
public final class OscarContract {
    private OscarContract() {}

    public static List<Check> all() {
        return Check.in(
                "oscar-interop",
                OscarSignIn.class,
                OscarTransport.class,
                OscarFeed.class,
                OscarSince.class,
                OscarUpserts.class,
                OscarReferralValues.class,
                OscarClientUpdates.class,
                OscarLinks.class,
                OscarStatuses.class,
                OscarPeople.class);
    }
}
