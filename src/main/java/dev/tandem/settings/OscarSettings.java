package dev.tandem.settings;

import static dev.tandem.settings.Rows.Exposure.PLACEHOLDER;
import static dev.tandem.settings.Rows.Exposure.PRIVATE;
import static dev.tandem.settings.Rows.Exposure.SECRET;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is set for OSCaR. {@code url} has no slash at the end; no NGOs mean all. */
public record OscarSettings(
        URI url,
        String user,
        Secret password,
        Schedule schedule,
        Schedule fullSchedule,
        Duration sweepOnEvent,
        Duration fullOnEvent,
        Duration feedTimeout,
        Optional<Secret> webhookSecret,
        Optional<Secret> previousWebhookSecret,
        int maxCalls,
        Optional<Set<String>> ngos,
        SecondNgo secondNgo,
        LostAnswer lostAnswer,
        Duration lostAnswerWait) {
    /** What to do with a referral to an NGO that does not hold a child who has an OSCaR number already (mapping facts R15). */
    public enum SecondNgo {
        /** Send it without a global id; OSCaR gives the child a second number. */
        SEND,
        /** Leave it to a person. */
        PARK
    }

    /** What to do with a referral to OSCaR whose answer was lost (protocol 3). */
    public enum LostAnswer {
        /** Send it once more after a wait; a doubled entry harms a child less than a missing one. */
        RESEND,
        /** Leave it to a person at once. */
        PARK
    }

    static OscarSettings read(Rows rows) {
        return new OscarSettings(
                rows.required(
                        "tandem.oscar.url",
                        ServerUrls.SERVER,
                        PLACEHOLDER,
                        "The address of OSCaR, without a slash at the end."),
                rows.required("tandem.oscar.user", Type.TEXT, PRIVATE, "The user with which Tandem signs in to OSCaR."),
                rows.required("tandem.oscar.password", Type.PASSWORD, SECRET, "The password of this user."),
                rows.setting(
                        "tandem.oscar.schedule",
                        Schedule.TYPE,
                        "0 55 * * * ?",
                        "When to read the clients that changed since the last sweep. Choose a time shortly before"
                                + " Primero's, because referrals wait for OSCaR's data."),
                rows.setting(
                        "tandem.oscar.full-schedule",
                        Schedule.TYPE,
                        "0 10 1 * * ?",
                        "When to read all clients: some changes in OSCaR move no time of change."),
                rows.setting(
                        "tandem.oscar.sweep-on-event",
                        Type.DURATION,
                        "10s",
                        "The shortest time between two incremental sweeps that events request. The first sweep of a"
                                + " burst begins at once."),
                rows.setting(
                        "tandem.oscar.full-on-event",
                        Type.DURATION,
                        "30m",
                        "The shortest time between full sweeps that events request. An event requests one if an"
                                + " incremental sweep did not find its client changed."),
                rows.setting(
                        "tandem.oscar.feed-timeout",
                        Type.DURATION,
                        "15m",
                        "The longest time for one reading of OSCaR's feed."),
                rows.optional(
                        "tandem.oscar.webhook.secret",
                        Type.SIGNING,
                        SECRET,
                        "The key that signs events about OSCaR. Without it, `POST /webhooks/oscar` answers 404."),
                rows.optional(
                        "tandem.oscar.webhook.previous-secret",
                        Type.SIGNING,
                        SECRET,
                        "The previous secret, during a rotation: both are accepted."),
                rows.setting(
                        "tandem.oscar.max-calls",
                        Type.count(1, 100),
                        "2",
                        "The number of calls to OSCaR at once. OSCaR is slow."),
                rows.optional(
                        "tandem.ngos",
                        Type.NAMES,
                        PLACEHOLDER,
                        "The NGOs that take part, as OSCaR calls them (`oscar_organization` in agencies.csv), for a"
                                + " country that goes live NGO by NGO. Tandem lists what is for or from another NGO as"
                                + " `ngo-not-live`, and sends it after a start with that NGO's name here. Unset: all NGOs of"
                                + " agencies.csv."),
                rows.setting(
                        "tandem.oscar.second-ngo",
                        Type.oneOf(SecondNgo.class),
                        "send",
                        "What to do with a referral to an NGO that does not hold the child, if the case already has"
                                + " an OSCaR number: `send` it without the number (OSCaR gives the child a second one), or"
                                + " `park` it for a person."),
                rows.setting(
                        "tandem.oscar.lost-answer",
                        Type.oneOf(LostAnswer.class),
                        "resend",
                        "What to do with a referral to OSCaR whose answer was lost, so that nobody can tell whether"
                                + " it arrived: `resend` it once, or `park` it for a person. Either way Tandem names it as a"
                                + " possible repeat."),
                rows.setting(
                        "tandem.oscar.lost-answer-wait",
                        Type.DURATION,
                        "10m",
                        "How long `resend` waits before it sends again."));
    }

    /** What events may be signed with; none without a webhook. */
    public List<String> webhookSecrets() {
        return Secret.present(webhookSecret, previousWebhookSecret);
    }
}
