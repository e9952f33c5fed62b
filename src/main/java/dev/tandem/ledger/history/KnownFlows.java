package dev.tandem.ledger.history;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/** The flows that tables hold records of: their indexes begin with the flow, so that a record alone would have a table read as a whole. */
final class KnownFlows {
    private KnownFlows() {}

    /**
     * Steps through the index of each table from one flow to the next. For "greater than" H2 would walk over all that is equal;
     * between a flow's name and the next one there is that name and a blank.
     */
    static Set<String> in(Handle handle, String... tables) {
        Set<String> flows = new TreeSet<>();
        for (String table : tables) {
            Optional<String> flow = Optional.of("");
            while (flow.isPresent()) {
                flow = handle.createQuery(
                                "select flow from <table> where flow >= :next order by flow fetch first 1 rows only")
                        .define("table", table)
                        .bind("next", flow.get() + " ")
                        .mapTo(String.class)
                        .findOne();
                flow.ifPresent(flows::add);
            }
        }
        return flows;
    }
}
