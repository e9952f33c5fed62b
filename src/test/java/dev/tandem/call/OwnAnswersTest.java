package dev.tandem.call;

import static dev.tandem.call.CallBench.setback;
import static dev.tandem.call.ScriptedServer.json;
import static dev.tandem.call.ScriptedServer.reply;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tandem.outcome.AnswerLost;
import dev.tandem.outcome.NotSent;
import dev.tandem.outcome.Refused;
import dev.tandem.outcome.Setback;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the systems themselves answer, and that nothing else is taken for it (protocol 3). */
class OwnAnswersTest {
    private static final String SAVED = "{'message':'Record saved.'}";
    private static final String PAGE_2 = "{'data':[{'id':'a'}],'metadata':{'total':21,'per':20,'page':2}}";

    private static final ScriptedServer.Reply SIGNED_IN =
            json(200, "{}", "access-token: t", "client: c", "uid: sync@example.org", "expiry: 4102444800");

    enum Kind {
        CASE("primero", "GET", "/api/v2/cases/a", null, "{'data':{'id':'a','enabled':true}}"),
        CHANGED_CASE("primero", "PATCH", "/api/v2/cases/a", "{'data':{'age':9}}", "{'data':{'id':'a'}}"),
        NEW_CASE("primero", "POST", "/api/v2/cases", "{'data':{'id':'a'}}", "{'data':{'id':'a'}}"),
        CASES("primero", "GET", "/api/v2/cases?page=2&per=20", null, PAGE_2),
        USERS("primero", "GET", "/api/v2/users?page=2&per=20", null, PAGE_2),
        REFERRALS("primero", "GET", "/api/v2/cases/a/referrals", null, "{'data':[{'id':'r','record_id':'a'}]}"),
        DECISION(
                "primero",
                "PATCH",
                "/api/v2/cases/a/referrals/r",
                "{'data':{'status':'accepted'}}",
                "{'data':{'id':'r','status':'accepted'}}"),
        UPSERT(
                "oscar",
                "POST",
                "/api/v1/organizations/clients/upsert",
                "{'organization':{'external_id':'a'}}",
                "{'external_id':'a','message':'Record saved.'}"),
        LINKS("oscar", "PUT", "/api/v1/organizations/clients/update_links", "{'data':[{'external_id':'a'}]}", SAVED),
        STATUSES(
                "oscar",
                "PUT",
                "/api/v1/organizations/referrals/update_statuses",
                "{'data':[{'referral_id':1}]}",
                SAVED),
        TOKEN("oscar", "GET", "/api/v1/admin_auth/validate_token", null, "{'success':true,'data':{'id':4}}");

        private final String system;
        private final String method;
        private final String target;
        private final String sent;
        private final String answer;

        Kind(String system, String method, String target, String sent, String answer) {
            this.system = system;
            this.method = method;
            this.target = target;
            this.sent = sent;
            this.answer = answer;
        }
    }

    private static ScriptedServer server;
    private static CallBench bench;

    @BeforeAll
    static void start() {
        server = ScriptedServer.always(ScriptedServer.NO_CONTENT);
        bench = CallBench.settings()
                .primero(server.url())
                .oscar(URI.create("http://localhost:" + server.port()))
                .start();
    }

    @AfterAll
    static void stop() throws Exception {
        bench.close();
        server.close();
    }

    private static Exchange answered(Kind kind, ScriptedServer.Reply reply) throws Exception {
        server.script(request -> request.target().contains("sign_in") ? SIGNED_IN : reply);
        return call(bench, kind, "record");
    }

    private static Exchange call(CallBench bench, Kind kind, String record) throws Exception {
        Map<String, Object> headers = new HashMap<>();
        String[] target = kind.target.split("\\?");
        headers.put("CamelHttpMethod", kind.method);
        headers.put("CamelHttpPath", target[0]);
        headers.put("TandemRecord", record);
        if (target.length > 1) {
            headers.put("CamelHttpQuery", target[1]);
        }
        return bench.request("direct:call-" + kind.system, headers, kind.sent == null ? null : read(kind.sent));
    }

    private static String quoted(String json) {
        return json.replace('\'', '"');
    }

