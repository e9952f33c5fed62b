package dev.tandem.primero;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.json.Fields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is to be written to one case, effect by effect. Lives for one work item; personal data. */
final class CaseWrite {
    /** The effect without which there is no case. */
    static final String THE_CASE = "case";

    static final String OWNER = "owned_by";

    private final String id;
    private final String account;
    /** By the key of its effect. */
    private final Map<String, Fragment> wanted = new LinkedHashMap<>();

    private final Set<String> done = new LinkedHashSet<>();
    private JsonNode current;

    /**
     * @param account that Tandem calls Primero with: it owns what it makes without an owner (contract primero-v2 §11)
     * @param current the case as it was read; null if there is none yet
     */
    CaseWrite(String id, String account, JsonNode current) {
        this.id = id;
        this.account = account;
        this.current = current;
    }

    String id() {
        return id;
    }

    boolean creates() {
        return current == null;
    }

    void want(Fragment fragment) {
        wanted.put(fragment.key(), fragment);
    }

    Fragment of(String key) {
        return wanted.get(key);
    }

    /** {@code unowned}, if nobody owns the case, or will when it is made (mapping facts K5); blank if somebody does. */
    Optional<String> ownership(JsonNode fields) {
        JsonNode shown = creates() || (nobody(fields) && ownedByUs(current)) ? fields : current;
        boolean known = creates() || current.has(OWNER);
        return known ? Optional.of(Fields.isBlank(Fields.text(shown, OWNER)) ? "unowned" : "") : Optional.empty();
    }

    /** Whether nobody is to own the new case. */
    boolean isToBeUnowned() {
        return creates() && forNobody();
    }

    /** Whether nobody is to own the case, but our own account does: it was made, and its owner not yet taken off. */
    boolean isStillOwnedByTandem(JsonNode theCase) {
        return forNobody() && ownedByUs(theCase);
    }

    private boolean forNobody() {
        return wanted.containsKey(THE_CASE) && nobody(wanted.get(THE_CASE).fields());
    }

    private static boolean nobody(JsonNode fields) {
        return fields.path(OWNER).isNull();
    }

    private boolean ownedByUs(JsonNode theCase) {
        return Fields.text(theCase, OWNER).equalsIgnoreCase(account);
    }

    /** The effects whose wishes the case fulfils as it is. */
    Set<String> fulfilled() {
        if (creates()) {
            return Set.of();
        }
        Set<String> fulfilled = CaseDifference.between(wanted.values(), current).fulfilled();
        if (isStillOwnedByTandem(current)) {
            fulfilled.remove(THE_CASE);
        }
        return fulfilled;
    }

    /** The effects still to be sent, that of the case itself first. */
    List<String> open() {
        Set<String> left = new LinkedHashSet<>(wanted.keySet());
        left.removeAll(done);
        left.removeAll(fulfilled());
        return inOrder(left);
    }

    List<String> inOrder(Set<String> keys) {
        List<String> order = new ArrayList<>(wanted.keySet());
        order.retainAll(keys);
        if (order.remove(THE_CASE)) {
            order.add(0, THE_CASE);
        }
        return order;
    }

    /** What must be sent with this effect or before it: there is nothing to write to until the case is made. */
    Optional<String> needs(String key) {
        return creates() && !key.equals(THE_CASE) ? Optional.of(THE_CASE) : Optional.empty();
    }

    /** What these effects alone would send. */
    ObjectNode differenceOf(Set<String> keys) {
        List<Fragment> fragments = keys.stream().map(wanted::get).toList();
        if (creates()) {
            ObjectNode data = CaseDifference.creating(id, fragments).data();
            if (nobody(data)) {
                data.remove(OWNER);
            }
            return data;
        }
        ObjectNode data = CaseDifference.between(fragments, current).data();
        if (keys.contains(THE_CASE) && isStillOwnedByTandem(current)) {
            data.putNull(OWNER);
        }
        return data;
    }

    /** What of this effect was sent and is not there afterwards: names of fields. */
    List<String> droppedOf(String key, JsonNode after) {
        List<String> dropped = WriteCheck.dropped(differenceOf(Set.of(key)), after);
        if (key.equals(THE_CASE) && isStillOwnedByTandem(merged(after))) {
            dropped.add(OWNER);
        }
        return dropped;
    }

    /**
     * Whether another has written to the case between our last write and the look at it. A case that was made with our own id is
     * answered with nothing (contract primero-v2 §3.3): then its last writer tells.
     */
    boolean isChangedSince(JsonNode answer, JsonNode after) {
        String ours = Fields.text(answer, "last_updated_at");
        String lastWriter = Fields.text(after, "last_updated_by");
        return ours.isEmpty()
                ? !lastWriter.isEmpty() && !lastWriter.equalsIgnoreCase(account)
                : !ours.equals(Fields.text(after, "last_updated_at"));
    }

    /** The case is now this; these effects have been sent. */
    void written(JsonNode after, Set<String> keys) {
        current = merged(after);
        done.addAll(keys);
    }

    /** The answer to a PATCH holds only what changed, a changed subform in full. */
    private ObjectNode merged(JsonNode after) {
        ObjectNode merged = creates() ? JsonNodeFactory.instance.objectNode() : current.deepCopy();
        merged.setAll((ObjectNode) after);
        return merged;
    }

    String number() {
        return wanted.containsKey(THE_CASE) ? Fields.text(wanted.get(THE_CASE).fields(), "oscar_number") : "";
    }
}
