package dev.tandem.sandbox.oscar;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** Which clients {@code GET clients} shows, in order (contract oscar-interop §2.1 to §2.4). */
final class FeedSelection {
    private static final Comparator<FeedRow> NEWEST =
            Comparator.comparing((FeedRow row) -> row.client().updatedAt).reversed();
    private static final Comparator<FeedRow> OLDEST = Comparator.comparing((FeedRow row) -> row.client().createdAt);

    private final Oscar oscar;
    private final String externalSystem;

    FeedSelection(Oscar oscar, String externalSystem) {
        this.oscar = oscar;
        this.externalSystem = externalSystem;
    }

    List<FeedRow> select(String since, String end) {
        List<FeedRow> rows = new ArrayList<>();
        if (!Text.blank(end)) {
            LocalDateTime from = literal(since);
            LocalDateTime to = literal(end);
            oscar.integrated().forEach(tenant -> add(rows, historical(tenant, from, to)));
        } else {
            LenientTime time =
                    Text.blank(since) ? null : LenientTime.parse(since, oscar.switches.zone(), oscar.clock.now());
            oscar.integrated().forEach(tenant -> add(rows, current(tenant, time)));
        }
        return rows;
    }

    private static void add(List<FeedRow> all, List<FeedRow> ofTenant) {
        ofTenant.forEach(FeedSelection::poison);
        all.addAll(ofTenant);
    }

    /** T5: the referred shape calls an association that does not exist when the setting has a province only. */
    private static void poison(FeedRow row) {
        Address setting = row.tenant().setting;
        if (setting == null) {
            throw new Raised("undefined method province for nil");
        }
        if (row.referred() && setting.province() != null && setting.district() == null && setting.commune() == null) {
            throw new Raised("undefined method for Province");
        }
    }

    private List<FeedRow> current(Tenant tenant, LenientTime since) {
        Instant t = since == null ? Instant.MIN : since.instant();
        LocalDate d = since == null ? LocalDate.MIN : since.digits().toLocalDate();
        List<FeedRow> referred = new ArrayList<>();
        List<FeedRow> others = new ArrayList<>();
        for (Client client : tenant.clients) {
            if (!client.eligible()) {
                continue;
            }
            if (outward(client) && either(client, time -> !time.isBefore(t))) {
                referred.add(new FeedRow(tenant, client, true));
            } else if (since == null || either(client, time -> !date(time).isBefore(d))) {
                others.add(new FeedRow(tenant, client, false));
            }
        }
        referred.sort(NEWEST);
        others.sort(NEWEST);
        referred.addAll(others);
        return referred;
    }

    private List<FeedRow> historical(Tenant tenant, LocalDateTime from, LocalDateTime to) {
        return tenant.clients.stream()
                .filter(Client::eligible)
                .filter(client -> {
                    LocalDateTime created = LocalDateTime.ofInstant(client.createdAt, ZoneOffset.UTC);
                    return !created.isBefore(from) && !created.isAfter(to);
                })
                .map(client -> new FeedRow(tenant, client, false))
                .sorted(OLDEST)
                .toList();
    }

    private boolean outward(Client client) {
        return !client.deleted && client.referredExternal && ReferralRecords.last(client, externalSystem) != null;
    }

    private static boolean either(Client client, Predicate<Instant> test) {
        return test.test(client.createdAt) || test.test(client.updatedAt);
    }

    private static LocalDate date(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }

    /** A timestamp literal: the digits as written, no zone; an empty one is an SQL error. */
    private LocalDateTime literal(String text) {
        if (Text.blank(text)) {
            throw new Raised("invalid input syntax for type timestamp");
        }
        LenientTime time = LenientTime.parse(text, ZoneOffset.UTC, oscar.clock.now());
        if (!time.dated()) {
            throw new Raised("invalid input syntax for type timestamp");
        }
        return time.digits();
    }
}