    private static JsonNode read(String json) throws Exception {
        return new JsonMapper().readTree(quoted(json));
    }

    static Stream<Arguments> successes() {
        return Stream.concat(
                Stream.of(Kind.values()).map(kind -> Arguments.of(kind, kind.answer)),
                Stream.of(
                        Arguments.of(Kind.CASES, "{'data':[],'metadata':{'total':20,'per':20,'page':2}}"),
                        Arguments.of(Kind.CASES, "{'data':[],'metadata':{'total':0,'per':20,'page':2}}"),
                        Arguments.of(Kind.REFERRALS, "{'data':[]}")));
    }

    @ParameterizedTest
    @MethodSource("successes")
    void its_own_success_is_one(Kind kind, String body) throws Exception {
        Exchange done = answered(kind, json(200, quoted(body)));
        assertThat(done.getException()).isNull();
        assertThat(done.getMessage().getBody()).isEqualTo(read(body));
    }

    @Test
    void a_new_case_is_answered_with_nothing() throws Exception {
        Exchange done = answered(Kind.NEW_CASE, ScriptedServer.NO_CONTENT);
        assertThat(done.getException()).isNull();
        assertThat(done.getProperty(Answers.STATUS)).isEqualTo(204);
        assertThat(done.getMessage().getBody()).isNull();
    }

    static Stream<Arguments> others() {
        List<String> anybodys = List.of(
                "{'status':'maintenance'}",
                "{}",
                "[]",
                "{'data':{}}",
                "{'data':{'id':'b'}}",
                "{'data':[{'id':'b','record_id':'b'}]}",
                "{'data':[{'id':'a'}],'metadata':{'total':21,'per':20,'page':1}}",
                "{'data':[],'metadata':{'total':21,'per':20,'page':2}}",
                "{'metadata':{'total':21,'per':20,'page':2}}",
                "{'success':false,'data':{}}",
                "{'message':'Saved'}",
                "{'external_id':'b','message':'Record saved.'}",
                "{'errors':['You need to sign in or sign up before continuing.']}");
        return Stream.of(Kind.values()).flatMap(kind -> anybodys.stream().map(body -> Arguments.of(kind, body)));
    }

