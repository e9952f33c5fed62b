package dev.tandem.primero;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.identity.Fields;
import java.util.ArrayList;
import java.util.Collection;
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

    private record Wish(String kind, Optional<String> said, Fragment fragment) {}

    private final String id;
    private final Map<String, Wish> wishes = new LinkedHashMap<>();
    private final Set<String> done = new LinkedHashSet<>();
    private JsonNode current;

    /** @param current the case as it was read; null if there is none yet */
    CaseWrite(String id, JsonNode current) {
        this.id = id;
        this.current = current;
    }

    String id() {
        return id;
    }

    boolean creates() {
        return current == null;
    }

    void want(String kind, Optional<String> said, Fragment fragment) {
        wishes.put(fragment.effectKey(), new Wish(kind, said, fragment));
    }

    /** {@code unowned}, if nobody owns the case, or will when it is made (mapping facts K5); blank if somebody does. */
    Optional<String> ownership(JsonNode wanted) {
        JsonNode shown = creates() ? wanted : current;
        boolean known = creates() || current.has("owned_by");
        return known ? Optional.of(Fields.isBlank(Fields.text(shown, "owned_by")) ? "unowned" : "") : Optional.empty();
    }

    String kind(String key) {
        return wishes.get(key).kind();
    }

    Optional<String> said(String key) {
        return wishes.get(key).said();
    }

    /** The effects whose wishes the case fulfils as it is. */
    Set<String> fulfilled() {
        return creates()
                ? Set.of()
                : CaseDifference.between(fragments(wishes.keySet()), current).fulfilled();
    }

    /** The wishes still to be sent, that of the case itself first. */
    List<Fragment> open() {
        Set<String> fulfilled = fulfilled();
        return fragments(inOrder(wishes.keySet())).stream()
                .filter(fragment -> !done.contains(fragment.effectKey()) && !fulfilled.contains(fragment.effectKey()))
                .toList();
    }

    /** What must be sent with this effect or before it: there is nothing to write to until the case is made. */
    Optional<String> needs(String key) {
        return creates() && !key.equals(THE_CASE) ? Optional.of(THE_CASE) : Optional.empty();
    }

    /** What these effects alone would send. */
    JsonNode differenceOf(Set<String> keys) {
        return creates()
                ? CaseDifference.creating(id, fragments(keys)).data()
                : CaseDifference.between(fragments(keys), current).data();
    }

    ObjectNode send(Set<String> keys) {
        return (ObjectNode) differenceOf(keys);
    }

    /** What was sent for this effect, to be compared with what is there afterwards. */
    JsonNode sentFor(String key) {
        return differenceOf(Set.of(key));
    }

    /** The case is now this; these effects have been sent. */
    void written(JsonNode after, Set<String> keys) {
        ObjectNode merged = creates() ? JsonNodeFactory.instance.objectNode() : current.deepCopy();
        // The answer to a PATCH holds only what changed, a changed subform in full.
        merged.setAll((ObjectNode) after);
        current = merged;
        done.addAll(keys);
    }

    String number() {
        return wishes.containsKey(THE_CASE)
                ? Fields.text(wishes.get(THE_CASE).fragment().fields(), "oscar_number")
                : "";
    }

    List<String> inOrder(Set<String> keys) {
        List<String> order = new ArrayList<>(wishes.keySet());
        order.retainAll(keys);
        if (order.remove(THE_CASE)) {
            order.add(0, THE_CASE);
        }
        return order;
    }

    private List<Fragment> fragments(Collection<String> keys) {
        return keys.stream().map(key -> wishes.get(key).fragment()).toList();
    }
}
