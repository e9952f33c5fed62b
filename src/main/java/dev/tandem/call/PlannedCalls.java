package dev.tandem.call;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.camel.Exchange;

/** Takes, in a plan, the calls that would change something in a system; they are not made. */
@FunctionalInterface
public interface PlannedCalls {
    /**
     * A call that would have been made.
     *
     * @param exchange its headers and properties say for what
     * @param method such as {@code POST}
     * @param body personal data; a null node if it has none
     */
    void planned(Exchange exchange, String system, String method, JsonNode body);
}
