package dev.tandem.notice;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tandem.ledger.NoticeBook.Notice;
import dev.tandem.reader.ReaderTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;

/** The words of the notices, in one language. */
final class NoticeTexts {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Map<String, String> SYSTEMS = Map.of("oscar", "OSCaR", "primero", "Primero");

    private final ResourceBundle texts;
    private final ReaderTime time;

    NoticeTexts(Locale locale, ReaderTime time) {
        this.texts = ResourceBundle.getBundle(
                "dev.tandem.notice.texts",
                locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        this.time = time;
    }

    String subject(List<Notice> notices) {
        return notices.size() == 1
                ? "Tandem: " + title(notices.get(0))
                : text("several", Map.of("count", String.valueOf(notices.size())));
    }

    String title(Notice notice) {
        return text(notice.kind() + ".title", facts(notice));
    }

    String body(List<Notice> notices) {
        List<String> paragraphs = new ArrayList<>();
        notices.forEach(notice -> paragraphs.add(title(notice) + "\n" + words(notice)));
        return String.join("\n\n", paragraphs) + "\n\n-- \n" + texts.getString("footer") + "\n";
    }

    String words(Notice notice) {
        return notice.kind().equals("summary") ? summary(parsed(notice)) : text(notice.kind() + ".text", facts(notice));
    }

    private Map<String, String> facts(Notice notice) {
        JsonNode parsed = parsed(notice);
        return notice.kind().equals("parked")
                ? Map.of("count", String.valueOf(sum(parsed)), "codes", counts(parsed))
                : Map.of(
                        "subject",
                        SYSTEMS.getOrDefault(notice.subject(), notice.subject()),
                        "name",
                        notice.subject(),
                        "since",
                        time.exact(notice.beganAt()),
                        "words",
                        parsed.path("words").asText(""));
    }

    private String summary(JsonNode facts) {
        List<String> lines = new ArrayList<>();
        JsonNode sent = facts.path("sent");
        lines.add(
                sent.isEmpty()
                        ? texts.getString("summary.nothing-sent")
                        : text("summary.sent", Map.of("counts", counts(sent))));
        facts.path("flows")
                .forEach(flow -> lines.add(text(
                        "summary.flow",
                        Map.of(
                                "flow", flow.path("flow").asText(),
                                "pending", flow.path("pending").asText(),
                                "waiting", flow.path("waiting").asText(),
                                "parked", flow.path("parked").asText()))));
        return String.join("\n", lines);
    }

    private static long sum(JsonNode counts) {
        long sum = 0;
        for (JsonNode count : counts) {
            sum += count.asLong();
        }
        return sum;
    }

    private static String counts(JsonNode counts) {
        List<String> parts = new ArrayList<>();
        counts.properties().forEach(one -> parts.add(one.getValue().asText() + " " + one.getKey()));
        return String.join(", ", parts);
    }

    private static JsonNode parsed(Notice notice) {
        try {
            return JSON.readTree(notice.facts());
        } catch (JsonProcessingException cutOff) {
            // Too many to be kept: what can be said without them is said.
            return JSON.createObjectNode();
        }
    }

    private String text(String key, Map<String, String> values) {
        String text = texts.getString(key);
        for (Map.Entry<String, String> value : values.entrySet()) {
            text = text.replace("{" + value.getKey() + "}", value.getValue());
        }
        return text;
    }
}
