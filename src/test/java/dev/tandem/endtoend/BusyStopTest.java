package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.tandem.operation.Operations;
import dev.tandem.sandbox.http.Fault;
import dev.tandem.sandbox.http.FreePort;
import dev.tandem.sandbox.oscar.ClientForm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A service that is told to stop while it has its hands full. */
class BusyStopTest {
    private static final int REFERRALS = 40;
    private static final Logger TANDEM = (Logger) LoggerFactory.getLogger("dev.tandem");
    private static final List<Logger> LOGGERS = List.of(TANDEM, (Logger) LoggerFactory.getLogger("org.apache.camel"));

    @TempDir
    Path directory;

    @Test
    void a_stop_in_the_middle_of_work_finishes_what_is_in_work_and_leaves_the_rest_for_the_next_start() {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.setContext(TANDEM.getLoggerContext());
        log.start();
        LOGGERS.forEach(logger -> logger.addAppender(log));
        try (Bench bench = new Bench(directory)) {
            bench.with("tandem.http.port", String.valueOf(FreePort.any()))
                    .with("tandem.management.port", String.valueOf(FreePort.any()));
            bench.oscar.worker("gpc").newClient(ClientForm.named("Somebody", "Else"));
            for (int i = 0; i < REFERRALS; i++) {
                var worker = bench.primero.worker();
                String caseId = worker.newCase(Children.of("Dara", "Example"));
                String row = worker.addService(caseId, Children.referral("counselling_trauma", "agency-cif"));
                worker.refer(caseId, row, "agency-cif-user", "Example note");
            }
            bench.adopt();
            var slow = bench.oscar
                    .faults()
                    .every("POST", "/api/v1/organizations/clients/upsert", Fault.latency(Duration.ofMillis(300)));

            try (Operations service = bench.open()) {
                CompletableFuture<Integer> running = CompletableFuture.supplyAsync(service::run);
                await().atMost(Duration.ofMinutes(1)).until(() -> sent(bench) > 0);
                service.stop();

                assertThat(running).succeedsWithin(Duration.ofMinutes(1)).isEqualTo(0);
            }
            assertThat(sent(bench)).as("stopped in the middle").isLessThan(REFERRALS);
            assertThat(log.list.stream()
                            .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                            .map(ILoggingEvent::getFormattedMessage))
                    .filteredOn(words -> !words.contains("payload key"))
                    .isEmpty();

            slow.remove();
            bench.sync();
            assertThat(sent(bench)).isEqualTo(REFERRALS);
        } finally {
            LOGGERS.forEach(logger -> logger.detachAppender(log));
        }
    }

    private static int sent(Bench bench) {
        return bench.oscar.checks().referrals("cif").size();
    }
}
