package dev.tandem.contract.primero;

import static dev.tandem.contract.Different.unless;
import static dev.tandem.contract.Different.unlessSame;
import static dev.tandem.contract.primero.Primero.CASES;
import static dev.tandem.contract.primero.Primero.at;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.contract.Answer;
import dev.tandem.contract.Clause;
import dev.tandem.sandbox.http.Json;
import dev.tandem.sandbox.primero.PrimeroSimulator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Pages, their order, and what a row shows. */
final class PrimeroLists extends PrimeroClauses {
    PrimeroLists(Primero primero) {
        super(primero);
    }

    private List<String> three(String field) {
        List<String> ids = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            ids.add(primero.newCase(field.replace("#", "" + i)));
            primero.tick();
        }
        return ids;
    }

    private String only(List<String> ids) {
        return CASES + "?id=" + String.join(",", ids);
    }

    @Clause(
            id = "P201",
            section = "2.1",
            says = "Newest creation first, 20 a page; order=asc turns it, any other word is asc too")
    void order() {
        List<String> ids = three("\"age\":#");
        unlessSame("per", 20, primero.get(CASES).json().at("/metadata/per"));
        unlessSame(
                "order",
                List.of(ids.get(2), ids.get(1), ids.get(0)),
                primero.get(only(ids)).values("id"));
        unlessSame("order", ids, primero.get(only(ids) + "&order=asc").values("id"));
        unlessSame("order", ids, primero.get(only(ids) + "&order=sideways").values("id"));
    }

    @Clause(
            id = "P202",
            section = "2.1 10.3",
            says = "per above 1000 is 1000 without a word, and only the echo in metadata tells")
    void capped() {
        if (primero.isSimulated()) {
            for (int i = 0; i < 1001; i++) {
                primero.simulator("many rows").plant(Json.object());
            }
        }
        Answer answer = primero.get(CASES + "?per=10000&fields=short").is(200);
        unlessSame("per", 1000, answer.json().at("/metadata/per"));
        unlessSame("rows", Math.min(1000, answer.total()), answer.data().size());
    }

    @Clause(id = "P203", section = "2.1", says = "per=0 and per=x give no rows")
    void noRows() {
        primero.newCase("");
        for (String per : new String[] {"0", "x"}) {
            Answer answer = primero.get(CASES + "?per=" + per).is(200);
            unless("an array", answer.data().isArray());
            unlessSame("rows", 0, answer.data().size());
        }
    }

    @Clause(id = "P204", section = "2.1", says = "page=0 is 500")
    void pageZero() {
        primero.get(CASES + "?page=0").is(500);
    }

    @Clause(id = "P205", section = "2.1 2.4", says = "Pages follow one another and metadata has total, per and page")
    void pages() {
        List<String> ids = three("\"age\":#");
        Answer second = primero.get(only(ids) + "&order=asc&per=2&page=2").is(200);
        unlessSame("page", List.of(ids.get(2)), second.values("id"));
        unlessSame(
                "metadata",
                "{\"total\":3,\"per\":2,\"page\":2}",
                second.json().path("metadata").toString());
        unlessSame(
                "rows after the last page",
                0,
                primero.get(only(ids) + "&per=2&page=3").is(200).data().size());
    }

    @Clause(
            id = "P206",
            section = "2.5 10.4 11",
            says =
                    "Rows with equal keys come in no order, so that a row may show on no page; a unique field leaves none out")
    void ties() {
        PrimeroSimulator simulator = primero.simulator("many rows of one moment");
        for (int i = 0; i < 40; i++) {
            simulator.plant(Json.object().put("sex", "male"));
        }
        Set<List<String>> orders = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            orders.add(primero.get(CASES + "?per=100&order_by=created_at").values("id"));
        }
        unless("more than one order", orders.size() > 1);
        unless("some left out by created_at", walked("created_at") < 40);
        unlessSame("rows by case_id", 40, walked("case_id"));
    }

    private int walked(String key) {
        Set<String> seen = new HashSet<>();
        int pages = (primero.get(CASES + "?per=1").total() + 6) / 7;
        for (int page = 1; page <= pages; page++) {
            seen.addAll(primero.get(CASES + "?per=7&order=asc&order_by=" + key + "&page=" + page)
                    .values("id"));
        }
        return seen.size();
    }

    @Clause(id = "P207", section = "10.4 11", says = "order_by=case_id&order=asc is in the order of case_id")
    void byCaseId() {
        three("\"age\":#");
        List<String> keys = new ArrayList<>(primero.get(CASES + "?per=50&order_by=case_id&order=asc&fields=case_id")
                .is(200)
                .values("case_id"));
        // How other texts are sorted is the database's choice.
        keys.removeIf(key -> !key.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"));
        List<String> sorted = new ArrayList<>(keys);
        sorted.sort(null);
        unless("several rows", keys.size() >= 3);
        unless("in the order of case_id", keys.equals(sorted));
    }

    @Clause(id = "P208", section = "2.1", says = "Rows without the key come first on desc and last on asc")
    void nulls() {
        String without = primero.newCase("");
        primero.tick();
        String with = primero.newCase("\"age\":3");
        String both = CASES + "?id=" + without + "," + with + "&order_by=age&order=";
        unlessSame("desc", List.of(without, with), primero.get(both + "desc").values("id"));
        unlessSame("asc", List.of(with, without), primero.get(both + "asc").values("id"));
    }

    @Clause(
            id = "P209",
            section = "2.1",
            says = "fields=a,b gives those and always id, enabled and last_updated_at; unknown names are ignored")
    void fields() {
        String id = primero.newCase("\"sex\":\"female\",\"age\":4");
        JsonNode row = primero.get(CASES + "?id=" + id + "&fields=sex,no_such")
                .is(200)
                .data()
                .path(0);
        List<String> keys = Answer.keys(row);
        keys.sort(null);
        unlessSame("keys", List.of("enabled", "id", "last_updated_at", "sex"), keys);
    }

    @Clause(id = "P210", section = "2.1 10.25", says = "fields=short has case_id_display and no case_id")
    void shortFields() {
        String id = primero.newCase("");
        JsonNode row = primero.get(CASES + "?id=" + id + "&fields=short")
                .is(200)
                .data()
                .path(0);
        unless("case_id_display", row.has("case_id_display"));
        unless("no case_id", !row.has("case_id"));
    }

    @Clause(
            id = "P211",
            section = "2.2 10.17",
            says = "Closed and disabled cases are listed unless status or record_state is asked for")
    void closedAndDisabled() {
        String id = primero.newCase("");
        primero.patch(at(id), "{\"status\":\"closed\",\"record_state\":false}").is(200);
        String it = CASES + "?id=" + id;
        unlessSame("enabled", false, primero.get(it).is(200).data().path(0).path("enabled"));
        unlessSame("enabled ones", 0, primero.get(it + "&record_state=true").total());
        unlessSame("open ones", 0, primero.get(it + "&status=open").total());
    }

    @Clause(
            id = "P212",
            section = "2.4",
            says =
                    "Instants are UTC with three decimals, dates are bare, keys never set are absent, no referral is embedded")
    void formats() {
        String id = primero.newCase("\"date_of_birth\":\"2016-11-02\"");
        JsonNode data = primero.read(id);
        unless(
                "created_at in UTC with three decimals",
                data.path("created_at").asText().matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z"));
        unlessSame("date_of_birth", "2016-11-02", data.path("date_of_birth"));
        unless("no oscar_number", !data.has("oscar_number"));
        unless("no referrals", !data.has("referrals") && !data.has("transitions"));
    }

    @Clause(id = "P213", section = "2.4 11", says = "hidden_name masks name only; name_first stays readable")
    void hiddenName() {
        String id = primero.newCase("\"name_first\":\"Sample\",\"hidden_name\":true");
        JsonNode data = primero.read(id);
        unlessSame("name", "*******", data.path("name"));
        unlessSame("name_first", "Sample", data.path("name_first"));
    }

    @Clause(id = "P214", section = "2.5", says = "A committed write is in the list at once")
    void atOnce() {
        String id = primero.newCase("");
        primero.patch(at(id), "{\"age\":7}").is(200);
        unlessSame("age", 7, primero.get(CASES + "?id=" + id).data().path(0).path("age"));
    }

    @Clause(
            id = "P215",
            section = "2.5 10.5",
            says = "A record with an older stamp can become visible after one with a newer")
    void olderAfterNewer() {
        PrimeroSimulator simulator = primero.simulator("a slow save of somebody else");
        String slow = primero.newCase("\"age\":1");
        String quick = primero.newCase("\"age\":2");
        primero.tick();
        String since = CASES + "?id=" + slow + "," + quick + "&last_updated_at=2026-03-01T10:20:40Z..";
        List<String> seen = new ArrayList<>();
        simulator.inNextSave(() -> {
            simulator.clock().advance(Duration.ofSeconds(5));
            simulator.worker().edit(quick, Map.of("age", 3));
            seen.addAll(primero.get(since).values("id"));
        });
        primero.patch(at(slow), "{\"age\":4}").is(200);
        unlessSame("seen first", List.of(quick), seen);
        unlessSame(
                "order by stamp",
                List.of(slow, quick),
                primero.get(since + "&order_by=last_updated_at&order=asc").values("id"));
    }

    @Clause(
            id = "P216",
            section = "2.2 10.1",
            says = "Where no readable form has case_id, the filter case_id vanishes and all cases come")
    void caseIdFilterVanishes() {
        PrimeroSimulator simulator = primero.simulator("a role without a form");
        String caseId = primero.create("").path("case_id").asText();
        primero.newCase("");
        simulator.changeUser(primero.user(), user -> user.withRole(user.role().hiding("basic_identity")));
        Answer answer = primero.get(CASES + "?case_id=" + caseId).is(200);
        unless("unfiltered", answer.total() > 1);
        unless("no case_id in the rows", !answer.data().path(0).has("case_id"));
    }

    @Clause(
            id = "P217",
            section = "3.10 11",
            says = "Of two writes to one case at once the later save takes back what the other wrote, other fields too")
    void lastWriterWins() {
        PrimeroSimulator simulator = primero.simulator("two writes of one moment");
        ObjectNode before = Json.object().put("age", 1).put("name_first", "Before");
        String id = primero.newCase(before.toString().replaceAll("[{}]", ""));
        simulator.inNextSave(
                () -> primero.patch(at(id), "{\"name_first\":\"Lost\"}").is(200));
        primero.patch(at(id), "{\"age\":2}").is(200);
        unlessSame("name_first", "Before", primero.read(id).path("name_first"));
        unlessSame("age", 2, primero.read(id).path("age"));
    }
}
