package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.operation.Operation;
import dev.tandem.operation.Operations;
import dev.tandem.operation.report.SyncReport;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A first sync, or an edit, writes to {@code tandem.brake} records, and to the others when a person has looked at those. */
class BrakedSyncsTest {
    private static final String NGO = Everything.NGO;

    @TempDir
    Path directory;

    @Test
    void the_first_sync_waits_for_a_person_and_a_child_referred_meanwhile_does_not() {
        try (Bench bench = new Bench(directory).with("tandem.brake", "2")) {
            new Crowd(bench, 5, 1);
            bench.adopt();

            SyncReport first = bench.sync();

            assertThat(arrived(bench)).isEqualTo(2);
            assertThat(first.exitCode()).as("waiting, and listed").isZero();
            assertThat(first.reasons()).anySatisfy(reason -> {
                assertThat(reason.code()).isEqualTo("braked");
                assertThat(reason.count()).isEqualTo(3);
                assertThat(reason.words()).contains("approve");
            });

            new Crowd(bench, 1, 0);
            bench.sync();
            assertThat(arrived(bench)).as("the day's work goes on").isEqualTo(3);

            assertThat(approved(bench)).containsExactly("first-sync:primero-to-oscar", 3L);
            bench.sync();
            assertThat(arrived(bench)).isEqualTo(6);
        }
    }

    @Test
    void an_edit_that_lets_many_go_waits_for_a_person_and_a_child_referred_meanwhile_does_not() {
        try (Bench bench = new Bench(directory)) {
            EditedCopy copy = new EditedCopy(directory);
            copy.of(bench).primero.worker().newCase(Children.of("Somebody", "Else"));
            Path owners = copy.mappings.resolve("code-lists/province-owners.csv");
            String row = copy.takeOut(owners, "19,");
            copy.forgetExamplesWith("");
            new Crowd(bench, 0, 5);
            bench.adopt();
            assertThat(bench.sync().reasons()).anyMatch(reason -> reason.code().equals("unmapped-code"));

            copy.write(owners, copy.read(owners) + row + "\n");
            bench.with("tandem.brake", "2");
            SyncReport edited = bench.sync();

            assertThat(made(bench)).isEqualTo(2);
            assertThat(edited.reasons()).anySatisfy(reason -> {
                assertThat(reason.code()).isEqualTo("braked");
                assertThat(reason.count()).isEqualTo(3);
            });
            new Crowd(bench, 1, 0);
            bench.sync();
            assertThat(arrived(bench)).as("the day's work goes on").isEqualTo(1);

            assertThat(approved(bench))
                    .satisfiesExactly(
                            name -> assertThat(name).asString().startsWith("edit:"),
                            effects -> assertThat(effects).isEqualTo(3L));
            assertThat(bench.sync().exitCode()).isZero();
            assertThat(made(bench)).isEqualTo(5);
        }
    }

    private static List<Object> approved(Bench bench) {
        try (Operations operations = bench.open()) {
            return operations.ask(Operation.APPROVE, new Operation.Approval("a person")).approved().stream()
                    .flatMap(each -> Stream.<Object>of(each.name(), each.effects()))
                    .toList();
        }
    }

    private static long made(Bench bench) {
        return bench.primero.cases().stream()
                .filter(each -> each.path("owned_by").asText().equals("mgrstg"))
                .count();
    }

    private static long arrived(Bench bench) {
        return bench.oscar.checks().referrals(NGO).stream()
                .filter(referral -> referral.received())
                .count();
    }
}