    @ParameterizedTest
    @MethodSource("others")
    void any_other_json_is_a_lost_answer(Kind kind, String body) throws Exception {
        // A change of links or statuses names nothing that could come back but its literal message.
        if (List.of(Kind.LINKS, Kind.STATUSES).contains(kind) && body.contains("Record saved.")) {
            return;
        }
        assertThat(setback(answered(kind, json(200, quoted(body)))))
                .isInstanceOf(AnswerLost.class)
                .hasFieldOrPropertyWithValue("code", "other-answer");
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 202, 203, 206, 302, 304})
    void nor_is_another_status_a_success_whatever_it_says(int status) throws Exception {
        for (Kind kind : Kind.values()) {
            assertThat(setback(answered(kind, json(status, quoted(kind.answer)))))
                    .as("%s %s", kind, status)
                    .isInstanceOf(AnswerLost.class);
        }
    }

    @Test
    void nothing_at_all_is_a_lost_answer_where_a_body_is_due() throws Exception {
        for (Kind kind : Kind.values()) {
            if (kind != Kind.NEW_CASE) {
                assertThat(setback(answered(kind, ScriptedServer.NO_CONTENT)))
                        .as("%s", kind)
                        .isInstanceOf(AnswerLost.class)
                        .hasFieldOrPropertyWithValue("code", "empty-answer");
            }
            assertThat(setback(answered(kind, json(200, ""))))
                    .isInstanceOf(AnswerLost.class)
                    .hasFieldOrPropertyWithValue("code", "empty-answer");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CASE | 404 | {'errors':[{'status':404,'resource':'/api/v2/cases/a','message':'Not Found'}]}",
                "CHANGED_CASE | 403 | {'errors':[{'status':403,'resource':'/api/v2/cases/a','message':'Forbidden'}]}",
                "CHANGED_CASE | 422 | {'errors':[{'status':422,'detail':['/age'],'message':'Invalid Record JSON'}]}",
                "NEW_CASE | 409 | {'errors':[{'status':409,'resource':'/api/v2/cases','message':'Conflict'}]}",
                "UPSERT | 422 | {'external_id':'a','message':{'services':['translation missing: en.x']}}",
                "UPSERT | 422 | {'message':'Record error. Please check OSCaR logs for details.'}",
                "STATUSES | 422 | {'error':'x','message':'Record error. Please check OSCaR logs for details.'}"
            })
    void a_refusal_in_the_systems_own_envelope_is_its_own(Kind kind, int status, String body) throws Exception {
        assertThat(setback(answered(kind, json(status, quoted(body)))))
                .isInstanceOf(Refused.class)
                .hasFieldOrPropertyWithValue("code", "http-" + status)
                .hasFieldOrPropertyWithValue("status", status);
    }

    static Stream<Arguments> strangers() {
        return Stream.of(
                        400, 402, 403, 404, 405, 406, 407, 408, 410, 411, 412, 413, 414, 415, 416, 417, 418, 421, 422,
                        423, 424, 425, 426, 428, 431, 451, 499)
                .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("strangers")
    void any_other_4xx_is_named_by_who_answered_and_never_parks_by_itself(int status) throws Exception {
        boolean neverLetIn = List.of(405, 407, 411, 413, 414, 421, 425, 431).contains(status);
        for (ScriptedServer.Reply reply : List.of(
                reply(status, "default backend - 404", List.of("Content-Type: text/plain")),
                reply(status, "<html>blocked</html>", List.of("Content-Type: text/html")),
                json(status, "{\"message\":\"Forbidden\",\"status\":\"x\",\"external_id\":\"someone-else\"}"),
                json(status, "{\"errors\":[{\"code\":\"blocked\"}]}"),
                json(status, ""))) {
            for (Kind kind : List.of(Kind.UPSERT, Kind.CASE)) {
                Setback setback = setback(answered(kind, reply));
                assertThat(setback.code()).isEqualTo("http-" + status + "-not-" + kind.system);
                assertThat(setback).isInstanceOf(neverLetIn ? NotSent.class : AnswerLost.class);
                assertThat(setback).hasMessageContaining(status + " from something that is not " + kind.system);
            }
        }
    }

    @Test
    void record_was_found_is_told_by_its_keys_in_any_language() throws Exception {
        for (String body : List.of(
                "{'external_id':'a','message':'Record was found.','errors':{}}",
                "{'external_id':'a','message':'រកឃើញ','errors':{'global_id':'x'}}")) {
            assertThat(setback(answered(Kind.UPSERT, json(422, quoted(body)))))
                    .isInstanceOf(Refused.class)
                    .hasFieldOrPropertyWithValue("code", "record-was-found");
        }
        assertThat(setback(
                        answered(Kind.UPSERT, json(422, quoted("{'external_id':'a','message':'Record was found.'}")))))
                .hasFieldOrPropertyWithValue("code", "http-422");
    }

    @Test
    void oscars_refusal_names_the_keys_of_its_message() throws Exception {
        String body = "{'external_id':'a','message':{'name_of_referee':['can not be blank'],"
                + "'services':['មិនអាចទទេ'],'Sokha Planted':['x']}}";
        assertThat(((Refused) setback(answered(Kind.UPSERT, json(422, quoted(body))))).fields())
                .containsExactly("name_of_referee", "services");
    }

    @Test
    void two_different_records_that_meet_a_stranger_mean_that_the_system_is_down_and_one_alone_does_not()
            throws Exception {
        try (ScriptedServer server = ScriptedServer.always(
                        reply(404, "default backend - 404", List.of("Content-Type: text/plain")));
                CallBench bench = CallBench.primeroAt(server.url())) {
            for (int i = 0; i < 30; i++) {
                assertThat(setback(call(bench, Kind.CASE, "one")).code()).isEqualTo("http-404-not-primero");
            }
            for (int i = 0; i < 10; i++) {
                assertThat(setback(call(bench, Kind.CASE, "two" + i)).code()).isEqualTo("http-404-not-primero");
            }
            assertThat(setback(call(bench, Kind.CASE, "one")).code()).isEqualTo("breaker-open");
        }
    }
}
