package dev.tandem.primero;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.json.NameBasedId;
import dev.tandem.outcome.AnswerLost;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CaseFinderTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String GLOBAL_ID = "01SYNTHETIC00000000000000C";

    private final List<ObjectNode> cases = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private boolean provenEmpty;
    private Set<String> unlinked = Set.of();
    private String ignoredFilter = "none";
    private int failingSearches;

    private ObjectNode theCase(String id, String caseId, String oscarNumber) {
        ObjectNode theCase = JSON.createObjectNode()
                .put("id", id)
                .put("case_id", caseId)
                .put("oscar_number", oscarNumber)
                .put("enabled", true)
                .put("record_state", true);
        cases.add(theCase);
        return theCase;
    }

    private FoundCase find(String linked, String externalId, String globalId) {
        asked.clear();
        CaseFinder finder = new CaseFinder(Optional.ofNullable(linked), externalId, globalId, unlinked, provenEmpty);
        while (finder.ask().isPresent()) {
            CaseFinder.Question question = finder.ask().get();
            asked.add(question.path() + (question.query().isEmpty() ? "" : "?" + question.query()));
            answer(finder, question);
        }
        return finder.result().orElseThrow();
    }

    private void answer(CaseFinder finder, CaseFinder.Question question) {
        if (question.query().isEmpty()) {
            Optional<ObjectNode> byId = cases.stream()
                    .filter(row ->
                            question.path().equals("/cases/" + row.get("id").asText()))
                    .findFirst();
            byId.ifPresentOrElse(row -> finder.answered(JSON.createObjectNode().set("data", row)), finder::notFound);
            return;
        }
        String[] filter = question.query().split("&", 2)[0].split("=", 2);
        List<ObjectNode> found = new ArrayList<>(cases);
        if (!filter[0].equals("page") && !filter[0].equals(ignoredFilter)) {
            found.removeIf(row -> !row.path(filter[0]).asText().equals(filter[1]));
        }
        if (!filter[0].equals("page") && failingSearches-- > 0) {
            found.clear();
        }
        ObjectNode answer = JSON.createObjectNode();
        answer.putArray("data").addAll(found);
        answer.putObject("metadata").put("total", found.size()).put("per", 20);
        finder.answered(answer);
    }

    @Test
    void a_case_that_a_person_has_unlinked_counts_as_not_there() {
        theCase("a1", "c1", GLOBAL_ID);
        unlinked = Set.of("a1");
        assertThat(find(null, "c1", GLOBAL_ID))
                .isInstanceOfSatisfying(
                        FoundCase.Park.class, park -> assertThat(park.code()).isEqualTo("unlinked"));
        assertThat(find(null, "", GLOBAL_ID)).isInstanceOf(FoundCase.Park.class);

        JsonNode other = theCase("a2", "c2", GLOBAL_ID);
        assertThat(find(null, "c1", GLOBAL_ID)).isEqualTo(new FoundCase.Found(other, FoundCase.By.OSCAR_NUMBER));
    }

    @Test
    void no_case_is_made_under_the_id_of_one_that_a_person_has_unlinked() {
        theCase("a2", "c2", "another");
        assertThat(find(null, "", GLOBAL_ID)).isInstanceOf(FoundCase.CreateWith.class);
        unlinked = Set.of(NameBasedId.ofCase(GLOBAL_ID));
        assertThat(find(null, "", GLOBAL_ID))
                .isInstanceOfSatisfying(
                        FoundCase.Park.class, park -> assertThat(park.code()).isEqualTo("unlinked"));
    }

    @Test
    void the_linked_case_is_read_by_its_id_and_nothing_else_is_asked() {
        JsonNode linked = theCase("a1", "c1", GLOBAL_ID);
        theCase("a2", "c1", GLOBAL_ID);
        assertThat(find("a1", "c1", GLOBAL_ID)).isEqualTo(new FoundCase.Found(linked, FoundCase.By.LINK));
        assertThat(asked).containsExactly("/cases/a1");
    }

    @Test
    void the_external_id_goes_before_the_number_and_a_blank_key_is_never_asked_for() {
        JsonNode byCaseId = theCase("a1", "c1", "other");
        JsonNode byNumber = theCase("a2", "c2", GLOBAL_ID);
        assertThat(find(null, "c1", GLOBAL_ID)).isEqualTo(new FoundCase.Found(byCaseId, FoundCase.By.CASE_ID));
        for (String blank : new String[] {"", null, " "}) {
            assertThat(find(null, blank, GLOBAL_ID))
                    .isEqualTo(new FoundCase.Found(byNumber, FoundCase.By.OSCAR_NUMBER));
            assertThat(asked).containsExactly("/cases?oscar_number=" + GLOBAL_ID + "&page=1&per=20");
            assertThat(find(null, "c1", blank)).isEqualTo(new FoundCase.Found(byCaseId, FoundCase.By.CASE_ID));
            assertThat(find(null, blank, blank))
                    .isInstanceOfSatisfying(FoundCase.Park.class, park -> assertThat(park.code())
                            .isEqualTo("no-key"));
            assertThat(asked).isEmpty();
        }
    }

    @Test
    void an_external_id_that_primero_does_not_know_is_followed_by_the_number_and_never_by_a_new_case() {
        JsonNode byNumber = theCase("a2", "c2", GLOBAL_ID);
        assertThat(find(null, "unknown", GLOBAL_ID))
                .isEqualTo(new FoundCase.Found(byNumber, FoundCase.By.OSCAR_NUMBER));
        assertThat(code(find(null, "unknown", "number"))).isEqualTo("case-not-found");
        assertThat(code(find("gone", "", "number"))).isEqualTo("case-not-found");
    }

    @Test
    void a_case_is_made_only_after_two_empty_searches_and_a_proof_that_there_are_cases() {
        theCase("a1", "c1", "other");
        assertThat(find(null, "", GLOBAL_ID))
                .isEqualTo(new FoundCase.CreateWith("20673dfe-3699-5d80-8602-41f4acbb6eef"));
        assertThat(asked)
                .containsExactly(
                        "/cases?oscar_number=" + GLOBAL_ID + "&page=1&per=20",
                        "/cases?oscar_number=" + GLOBAL_ID + "&page=1&per=20",
                        "/cases?page=1&per=1&fields=id");
        cases.clear();
        assertThatThrownBy(() -> find(null, "", GLOBAL_ID)).isInstanceOf(AnswerLost.class);
        provenEmpty = true;
        assertThat(find(null, "", GLOBAL_ID)).isInstanceOf(FoundCase.CreateWith.class);
    }

    @Test
    void a_search_that_failed_silently_once_makes_no_second_case_and_parks_nothing() {
        JsonNode there = theCase("a1", "c1", GLOBAL_ID);
        failingSearches = 1;
        assertThat(find(null, "", GLOBAL_ID)).isEqualTo(new FoundCase.Found(there, FoundCase.By.OSCAR_NUMBER));
        failingSearches = 2;
        assertThat(find(null, "c1", GLOBAL_ID)).isEqualTo(new FoundCase.Found(there, FoundCase.By.CASE_ID));
    }

    @Test
    void d26_a_vanished_filter_never_leads_to_a_strangers_case() {
        theCase("a1", "c1", "other");
        ignoredFilter = "oscar_number";
        assertThat(code(find(null, "", GLOBAL_ID))).isEqualTo("filter-ignored");
        JsonNode ours = theCase("a2", "c2", GLOBAL_ID);
        assertThat(code(find(null, "", GLOBAL_ID))).isEqualTo("filter-ignored");
        ignoredFilter = "case_id";
        assertThat(find(null, "c2", "number")).isEqualTo(new FoundCase.Found(ours, FoundCase.By.CASE_ID));
        assertThat(find(null, "unknown", GLOBAL_ID)).isEqualTo(new FoundCase.Found(ours, FoundCase.By.OSCAR_NUMBER));
        assertThat(code(find(null, "unknown", "number"))).isEqualTo("filter-ignored");
    }

    @Test
    void d27_two_enabled_cases_are_a_persons_turn_and_disabled_ones_do_not_count() {
        ObjectNode kept = theCase("a1", "c1", GLOBAL_ID);
        ObjectNode second = theCase("a2", "c2", GLOBAL_ID);
        assertThat(find(null, "", GLOBAL_ID))
                .isEqualTo(new FoundCase.Park("two-cases", "more than one case has this oscar_number: a1 and a2"));
        second.put("record_state", false);
        assertThat(find(null, "", GLOBAL_ID)).isEqualTo(new FoundCase.Found(kept, FoundCase.By.OSCAR_NUMBER));
        assertThat(find("a2", "", GLOBAL_ID)).isEqualTo(new FoundCase.Found(kept, FoundCase.By.OSCAR_NUMBER));
        kept.put("enabled", false);
        assertThat(find(null, "", GLOBAL_ID))
                .isEqualTo(new FoundCase.Park(
                        "two-cases", "more than one case has the client's keys, all of them disabled: a1 and a2"));
    }

    @Test
    void a_disabled_case_is_found_if_it_is_the_only_one() {
        ObjectNode only = theCase("a1", "c1", GLOBAL_ID).put("record_state", false);
        assertThat(find(null, "", GLOBAL_ID)).isEqualTo(new FoundCase.Found(only, FoundCase.By.OSCAR_NUMBER));
        assertThat(find("a1", "c1", GLOBAL_ID)).isEqualTo(new FoundCase.Found(only, FoundCase.By.LINK));
    }

    @Test
    void keys_are_encoded_and_nothing_personal_is_shown() {
        theCase("a1", "c1", "other");
        CaseFinder finder = new CaseFinder(Optional.empty(), "c1&per=1 +", "", Set.of(), false);
        assertThat(finder.ask().orElseThrow().query()).startsWith("case_id=c1%26per%3D1%20%2B&");
        assertThat(finder.ask().toString()).doesNotContain("c1");
    }

    @Test
    void another_case_than_the_one_asked_for_is_no_answer() {
        CaseFinder finder = new CaseFinder(Optional.of("a1"), "", "", Set.of(), false);
        JsonNode other =
                JSON.createObjectNode().set("data", JSON.createObjectNode().put("id", "a2"));
        assertThatThrownBy(() -> finder.answered(other)).isInstanceOf(AnswerLost.class);
    }

    private static String code(FoundCase found) {
        return ((FoundCase.Park) found).code();
    }
}
