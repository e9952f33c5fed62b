package dev.tandem.ledger.items;

import dev.tandem.ledger.links.EntryMatch;
import dev.tandem.ledger.storage.Storable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a worker found out about its record, to be written down when the item settles. */
public final class WorkResult {
    /**
     * A record's counterpart and what was seen of the record.
     *
     * @param counterpart the id of the other system's record, if there is one
     * @param known what may be needed again; kept encrypted
     * @param shows what the other flow depends on, as a short hash: if it changed, the counterpart's item is marked
     */
    record Linked(Optional<String> counterpart, Optional<byte[]> known, String shows) {}

    private Optional<byte[]> content = Optional.empty();
    private Optional<byte[]> inWindow = Optional.empty();
    private boolean windowed;
    private Optional<Linked> linked = Optional.empty();
    private final List<EntryMatch> entryMatches = new ArrayList<>();
    private final Set<String> makesTrue = new LinkedHashSet<>();
    private final Set<String> names = new LinkedHashSet<>();

    /** What the record's fingerprint is taken of: what was really read, not what was marked. */
    public void read(byte[] newContent) {
        content = Optional.of(newContent);
    }

    /**
     * The same, where a window of creation may show less of it.
     *
     * @param newInWindow what it shows there
     */
    public void read(byte[] newContent, byte[] newInWindow) {
        content = Optional.of(newContent);
        inWindow = Optional.of(newInWindow);
    }

    /** The same, of what only a window of creation has shown: a full read is compared anew. */
    public void readInWindow(byte[] newContent) {
        read(newContent, newContent);
        windowed = true;
    }

    /** The other names under which linked records know this one: the condition of order between flows (protocol 6). */
    public void alsoKnownAs(String name) {
        names.add(name);
    }

    public void linked(Optional<String> counterpart, Optional<byte[]> known, String shows) {
        linked = Optional.of(new Linked(
                Storable.identity(counterpart, Storable.NAME), known, Storable.identity(shows, Storable.SHOWS)));
    }

    public void matches(EntryMatch entryMatch) {
        entryMatches.add(entryMatch);
    }

    /** A condition that effects of other items may be waiting for. */
    public void makesTrue(String condition) {
        makesTrue.add(condition);
    }

    Optional<byte[]> content() {
        return content;
    }

    /** What a full read is compared with. */
    Optional<byte[]> inFull() {
        return windowed ? Optional.empty() : content;
    }

    Optional<byte[]> inWindow() {
        return inWindow;
    }

    Optional<Linked> linked() {
        return linked;
    }

    List<EntryMatch> entryMatches() {
        return entryMatches;
    }

    Set<String> makesTrue() {
        return makesTrue;
    }

    /** All names under which linked records know this record. */
    Set<String> namesOf(String record) {
        Set<String> all = new LinkedHashSet<>(names);
        all.add(record);
        return all;
    }
}
