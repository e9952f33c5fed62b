package dev.tandem.ledger.links;

import dev.tandem.ledger.storage.Storable;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A note that a record may need work.
 *
 * @param record the record's key in its flow, such as a case id or {@code cif/exam-101}
 * @param content what the record's fingerprint is taken of; without it the record is marked whatever its fingerprint
 * @param stamp the source's own time of change, if it has one
 * @param payload what cannot be read again from the source, to be kept encrypted until the record is settled
 * @param requestedAt the ledger's time at which the request that brought it began
 * @param number the number under which the source knows the person, if the record has one
 * @param externalId the other system's id that the source holds for it, if any
 * @param names under which records of the other system may name this one without being linked to it
 * @param parts the keys of its parts, and the state that each is in, in a few words without a comma: when each was first seen,
 *     and how its state changed, is noted with the mark, not when it is worked on
 * @param inWindow if it was read in a window of creation
 */
public record Mark(
        String record,
        Optional<byte[]> content,
        Optional<String> stamp,
        Optional<byte[]> payload,
        Instant requestedAt,
        Optional<String> number,
        Optional<String> externalId,
        Set<String> names,
        Map<String, String> parts,
        Optional<InWindow> inWindow) {

    /**
     * That the record was read in a window of creation, where what it shows may be less than what there is (protocol 6): it
     * has a fingerprint and a snapshot of its own there.
     *
     * @param shared what of the content a full read would show in the same way
     * @param hidden whether so much is missing that the record cannot be worked on
     */
    public record InWindow(byte[] shared, boolean hidden) {
        @Override
        public String toString() {
            return hidden ? "hidden" : "shown";
        }
    }

    public Mark {
        record = Storable.identity(record, Storable.RECORD);
        number = Storable.identity(number, Storable.NAME);
        externalId = Storable.identity(externalId, Storable.NAME);
        Map<String, String> kept = new LinkedHashMap<>();
        parts.forEach((part, state) ->
                kept.put(Storable.identity(part, Storable.KEY), Storable.identity(state, Storable.SHOWS)));
        parts = kept;
    }

    /** A mark of a record whose parts, if it has any, are seen when it is worked on. */
    public Mark(
            String record,
            Optional<byte[]> content,
            Optional<String> stamp,
            Optional<byte[]> payload,
            Instant requestedAt,
            Optional<String> number,
            Optional<String> externalId) {
        this(record, content, stamp, payload, requestedAt, number, externalId, Set.of(), Map.of(), Optional.empty());
    }

    /** An event's hint that says nothing but "look at this record". */
    public static Mark hint(String record, Instant now) {
        return new Mark(
                record, Optional.empty(), Optional.empty(), Optional.empty(), now, Optional.empty(), Optional.empty());
    }

    /** Whether the record was only named, as events do; a sweep shows what it has of it. */
    public boolean hint() {
        return content.isEmpty();
    }

    public boolean hidden() {
        return inWindow.filter(InWindow::hidden).isPresent();
    }

    /** Never the content or the payload: they are personal. */
    @Override
    public String toString() {
        return "Mark[" + record + "]";
    }
}
