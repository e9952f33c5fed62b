package dev.tandem.engine;

import dev.tandem.call.Network;
import dev.tandem.ledger.Ledger;
import dev.tandem.mapping.Mappings;
import dev.tandem.notice.MailSession;
import dev.tandem.notice.Notices;
import dev.tandem.oscar.CaseLinks;
import dev.tandem.oscar.ClientEntries;
import dev.tandem.oscar.ClientReading;
import dev.tandem.oscar.OverwrittenValues;
import dev.tandem.oscar.ReferralRefusals;
import dev.tandem.oscar.feed.AccountRegistration;
import dev.tandem.oscar.feed.ClientSweep;
import dev.tandem.oscar.feed.ClientWindows;
import dev.tandem.oscar.feed.ExistingClients;
import dev.tandem.oscar.feed.FeedSample;
import dev.tandem.paging.Pages;
import dev.tandem.primero.CaseAndReferrals;
import dev.tandem.primero.CaseReading;
import dev.tandem.primero.CaseSearch;
import dev.tandem.primero.CaseSweep;
import dev.tandem.primero.CaseSynced;
import dev.tandem.primero.CaseWriting;
import dev.tandem.primero.DecidedReferrals;
import dev.tandem.primero.DuplicateNumberCheck;
import dev.tandem.primero.ExistingCases;
import dev.tandem.primero.Owners;
import dev.tandem.settings.NoticeSettings;
import dev.tandem.settings.Settings;
import dev.tandem.webhook.Authenticity;
import dev.tandem.webhook.Events;
import dev.tandem.webhook.SweepPace;
import jakarta.mail.Session;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What routes may name besides components: settings in double braces, and beans (docs/edit/routes.md). */
final class RouteWords {
    /** The bean of the route that compares by schedule. */
    static final String COMPARISON = "comparison";

    private RouteWords() {}

    /** What routes may name in double braces. */
    static Map<String, String> placeholders(Settings settings) {
        Map<String, String> placeholders = new TreeMap<>(settings.placeholders());
        placeholders.put("tandem.service", "false");
        notices(settings.notices(), settings.primero().url().toString(), placeholders);
        SystemCalls.settings(settings)
                .systems()
                .forEach(system -> placeholders.put(
                        prefix(settings, system.name()) + ".longest-call",
                        system.longestCall().toMillis() + "ms"));
        return placeholders;
    }

    /** What is not set comes as something that a route can be built with, beside whether it is on. */
    private static void notices(NoticeSettings notices, String anAddress, Map<String, String> placeholders) {
        placeholders.put(
                "tandem.notices.mail.enabled", String.valueOf(notices.mailTo().isPresent()));
        placeholders.put(
                "tandem.notices.webhook.enabled",
                String.valueOf(notices.webhook().isPresent()));
        placeholders.put("tandem.notices.smtp.host", MailSession.host(notices));
        placeholders.put(
                "tandem.notices.webhook.url",
                notices.webhook().map(URI::toString).orElse(anAddress));
    }

    private static String prefix(Settings settings, String system) {
        boolean further = settings.systems().stream().anyMatch(one -> one.name().equals(system));
        return further ? "tandem.system." + system : "tandem." + system;
    }

    /** What routes may name; one line each, so that it can be looked up. */
    static Map<String, Object> beans(Settings settings, Ledger ledger, Mappings mappings) {
        return Map.ofEntries(
                Map.entry("mappings", mappings),
                Map.entry("reports", ReportsDatabase.of(settings.db(), ledger)),
                Map.entry("pages", new Pages()),
                Map.entry("caseSweep", new CaseSweep(ledger)),
                Map.entry("caseReading", new CaseReading()),
                Map.entry("caseAndReferrals", new CaseAndReferrals()),
                Map.entry("caseSearch", new CaseSearch(ledger)),
                Map.entry(
                        "caseWriting",
                        new CaseWriting(ledger, settings.primero().user())),
                Map.entry("owners", new Owners(ledger.clock())),
                Map.entry("sameNumber", new DuplicateNumberCheck()),
                Map.entry("decidedReferrals", new DecidedReferrals()),
                Map.entry("existingCases", new ExistingCases(ledger)),
                Map.entry("existingClients", new ExistingClients(ledger)),
                Map.entry("clientSweep", new ClientSweep(ledger)),
                Map.entry("clientWindows", new ClientWindows(ledger)),
                Map.entry("clientReading", new ClientReading(ledger)),
                Map.entry(
                        "clientEntries",
                        new ClientEntries(ledger, mappings, settings.oscar().ngos())),
                Map.entry(
                        "caseLinks",
                        new CaseLinks(
                                ledger,
                                settings.oscar().secondNgo().name().toLowerCase(Locale.ROOT),
                                settings.primero().markSynced(),
                                settings.oscar().ngos())),
                Map.entry(
                        "caseSynced", new CaseSynced(ledger, settings.primero().markSyncedUrl())),
                Map.entry("accountRegistration", new AccountRegistration(ledger)),
                Map.entry("feedSample", new FeedSample(ledger)),
                Map.entry("referralRefusals", new ReferralRefusals(ledger)),
                Map.entry("overwrittenValues", new OverwrittenValues()),
                Map.entry(
                        "authenticity",
                        new Authenticity(
                                settings.primero().webhookSecrets(),
                                settings.oscar().webhookSecrets(),
                                ledger.clock())),
                Map.entry("events", new Events()),
                Map.entry(COMPARISON, new ScheduledWork()),
                Map.entry("notices", new Notices(settings.notices(), ledger)),
                Map.entry("mailSession", mailSession(settings)),
                Map.entry("sweepPace", new SweepPace(settings, ledger)));
    }

    private static Session mailSession(Settings settings) {
        boolean privately = settings.notices().mailTo().isPresent()
                && settings.http().outgoing().caFile().isPresent();
        return MailSession.of(
                settings.notices(),
                privately ? Optional.of(new Network(settings.http().outgoing()).tlsContext()) : Optional.empty());
    }
}
