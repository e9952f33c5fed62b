package dev.tandem.call;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.outcome.Refused;
import java.util.List;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * No write goes out without content: it changes nothing, and still stamps the record, wakes everyone who listens, and may take
 * back what another caller writes at that moment (contract primero-v2 §3.4, §3.10).
 */
final class WriteContent {
    private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH");

    private WriteContent() {}

    /** @throws Refused if the call would write nothing: no body, or one of empty objects and lists only */
    static void require(Message message) {
        String method = message.getHeader(Exchange.HTTP_METHOD, "GET", String.class);
        Object body = message.getBody();
        boolean nothing = body instanceof JsonNode json ? holdsNothing(json) : body == null;
        if (WRITES.contains(method) && nothing) {
            throw new Refused("nothing-to-write", "a " + method + " without content is never sent", 0, List.of());
        }
    }

    /** A null is content: it clears a field. */
    private static boolean holdsNothing(JsonNode node) {
        if (node.isValueNode()) {
            return false;
        }
        for (JsonNode child : node) {
            if (!holdsNothing(child)) {
                return false;
            }
        }
        return true;
    }
}
