package dev.tandem.webhook;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.Exchange;

/**
 * What is taken of an event, as the bean {@code events}: which record to look at. All else of a body is skipped as it is read.
 * What cannot be read is answered 400, and the route ends.
 */
public final class Events {
    @JsonIgnoreProperties(ignoreUnknown = true)
    record CaseEvent(CaseData data) {
        @JsonIgnoreProperties(ignoreUnknown = true)
        record CaseData(String record_id, String record_type) {}
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    record ClientEvent(List<String> global_ids, String global_id, ClientData data) {
        @JsonIgnoreProperties(ignoreUnknown = true)
        record ClientData(List<String> global_ids, String global_id) {}

        Stream<String> names() {
            Stream<String> inData = data == null ? Stream.empty() : names(data.global_ids(), data.global_id());
            return Stream.concat(names(global_ids, global_id), inData);
        }

        private static Stream<String> names(List<String> several, String one) {
            return Stream.concat(several == null ? Stream.empty() : several.stream(), Stream.ofNullable(one));
        }
    }

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final Pattern CASE_ID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    /** OSCaR's global ids are 26 letters and digits; nothing is known of those of the future. */
    private static final Pattern GLOBAL_ID = Pattern.compile("[0-9A-Za-z._-]{1,100}");

    private static final int MOST_NAMES = 1000;

    /** The case of Primero's event {@code {"data":{"record_id", "record_type", ...}}} (contract primero-v2 §5.3). */
    public void ofCase(Exchange exchange) {
        Optional<CaseEvent.CaseData> data =
                read(exchange, CaseEvent.class).flatMap(event -> Optional.ofNullable(event.data()));
        Optional<String> id = data.flatMap(about -> Optional.ofNullable(about.record_id()))
                .filter(text -> CASE_ID.matcher(text).matches());
        if (id.isEmpty()) {
            Refusal.answer(exchange, 400, "data.record_id is not the id of a record of Primero");
        } else if (!"case".equals(data.get().record_type())) {
            Refusal.answer(exchange, 400, "data.record_type is not case: only cases are kept in step");
        } else {
            exchange.getMessage().setBody(id.get().toLowerCase(Locale.ROOT));
        }
    }

    /** The global ids of {@code {"data":{"global_ids":[...]}}}, also without {@code data}, also one {@code global_id}. */
    public void ofClients(Exchange exchange) {
        Optional<ClientEvent> event = read(exchange, ClientEvent.class);
        List<String> names = event.stream()
                .flatMap(ClientEvent::names)
                .limit(MOST_NAMES + 1L)
                .toList();
        if (names.isEmpty() || names.size() > MOST_NAMES) {
            Refusal.answer(exchange, 400, "the body does not name from 1 to " + MOST_NAMES + " clients in global_ids");
        } else if (!names.stream()
                .allMatch(name -> name != null && GLOBAL_ID.matcher(name).matches())) {
            Refusal.answer(exchange, 400, "one of global_ids is not a global id of OSCaR");
        } else {
            exchange.getMessage().setBody(names);
        }
    }

    private static <T> Optional<T> read(Exchange exchange, Class<T> kind) {
        InputStream body = exchange.getMessage().getBody(InputStream.class);
        try {
            return body == null ? Optional.empty() : Optional.ofNullable(JSON.readValue(body, kind));
        } catch (IOException unreadable) {
            // Its message quotes the body.
            return Optional.empty();
        }
    }
}
