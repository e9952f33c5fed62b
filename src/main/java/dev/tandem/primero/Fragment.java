package dev.tandem.primero;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * What one effect wants the case to say.
 *
 * @param key of the effect, such as {@code case} or {@code service:cif:12:<uuid>}
 * @param confirmedValue what the ledger keeps in clear once it is confirmed
 * @param fields top-level fields, without {@code services_section}
 * @param rows rows of {@code services_section}, each with its {@code unique_id}; columns left out are left alone
 */
record Fragment(String key, String kind, Optional<String> confirmedValue, ObjectNode fields, List<ObjectNode> rows) {
    /** The key only: fields and rows are personal data. */
    @Override
    public String toString() {
        return "Fragment[" + key + "]";
    }
}
