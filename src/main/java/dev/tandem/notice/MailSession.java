package dev.tandem.notice;

import dev.tandem.settings.NoticeSettings;
import dev.tandem.settings.NoticeSettings.SmtpSecurity;
import dev.tandem.settings.Secret;
import jakarta.mail.Authenticator;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLContext;

/** The mail server of the settings, as the bean {@code mailSession}: the login is no part of a route. */
public final class MailSession {
    /** Of the domain that is reserved for names that lead nowhere. */
    static final String NO_HOST = "unset.invalid";

    private static final String CONNECT_MILLIS = "10000";
    private static final String ANSWER_MILLIS = "30000";

    private MailSession() {}

    /** @param tls with the authorities that the settings trust, as for every other call; empty: those of the JDK */
    public static Session of(NoticeSettings settings, Optional<SSLContext> tls) {
        Properties smtp = new Properties();
        tls.ifPresent(context -> smtp.put("mail.smtp.ssl.socketFactory", context.getSocketFactory()));
        smtp.setProperty("mail.smtp.host", host(settings));
        smtp.setProperty("mail.smtp.port", String.valueOf(settings.smtpPort()));
        smtp.setProperty("mail.smtp.connectiontimeout", CONNECT_MILLIS);
        smtp.setProperty("mail.smtp.timeout", ANSWER_MILLIS);
        smtp.setProperty("mail.smtp.writetimeout", ANSWER_MILLIS);
        smtp.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        // Required, not only enabled: else who stands between could have the login sent in clear.
        boolean starttls = settings.smtpSecurity() == SmtpSecurity.STARTTLS;
        smtp.setProperty("mail.smtp.starttls.enable", String.valueOf(starttls));
        smtp.setProperty("mail.smtp.starttls.required", String.valueOf(starttls));
        smtp.setProperty("mail.smtp.ssl.enable", String.valueOf(settings.smtpSecurity() == SmtpSecurity.TLS));
        smtp.setProperty("mail.smtp.auth", String.valueOf(settings.smtpUser().isPresent()));
        return Session.getInstance(smtp, login(settings));
    }

    /** Where the route sends to; a name that leads nowhere while it is switched off. */
    public static String host(NoticeSettings settings) {
        return settings.smtpHost().orElse(NO_HOST);
    }

    private static Authenticator login(NoticeSettings settings) {
        return new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(
                        settings.smtpUser().orElse(""),
                        settings.smtpPassword().map(Secret::reveal).orElse(""));
            }
        };
    }
}
