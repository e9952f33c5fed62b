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
                        "Where Primero is, without a slash at the end."),
                rows.required(
                        "tandem.primero.user", Type.TEXT, PRIVATE, "The user that Tandem signs in with at Primero."),
                rows.required("tandem.primero.password", Type.PASSWORD, SECRET, "That user's password."),
                rows.setting(
                        "tandem.primero.schedule",
                        Schedule.TYPE,
                        "0 0 * * * ?",
                        "When to ask Primero for the cases changed since the last sweep. In the time zone of the machine."),
                rows.setting(
                        "tandem.primero.full-schedule",
                        Schedule.TYPE,
                        "0 30 1 * * ?",
                        "When to read all cases: some changes at Primero move no time of change."),
                rows.optional(
                        "tandem.primero.webhook.secret",
                        Type.SHARED,
                        SECRET,
                        "What Primero sends with each event (`auth_secret` there): the key, or `user:password` for `basic_auth`."
                                + " Without it `POST /webhooks/primero` answers 404."),
                rows.optional(
                        "tandem.primero.webhook.previous-secret",
                        Type.SHARED,
                        SECRET,
                        "The previous secret, during a rotation: both are accepted."),
                rows.setting(
                        "tandem.primero.max-calls",
                        Type.count(1, 100),
                        "3",
                        "Calls to Primero at once. Its server has five threads by default."),
                rows.setting(
                        "tandem.primero.mark-synced",
                        Type.FLAG,
                        "false",
                        "Whether to show the case worker in Primero that a case went through, or that something of it is parked."),
                rows.setting(
                        "tandem.primero.mark-synced-url",
                        Type.TEXT,
                        "urn:tandem",
                        "With that: the URL under which Primero keeps the mark. Tandem adds `#mark` to it, so that it is no"
                                + " webhook's own: the next event to a webhook's URL hides a mark of that URL."));
    }

    /** What events may be shown; none without a webhook. */
    public List<String> webhookSecrets() {
        return Secret.present(webhookSecret, previousWebhookSecret);
    }
}
