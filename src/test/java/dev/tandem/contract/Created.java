package dev.tandem.contract;

import java.util.ArrayList;
import java.util.List;

/** What a run has made, by kind and id, so that whoever runs the server can find it again. */
public final class Created {
    /** Stands in every record that a run makes: a name, a note, or an external id. */
    private final String mark;

    private final List<String> records = new ArrayList<>();
    private int named;

    public Created(String mark) {
        this.mark = mark;
    }

    public String mark() {
        return mark;
    }

    /** Another name of this run's that nothing has yet. */
    public synchronized String nextName() {
        return mark + "-" + ++named;
    }

    public synchronized void add(String kind, String id) {
        records.add(kind + " " + id);
    }

    public synchronized List<String> records() {
        return List.copyOf(records);
    }
}
