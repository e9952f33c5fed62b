package dev.tandem.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.contract.oscar.OscarContract;
import dev.tandem.contract.oscar.OscarServer;
import dev.tandem.contract.primero.Primero;
import dev.tandem.contract.primero.PrimeroContract;
import dev.tandem.sandbox.primero.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Each clause sees it when a server answers otherwise: of every clause one answer at a time is exchanged for a wrong one, and
 * at least one of these runs must end as different.
 */
class ContractCanFailTest {
    private static final List<Answer> WRONG = List.of(
            new Answer(200, Map.of("content-type", "application/json"), "{\"data\":{\"id\":\"x\"}}"),
            new Answer(500, Map.of("content-type", "text/html"), "<html></html>"));

    /** Counts the answers, and exchanges the one of that number. */
    private record Exchange(int number, Answer wrong, AtomicInteger seen) implements UnaryOperator<Answer> {
        @Override
        public Answer apply(Answer right) {
            return seen.incrementAndGet() == number ? wrong : right;
        }
    }

    private interface Server extends Function<UnaryOperator<Caller>, AutoCloseable> {}

    private static List<String> blind(List<Check> checks, Server server) throws Exception {
        List<String> blind = new ArrayList<>();
        for (Check check : checks) {
            Exchange none = new Exchange(0, WRONG.get(0), new AtomicInteger());
            ask(check, server, none);
            if (none.seen().get() > 0 && !notices(check, server, none.seen().get())) {
                blind.add(check.id());
            }
        }
        return blind;
    }

    /** The last answer is the one that a clause has come to see; those before may only have led there. */
    private static boolean notices(Check check, Server server, int last) throws Exception {
        for (Answer wrong : WRONG) {
            if (ask(check, server, new Exchange(last, wrong, new AtomicInteger())) instanceof Outcome.Different) {
                return true;
            }
        }
        return false;
    }

    private static Outcome ask(Check check, Server servers, Exchange exchange) throws Exception {
        try (AutoCloseable server = servers.apply(caller -> caller.distorted(exchange))) {
            return check.ask(server);
        }
    }

    @Test
    void no_clause_about_primero_takes_any_answer() throws Exception {
        assertThat(blind(PrimeroContract.all(), through -> Primero.simulated(Version.V2_14, through)))
                .isEmpty();
    }

    @Test
    void no_clause_about_oscar_takes_any_answer() throws Exception {
        assertThat(blind(OscarContract.all(), through -> OscarServer.simulated(false, through)))
                .isEmpty();
    }
}
