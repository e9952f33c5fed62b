package dev.tandem.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.contract.oscar.OscarContract;
import dev.tandem.contract.oscar.OscarServer;
import dev.tandem.contract.primero.Primero;
import dev.tandem.contract.primero.PrimeroContract;
import dev.tandem.sandbox.primero.Version;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The simulators are as the contracts say, clause by clause. */
class ContractSuiteTest {
    @TestFactory
    Stream<DynamicTest> primero_2_14() {
        return tests(PrimeroContract.all(), () -> Primero.simulated(Version.V2_14, UnaryOperator.identity()));
    }

    @TestFactory
    Stream<DynamicTest> primero_2_15() {
        return tests(PrimeroContract.all(), () -> Primero.simulated(Version.V2_15, UnaryOperator.identity()));
    }

    @TestFactory
    Stream<DynamicTest> oscar_with_the_hook_masked() {
        return tests(OscarContract.all(), () -> OscarServer.simulated(false, UnaryOperator.identity()));
    }

    @TestFactory
    Stream<DynamicTest> oscar_at_its_head() {
        return tests(OscarContract.all(), () -> OscarServer.simulated(true, UnaryOperator.identity()));
    }

    private static Stream<DynamicTest> tests(List<Check> checks, Supplier<? extends AutoCloseable> servers) {
        return checks.stream()
                .map(check -> DynamicTest.dynamicTest(check.toString(), () -> {
                    try (AutoCloseable server = servers.get()) {
                        Outcome outcome = check.ask(server);
                        assertThat(outcome).isNotInstanceOf(Outcome.Different.class);
                    }
                }));
    }

    @Test
    void every_clause_has_an_id_of_its_own() {
        List<String> ids = Stream.concat(PrimeroContract.all().stream(), OscarContract.all().stream())
                .map(Check::id)
                .toList();
        assertThat(ids).doesNotHaveDuplicates().hasSizeGreaterThan(100);
    }
}
