package dev.tandem.call;

import static dev.tandem.call.ScriptedServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tandem.sandbox.primero.Options;
import dev.tandem.sandbox.primero.PrimeroSimulator;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** Primero keeps one row of its table of sessions for all our calls, not one for each (contract primero-v2 §11). */
class SessionCookieTest {
    @Test
    void all_basic_calls_share_one_session_row() {
        try (PrimeroSimulator primero =
                        PrimeroSimulator.start(Options.defaults().withUser("sync_svc", "p&w%=1"));
                CallBench bench = CallBench.primeroAt(URI.create(primero.url()))) {
            for (int i = 0; i < 3; i++) {
                assertThat(bench.call("primero", "GET", "/api/v2/cases", null).getException())
                        .isNull();
                bench.call("primero", "GET", "/api/v2/cases/nobody", null);
                bench.call("primero", "POST", "/api/v2/cases", JsonNodeFactory.instance.objectNode());
            }
            assertThat(primero.sessionRows()).isEqualTo(1);
        }
    }

    @Test
    void a_cookie_goes_back_to_its_own_system_only_and_a_refusal_of_the_login_ends_it() throws Exception {
        try (ScriptedServer primero =
                        ScriptedServer.always(json(200, "{\"data\":{}}", "Set-Cookie: _app_session=secret; path=/"));
                ScriptedServer oscar = ScriptedServer.always(json(
                        200,
                        "{\"data\":{}}",
                        "Set-Cookie: _other=x; path=/",
                        "access-token: t",
                        "client: c",
                        "uid: u"));
                CallBench bench = CallBench.settings()
                        .primero(primero.url())
                        .oscar(oscar.url())
                        .start()) {
            for (int i = 0; i < 2; i++) {
                assertThat(bench.get("primero").getException()).isNull();
                assertThat(bench.get("oscar").getException()).isNull();
            }
            assertThat(primero.requests().get(0).headers()).doesNotContainKey("cookie");
            assertThat(primero.requests().get(1).headers()).containsEntry("cookie", "_app_session=secret");
            assertThat(oscar.requests())
                    .allSatisfy(request -> assertThat(request.headers()).doesNotContainKey("cookie"));
            primero.script(request -> json(401, "{\"error\":\"no\"}", "Set-Cookie: _app_session=other; path=/"));
            bench.get("primero");
            bench.gates.reopen("primero");
            primero.script(request -> json(200, "{\"data\":{}}"));
            assertThat(bench.get("primero").getException()).isNull();
            assertThat(primero.requests().get(primero.requests().size() - 1).headers())
                    .doesNotContainKey("cookie");
        }
    }
}
