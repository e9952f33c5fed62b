package dev.tandem.settings;

import static dev.tandem.settings.Rows.Exposure.PLACEHOLDER;
import static dev.tandem.settings.Rows.Exposure.PRIVATE;
import static dev.tandem.settings.Rows.Exposure.SECRET;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/** What is set for Primero. {@code url} has no slash at the end. */
public record PrimeroSettings(
        URI url,
        String user,
        Secret password,
        Schedule schedule,
        Schedule fullSchedule,
        Optional<Secret> webhookSecret,
        Optional<Secret> previousWebhookSecret,
        int maxCalls,
        boolean markSynced,
        String markSyncedUrl) {
    static PrimeroSettings read(Rows rows) {
        return new PrimeroSettings(
                rows.required(
                        "tandem.primero.url",
                        ServerUrls.SERVER,
                        PLACEHOLDER,
                        "The address of Primero, without a slash at the end."),
                rows.required(
                        "tandem.primero.user", Type.TEXT, PRIVATE, "The user with which Tandem signs in to Primero."),
                rows.required("tandem.primero.password", Type.PASSWORD, SECRET, "The password of this user."),
                rows.setting(
                        "tandem.primero.schedule",
                        Schedule.TYPE,
                        "0 0 * * * ?",
                        "When to read the cases that changed since the last sweep. In the time zone of the machine."),
                rows.setting(
                        "tandem.primero.full-schedule",
                        Schedule.TYPE,
                        "0 30 1 * * ?",
                        "When to read all cases: some changes in Primero move no time of change."),
                rows.optional(
                        "tandem.primero.webhook.secret",
                        Type.SHARED,
                        SECRET,
                        "The secret that Primero sends with each event (`auth_secret` there): the key, or"
                                + " `user:password` for `basic_auth`. Without it, `POST /webhooks/primero` answers 404."),
                rows.optional(
                        "tandem.primero.webhook.previous-secret",
                        Type.SHARED,
                        SECRET,
                        "The previous secret, during a rotation: both are accepted."),
                rows.setting(
                        "tandem.primero.max-calls",
                        Type.count(1, 100),
                        "3",
                        "The number of calls to Primero at once. Primero's server has five threads by default."),
                rows.setting(
                        "tandem.primero.mark-synced",
                        Type.FLAG,
                        "false",
                        "Whether to show the case worker in Primero that a case went through, or that something of it is parked."),
                rows.setting(
                        "tandem.primero.mark-synced-url",
                        Type.TEXT,
                        "urn:tandem",
                        "With `mark-synced`: the URL under which Primero keeps the mark. Tandem adds `#mark` to it,"
                                + " so that no webhook has the same URL; otherwise the webhook's next event would hide the"
                                + " mark."));
    }

    /** What events may be shown; none without a webhook. */
    public List<String> webhookSecrets() {
        return Secret.present(webhookSecret, previousWebhookSecret);
    }
}
