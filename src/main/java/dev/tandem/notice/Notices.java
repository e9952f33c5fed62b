package dev.tandem.notice;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.NoticeBook.Notice;
import dev.tandem.ledger.items.LedgerStatus;
import dev.tandem.ledger.storage.Recurrence;
import dev.tandem.reader.ReaderTime;
import dev.tandem.settings.NoticeSettings;
import dev.tandem.settings.Secret;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of telling a person, as the bean {@code notices}. */
public final class Notices {
    private static final Logger LOG = LoggerFactory.getLogger(Notices.class);
    private static final String TAKEN = "TandemNotices";
    private static final String CHANNEL = "TandemNoticeChannel";
    private static final Duration SUMMED_UP = Duration.ofHours(24);

    private final NoticeSettings settings;
    private final Ledger ledger;
    private final NoticeTexts texts;
    private final Map<String, Recurrence> failures = new ConcurrentHashMap<>();
    private final Map<String, Boolean> failing = new ConcurrentHashMap<>();

    public Notices(NoticeSettings settings, Ledger ledger) {
        this.settings = settings;
        this.ledger = ledger;
        Locale locale = Locale.forLanguageTag(settings.language().name().toLowerCase(Locale.ROOT));
        texts = new NoticeTexts(locale, new ReaderTime(ZoneId.systemDefault(), locale, () -> ledger.clock()
                .now()));
    }

    /** Takes what is to be told this way now, or ends the route. The body becomes the text, and its first line the subject. */
    public void due(Exchange exchange, String channel) {
        exchange.setProperty(CHANNEL, channel);
        List<Notice> taken = ledger.notices().take(channel);
        exchange.setProperty(TAKEN, taken);
        if (taken.isEmpty()) {
            exchange.setRouteStop(true);
            return;
        }
        exchange.getMessage().setHeader("Subject", texts.subject(taken));
        exchange.getMessage().setBody(texts.body(taken));
    }

    /** The same as JSON, signed if that is set; {@code text} is what chats show. */
    public void asJson(Exchange exchange) {
        ObjectNode message = JsonNodeFactory.instance.objectNode();
        message.put("subject", exchange.getMessage().getHeader("Subject", String.class));
        message.put("text", exchange.getMessage().getBody(String.class));
        ArrayNode all = message.putArray("notices");
        for (Notice notice : taken(exchange)) {
            all.addObject()
                    .put("kind", notice.kind())
                    .put("about", notice.subject())
                    .put("since", notice.beganAt().toString())
                    .put("title", texts.title(notice));
        }
        byte[] body = message.toString().getBytes(UTF_8);
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setBody(body);
        exchange.getMessage().setHeader(Exchange.HTTP_METHOD, "POST");
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/json");
        settings.webhookPath().ifPresent(path -> exchange.getMessage().setHeader(Exchange.HTTP_PATH, path.reveal()));
        settings.webhookSecret().ifPresent(secret -> exchange.getMessage()
                .setHeader("X-Tandem-Signature", "sha256=" + hmac(secret, body)));
    }

    public void sent(Exchange exchange) {
        String channel = exchange.getProperty(CHANNEL, String.class);
        List<Notice> taken = taken(exchange);
        ledger.notices().sent(channel, taken);
        failures(channel).over();
        if (failing.remove(channel) != null) {
            LOG.info("notices are sent by {} again", channel);
        }
        LOG.info("told by {}: {}", channel, taken.stream().map(Notice::name).toList());
    }

    /** They are tried again; what went wrong is told once. A foreign exception's words are not, only of which kind it is. */
    public void failed(Exchange exchange) {
        String channel = exchange.getProperty(CHANNEL, String.class);
        Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        if (failures(channel).isNews(failure)) {
            failing.put(channel, true);
            LOG.warn(
                    "notices cannot be sent by {} ({}): check {}. They are kept, and tried again later and later.",
                    channel,
                    failure.getClass().getSimpleName(),
                    channel.equals("mail")
                            ? "tandem.notices.smtp.* and tandem.notices.mail.*"
                            : "tandem.notices.webhook.*");
        }
        ledger.notices().failed(channel, taken(exchange));
    }

    /** Has a summary of now told to everybody. */
    public void summarise(Exchange exchange) {
        Instant now = ledger.clock().now();
        ObjectNode facts = JsonNodeFactory.instance.objectNode();
        ObjectNode sent = facts.putObject("sent");
        ledger.notices().sentSince(now.minus(SUMMED_UP)).forEach(sent::put);
        ArrayNode flows = facts.putArray("flows");
        List<String> names =
                ledger.status().flows().stream().map(LedgerStatus.Flow::flow).toList();
        for (LedgerStatus.Unsettled flow : ledger.status().unsettled(names)) {
            flows.addObject()
                    .put("flow", flow.flow())
                    .put("pending", flow.pending() + flow.leased())
                    .put("waiting", flow.waiting())
                    .put("parked", flow.parked());
        }
        ledger.notices().happened(new Notice("summary:" + now, "summary", "", facts.toString(), now));
    }

    private Recurrence failures(String channel) {
        return failures.computeIfAbsent(channel, name -> new Recurrence());
    }

    @SuppressWarnings("unchecked")
    private static List<Notice> taken(Exchange exchange) {
        return exchange.getProperty(TAKEN, List.of(), List.class);
    }

    private static String hmac(Secret secret, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.reveal().getBytes(UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HMAC", e);
        }
    }
}
