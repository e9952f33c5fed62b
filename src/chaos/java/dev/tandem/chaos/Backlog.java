package dev.tandem.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;

/** What people have sent and the other side does not show yet. */
final class Backlog {
    private Backlog() {}

    static long of(Kept kept, Stage stage) {
        Set<String> notes = new HashSet<>();
        stage.oscar.checks().referrals().stream()
                .filter(each -> each.received())
                .forEach(each -> notes.add(each.reason()));
        Set<String> numbers = new HashSet<>();
        for (JsonNode one : stage.primero.cases()) {
            for (JsonNode row : one.path("services_section")) {
                numbers.add(row.path("service_implementing_agency").asText() + ":"
                        + row.path("oscar_referral_id_a4ac8a5").asText());
            }
        }
        long out =
                kept.out.stream().filter(each -> !notes.contains(each.note())).count();
        long in = kept.in.stream()
                .filter(each -> !numbers.contains("agency-" + each.key()))
                .count();
        return out + in;
    }
}
