package dev.tandem.settings;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All settings, checked and immutable. No secret is in its {@code toString}.
 *
 * @param systems the further ones, which only routes and mappings know
 * @param placeholders for routes: each setting that is neither a secret nor a credential, by its own name. A schedule comes as
 *     a cron that is valid also when it is {@code off}, with {@code <name>.enabled} beside it; a webhook as
 *     {@code tandem.<system>.webhook.enabled}. What is not set is an empty text.
 */
public record Settings(
        PrimeroSettings primero,
        OscarSettings oscar,
        List<SystemSettings> systems,
        Database db,
        PayloadSettings payload,
        WorkSettings work,
        AlertSettings alert,
        LogFormat logFormat,
        HttpSettings http,
        WebhookSettings webhook,
        AdminSettings admin,
        EditedDirectories directories,
        Map<String, String> placeholders) {

    static Settings of(Values values, List<Setting<?>> all, List<SystemRows> systems) {
        return new Settings(
                primero(values),
                oscar(values),
                systems.stream().map(system -> system.settings(values)).toList(),
                new Database(
                        values.get(Catalogue.DB_URL),
                        values.find(Catalogue.DB_USER),
                        values.find(Catalogue.DB_PASSWORD),
                        values.get(Catalogue.DB_FSYNC)),
                new PayloadSettings(
                        values.find(Catalogue.PAYLOAD_KEY),
                        values.find(Catalogue.PAYLOAD_PREVIOUS_KEY),
                        Database.embeddedFile(values.get(Catalogue.DB_URL))),
                work(values),
                new AlertSettings(values.get(Catalogue.ALERT_PARKED), values.get(Catalogue.ALERT_PENDING_AGE)),
                values.get(Catalogue.LOG_FORMAT),
                new HttpSettings(
                        values.get(Catalogue.HTTP_PORT),
                        values.get(Catalogue.HTTP_BIND),
                        values.get(Catalogue.MANAGEMENT_PORT),
                        values.find(Catalogue.MANAGEMENT_BIND)
                                .orElse(values.isSet(Catalogue.ADMIN_PASSWORD) ? Bind.ALL : Bind.LOOPBACK),
                        values.find(Catalogue.ALLOWED_HOSTS).orElse(Set.of())),
                new WebhookSettings(
                        values.get(Catalogue.WEBHOOK_SILENT_AFTER), values.find(Catalogue.WEBHOOK_RELAXED_SWEEP)),
                new AdminSettings(
                        values.find(Catalogue.ADMIN_USER),
                        values.find(Catalogue.ADMIN_PASSWORD),
                        values.find(Catalogue.ADMIN_HOSTS).orElse(Set.of())),
                new EditedDirectories(
                        values.get(Catalogue.ROUTES_DIR),
                        values.get(Catalogue.MAPPINGS_DIR),
                        values.get(Catalogue.LOOK_EVERY),
                        values.get(Catalogue.START_ON_LAST_GOOD)),
                placeholders(values, all));
    }

    /** The systems whose events are taken. */
    public List<String> webhooks() {
        return Stream.of(
                        primero.webhookSecret().map(set -> "primero"),
                        oscar.webhookSecret().map(set -> "oscar"))
                .flatMap(Optional::stream)
                .toList();
    }

    private static PrimeroSettings primero(Values values) {
        return new PrimeroSettings(
                values.get(Catalogue.PRIMERO_URL),
                values.get(Catalogue.PRIMERO_USER),
                values.get(Catalogue.PRIMERO_PASSWORD),
                values.get(Catalogue.PRIMERO_SCHEDULE),
                values.get(Catalogue.PRIMERO_FULL_SCHEDULE),
                values.find(Catalogue.PRIMERO_WEBHOOK_SECRET),
                values.find(Catalogue.PRIMERO_WEBHOOK_PREVIOUS),
                values.get(Catalogue.PRIMERO_MAX_CALLS),
                values.get(Catalogue.PRIMERO_MARK_SYNCED),
                values.get(Catalogue.PRIMERO_MARK_SYNCED_URL));
    }

    private static OscarSettings oscar(Values values) {
        return new OscarSettings(
                values.get(Catalogue.OSCAR_URL),
                values.get(Catalogue.OSCAR_USER),
                values.get(Catalogue.OSCAR_PASSWORD),
                values.get(Catalogue.OSCAR_SCHEDULE),
                values.get(Catalogue.OSCAR_FULL_SCHEDULE),
                values.find(Catalogue.OSCAR_WEBHOOK_SECRET),
                values.find(Catalogue.OSCAR_WEBHOOK_PREVIOUS),
                values.get(Catalogue.OSCAR_MAX_CALLS),
                values.get(Catalogue.OSCAR_SECOND_NGO),
                values.get(Catalogue.OSCAR_LOST_ANSWER),
                values.get(Catalogue.OSCAR_LOST_ANSWER_WAIT),
                values.get(Catalogue.OSCAR_FEED_TIMEOUT),
                values.get(Catalogue.OSCAR_FULL_ON_EVENT),
                values.find(Catalogue.NGOS));
    }

    private static WorkSettings work(Values values) {
        return new WorkSettings(
                values.get(Catalogue.WORKERS),
                values.get(Catalogue.LEASE),
                values.get(Catalogue.CALL_TIMEOUT),
                new RetrySettings(
                        values.get(Catalogue.RETRY_ATTEMPTS),
                        values.get(Catalogue.RETRY_MIN),
                        values.get(Catalogue.RETRY_MAX)),
                values.get(Catalogue.JOURNAL_RETENTION),
                values.get(Catalogue.UNANSWERED_DAYS),
                values.get(Catalogue.BRAKE));
    }

    private static Map<String, String> placeholders(Values values, List<Setting<?>> all) {
        Map<String, String> placeholders = new TreeMap<>();
        for (Setting<?> setting : all) {
            if (setting.exposure() != Setting.Exposure.PLACEHOLDER) {
                continue;
            }
            placeholders.put(setting.name(), values.text(setting).orElse(""));
            if (values.find(setting).orElse(null) instanceof Schedule schedule) {
                placeholders.put(setting.name(), schedule.cronOrDummy());
                placeholders.put(setting.name() + ".enabled", String.valueOf(!schedule.isOff()));
            }
        }
        placeholders.put(
                "tandem.primero.webhook.enabled", String.valueOf(values.isSet(Catalogue.PRIMERO_WEBHOOK_SECRET)));
        placeholders.put("tandem.oscar.webhook.enabled", String.valueOf(values.isSet(Catalogue.OSCAR_WEBHOOK_SECRET)));
        return Collections.unmodifiableMap(placeholders);
    }
}
