package dev.tandem.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What both systems hold in the end, told so that two runs of one story can be compared: what a server drew or stamped is
 * left out, who is linked with whom is told by names.
 */
final class SameEnd {
    private static final Pattern DRAWN = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
            + "|[0-9A-HJKMNP-TV-Z]{26}|\\b[a-z]{4}-\\d+\\b|\\d{4}-\\d\\d-\\d\\d[T ][0-9:.]+Z?");
    private static final List<String> STAMPS =
            List.of("last_updated_at", "last_updated_by", "created_at", "short_id", "case_id_display", "reopened_logs");

    private SameEnd() {}

    /** One line a case, client or referral, in order. */
    static List<String> of(Bench bench) {
        List<String> lines = new ArrayList<>();
        for (JsonNode one : bench.primero.cases()) {
            lines.add("case " + name(one) + " " + told(one) + " is " + clientOf(bench, one));
            Stream<String> referrals = bench.primero.referrals(one.path("id").asText()).stream()
                    .map(referral ->
                            "referral of " + name(one) + " to " + referral.recipient() + " " + referral.status());
            referrals.forEach(lines::add);
        }
        bench.oscar
                .checks()
                .clients()
                .forEach(client -> lines.add("client " + client.organization() + " "
                        + client.givenName() + " " + client.familyName() + " " + client.localGivenName() + " "
                        + client.localFamilyName() + " " + client.gender() + " " + client.dateOfBirth() + " "
                        + client.locationCode() + " " + client.mosvyNumber() + " " + client.status() + " "
                        + client.deleted()
                        + " is " + caseOf(bench, client.externalId())));
        bench.oscar
                .checks()
                .referrals()
                .forEach(referral -> lines.add("referral at " + referral.organization() + " of "
                        + caseOf(bench, referral.externalId()) + " " + referral.status() + " " + referral.levelOfRisk()
                        + " "
                        + referral.services() + " " + referral.received() + " " + (referral.slug() == null)));
        return lines.stream().sorted().toList();
    }

    private static String name(JsonNode one) {
        return one.path("name_first").asText() + " " + one.path("name_last").asText();
    }

    private static String clientOf(Bench bench, JsonNode one) {
        String number = one.path("oscar_number").asText("");
        return bench.oscar.checks().clients().stream()
                .filter(client -> !number.isEmpty() && number.equals(client.globalId()))
                .map(client -> client.organization() + " " + client.givenName() + " " + client.familyName())
                .sorted()
                .toList()
                .toString();
    }

    private static String caseOf(Bench bench, String externalId) {
        return bench.primero.cases().stream()
                .filter(one -> one.path("case_id").asText().equals(externalId))
                .map(SameEnd::name)
                .toList()
                .toString();
    }

    private static String told(JsonNode one) {
        List<String> fields = new ArrayList<>();
        one.properties().forEach(field -> {
            if (!STAMPS.contains(field.getKey())) {
                fields.add(field.getKey() + "=" + told(field.getValue().isArray(), field.getValue()));
            }
        });
        return fields.stream().sorted().toList().toString();
    }

    private static String told(boolean list, JsonNode value) {
        if (!list) {
            return DRAWN.matcher(value.toString()).replaceAll("*");
        }
        List<String> parts = new ArrayList<>();
        value.forEach(part -> parts.add(part.isObject() ? told(part) : told(part.isArray(), part)));
        return parts.stream().sorted().toList().toString();
    }
}
