package dev.tandem.contract;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** What a run has seen, as those who install Tandem read it. */
final class Table {
    private record Row(Check check, Outcome outcome) {}

    private final List<Row> rows = new ArrayList<>();

    void add(Check check, Outcome outcome) {
        rows.add(new Row(check, outcome));
    }

    boolean isDifferent() {
        return count(Outcome.Different.class) > 0;
    }

    private long count(Class<? extends Outcome> kind) {
        return rows.stream().filter(row -> kind.isInstance(row.outcome())).count();
    }

    static String word(Outcome outcome) {
        if (outcome instanceof Outcome.AsSaid) {
            return "as the contract says";
        }
        return outcome instanceof Outcome.Different ? "DIFFERENT" : "not testable here";
    }

    /** Nothing if no clause was asked. */
    void print(PrintStream out, Created created) {
        if (rows.isEmpty()) {
            return;
        }
        print(out, Outcome.AsSaid.class);
        print(out, Outcome.NotTestable.class);
        print(out, Outcome.Different.class);
        out.println();
        out.println(rows.size() + " clauses: " + count(Outcome.AsSaid.class) + " as the contract says, "
                + count(Outcome.Different.class) + " different, " + count(Outcome.NotTestable.class)
                + " not testable here");
        out.println();
        out.println("Records that this run has made; each bears the mark " + created.mark() + ":");
        created.records().forEach(record -> out.println("  " + record));
    }

    private void print(PrintStream out, Class<? extends Outcome> kind) {
        for (Row row : rows) {
            if (kind.isInstance(row.outcome())) {
                if (row.outcome() == first(kind)) {
                    out.println();
                    out.println(word(row.outcome()));
                }
                out.printf(
                        "  %-5s %-22s %s%n",
                        row.check().id(),
                        row.check().citation(),
                        row.check().clause().says());
                more(out, row.outcome());
            }
        }
    }

    private Outcome first(Class<? extends Outcome> kind) {
        return rows.stream()
                .map(Row::outcome)
                .filter(kind::isInstance)
                .findFirst()
                .orElseThrow();
    }

    private static void more(PrintStream out, Outcome outcome) {
        if (outcome instanceof Outcome.Different different) {
            out.println("          the contract says: " + different.said());
            out.println("          seen:              " + different.seen());
        } else if (outcome instanceof Outcome.NotTestable notTestable) {
            out.println("          " + notTestable.why());
        }
    }
}
