package dev.tandem.ledger.links;

import java.util.Optional;

/**
 * A record of one system and its counterpart in the other.
 *
 * @param record the record's key, such as {@code cif/exam-101}
 * @param counterpart the id of the other system's record, once known
 * @param existedBefore whether it is older than this ledger's responsibility (mapping facts R22)
 * @param byHand whether a person has linked the two
 * @param known what was last seen of the record and may be needed again; encrypted in the database
 */
public record Link(
        String record, Optional<String> counterpart, boolean existedBefore, boolean byHand, Optional<byte[]> known) {
    @Override
    public String toString() {
        return "Link[" + record + " <-> " + counterpart.orElse("none") + "]";
    }
}
