package dev.tandem.mapping;

import org.apache.camel.Exchange;

/** Holds the version in force. Work in flight finishes on the version it began with: it holds that {@link MappingSet}. */
public final class Mappings {
    /** The exchange property that holds the version an exchange works with, from its claim or its first mapping step on. */
    public static final String PINNED = "TandemMappings";

    private volatile MappingSet current;

    public Mappings(MappingSet first) {
        current = first;
    }

    public MappingSet current() {
        return current;
    }

    /** Puts another version in force. */
    public void replace(MappingSet next) {
        current = next;
    }

    MappingSet pinned(Exchange exchange) {
        MappingSet pinned = exchange.getProperty(PINNED, MappingSet.class);
        if (pinned == null) {
            pinned = current;
            exchange.setProperty(PINNED, pinned);
        }
        return pinned;
    }
}
