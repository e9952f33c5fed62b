package dev.tandem.settings;

import static dev.tandem.settings.Rows.Exposure.PLACEHOLDER;
import static dev.tandem.settings.Rows.Exposure.PRIVATE;
import static dev.tandem.settings.Rows.Exposure.SECRET;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who is told of what needs a person, and how.
 *
 * @param mailTo addresses; none: no mail is sent
 * @param webhook where notices are posted; none: nowhere
 */
public record NoticeSettings(
        Optional<String> mailTo,
        Optional<String> mailFrom,
        Optional<String> smtpHost,
        int smtpPort,
        SmtpSecurity smtpSecurity,
        Optional<String> smtpUser,
        Optional<Secret> smtpPassword,
        Optional<URI> webhook,
        Optional<Secret> webhookPath,
        Optional<Secret> webhookSecret,
        Language language,
        Schedule summary) {
    public static final String MAIL = "mail";
    public static final String WEBHOOK = "webhook";

    /** How the connection to the mail server is protected. */
    public enum SmtpSecurity {
        STARTTLS,
        TLS,
        NONE
    }

    /** In which language notices are written. */
    public enum Language {
        EN,
        KM
    }

    public boolean any() {
        return !channels().isEmpty();
    }

    /** The ways that are switched on. */
    public List<String> channels() {
        return Stream.of(mailTo.map(set -> MAIL), webhook.map(set -> WEBHOOK))
                .flatMap(Optional::stream)
                .toList();
    }

    static NoticeSettings read(Rows rows) {
        return new NoticeSettings(
                rows.optional(
                        "tandem.notices.mail.to",
                        Type.TEXT,
                        PLACEHOLDER,
                        "Who gets a mail when something needs a person: addresses, separated by commas. Unset: no mail is"
                                + " sent (docs/operate/notices.md)."),
                rows.optional(
                        "tandem.notices.mail.from", Type.TEXT, PLACEHOLDER, "The address that these mails come from."),
                rows.optional(
                        "tandem.notices.smtp.host", Type.TEXT, PLACEHOLDER, "The mail server that takes these mails."),
                rows.setting("tandem.notices.smtp.port", Type.PORT, "587", "The port of the mail server."),
                rows.setting(
                        "tandem.notices.smtp.security",
                        Type.oneOf(SmtpSecurity.class),
                        "starttls",
                        "How the connection to the mail server is encrypted: `starttls` (usually port 587), `tls` from the"
                                + " first byte (usually port 465), or `none`. Without encryption nothing is sent, unless"
                                + " this is `none`."),
                rows.optional(
                        "tandem.notices.smtp.user",
                        Type.TEXT,
                        PRIVATE,
                        "The login at the mail server, if it wants one."),
                rows.optional("tandem.notices.smtp.password", Type.PASSWORD, SECRET, "The password of this login."),
                rows.optional(
                        "tandem.notices.webhook.url",
                        ServerUrls.SERVER,
                        PLACEHOLDER,
                        "An address to which notices are posted as JSON, such as that of a chat. Its host must be in"
                                + " `tandem.http.allowed-hosts`. Unset: nothing is posted."),
                rows.optional(
                        "tandem.notices.webhook.path",
                        Type.PASSWORD,
                        SECRET,
                        "What follows that address after a slash, where the address is itself a secret, as that of most"
                                + " chats is."),
                rows.optional(
                        "tandem.notices.webhook.signing-secret",
                        Type.SHARED,
                        SECRET,
                        "With it the header `X-Tandem-Signature` of each such call is `sha256=` and the HMAC of the body in"
                                + " hexadecimal."),
                rows.setting(
                        "tandem.notices.language",
                        Type.oneOf(Language.class),
                        "en",
                        "The language of the notices: `en` (English) or `km` (Khmer)."),
                rows.setting(
                        "tandem.notices.summary",
                        Schedule.TYPE,
                        "off",
                        "When to send a summary of what was sent, waits and is parked, such as `0 0 6 * * ?` for every"
                                + " morning at six."));
    }
}
