package dev.tandem.contract.primero;

import dev.tandem.contract.Check;
import java.util.List;

/** All clauses about Primero. */
public final class PrimeroContract {
    private PrimeroContract() {}

    public static List<Check> all() {
        return Check.in(
                "primero-v2",
                PrimeroTransport.class,
                PrimeroLists.class,
                PrimeroFilters.class,
                PrimeroWrites.class,
                PrimeroValues.class,
                PrimeroMerge.class,
                PrimeroOwners.class,
                PrimeroReferrals.class,
                PrimeroWebhooks.class,
                PrimeroReference.class);
    }
}
