package dev.tandem.call;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.apache.camel.Exchange;

/** Takes, in a plan, the calls that would change something in a system; they are not made. May answer those that read. */
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

    /**
     * What a call that reads would be answered, where that is known without making it.
     *
     * @param path encoded, without the query
     * @param query encoded; blank if there is none
     */
    default Optional<JsonNode> known(String system, String path, String query) {
        return Optional.empty();
    }

    /** A call that reads was made, and answered with this. */
    default void read(String system, String path, String query, JsonNode answer) {}
}
