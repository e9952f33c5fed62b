package dev.tandem.mapping;

import java.util.concurrent.atomic.AtomicReference;

/** Holds the version in force. Work in flight finishes on the version it began with: it holds that {@link MappingSet}. */
public final class Mappings {
    private final AtomicReference<MappingSet> current;

    /** The exchange property that holds the version an exchange works with, from its claim or its first mapping step on. */
    public static final String PINNED = "TandemMappings";

    public Mappings(MappingSet first) {
        current = new AtomicReference<>(first);
    }

    public MappingSet current() {
        return current.get();
    }

    /** Puts another version in force and answers the one before. */
    public MappingSet replace(MappingSet next) {
        return current.getAndSet(next);
    }
}
