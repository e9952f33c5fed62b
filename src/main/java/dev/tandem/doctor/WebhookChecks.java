package dev.tandem.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.json.Fields;
import dev.tandem.settings.PrimeroSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Whether Primero sends its events here. */
final class WebhookChecks {
    private static final String HERE = "/webhooks/primero";
    private static final Set<String> EVENTS = Set.of("case.create", "case.update");

    private final PrimeroSettings settings;
    private final PrimeroLook look;
    private final Set<String> modules;

    WebhookChecks(PrimeroSettings settings, PrimeroLook look, Set<String> modules) {
        this.settings = settings;
        this.look = look;
        this.modules = modules;
    }

    List<Check> all() {
        return List.of(Check.of("primero.webhooks", "", this::webhooks));
    }

    private void webhooks(Findings found) {
        boolean wanted = settings.webhookSecret().isPresent();
        if (!wanted) {
            found.ok("No webhook is set up here (tandem.primero.webhook.secret): sweeps find every change.");
            return;
        }
        for (JsonNode module : look.modules.get()) {
            boolean sends = false;
            for (JsonNode record : module.at("/module_options/use_webhooks_for")) {
                sends |= record.asText().equals("case");
            }
            String name = Fields.text(module, "unique_id");
            if (modules.contains(name) && !sends) {
                found.fault(
                        name,
                        "Primero's module {} sends no events of cases (use_webhooks_for).",
                        "Have it set in Primero's configuration; sweeps find every change meanwhile.");
            }
        }
        Set<String> events = new TreeSet<>();
        List<String> addresses = new ArrayList<>();
        for (JsonNode hook : look.webhooks.get()) {
            if (Fields.text(hook, "url").replaceFirst("\\?.*", "").endsWith(HERE)) {
                addresses.add(Fields.text(hook, "url").replaceFirst("\\?.*", ""));
                if (hook.path("events").isArray()) {
                    hook.path("events").forEach(event -> events.add(event.asText()));
                } else {
                    events.add(Fields.text(hook, "events"));
                }
            }
        }
        EVENTS.stream()
                .sorted()
                .filter(event -> !events.contains(event))
                .forEach(event -> found.fault(
                        event,
                        "No webhook of Primero sends {} to an address that ends in " + HERE + ".",
                        "Register it (docs/operate/real-time.md); sweeps find every change meanwhile."));
        if (found.all().isEmpty()) {
            found.ok("Primero sends " + String.join(" and ", events) + " to "
                    + String.join(", ", new TreeSet<>(addresses)) + ".");
        }
    }
}
