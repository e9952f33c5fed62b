package dev.tandem.live;

import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.items.Work;
import dev.tandem.mapping.MappingSet;
import dev.tandem.mapping.Mappings;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Exchange;

/** The edition that is in force in this process. */
public final class InForce {
    private record Version(Edition edition, String name, MappingSet mappings) {}

    private final AtomicReference<Version> current;
    private final Mappings mappings;

    public InForce(Edition edition, MappingSet set) {
        current = new AtomicReference<>(new Version(edition, edition.version(), set));
        mappings = new Mappings(set);
    }

    public Edition edition() {
        return current.get().edition();
    }

    /** Its version, as the journal names it. */
    public String version() {
        return current.get().name();
    }

    /** For the steps that map. */
    public Mappings mappings() {
        return mappings;
    }

    /** Has the ledger know that this process works with it. */
    public void enter(Ledger ledger) {
        List<String> files =
                Edition.lastGood(ledger).map(edition()::differsFrom).orElse(List.of());
        ledger.editions().accepted(version(), files, edition().bytes());
    }

    void become(Edition edition, MappingSet set) {
        current.set(new Version(edition, edition.version(), set));
        mappings.replace(set);
    }

    /** Binds a claimed item to the version of this moment: it finishes on what it began with. */
    public void bind(Exchange exchange, Work work) {
        Version version = current.get();
        exchange.setProperty(Mappings.PINNED, version.mappings());
        work.workedBy(version.name());
    }
}
