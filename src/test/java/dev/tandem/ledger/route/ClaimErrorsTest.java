package dev.tandem.ledger.route;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.TestDatabase;
import dev.tandem.ledger.links.Mark;
import dev.tandem.ledger.storage.LedgerSettings;
import dev.tandem.ledger.storage.Seal;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is no exception ends neither the claims of a flow nor a place among its workers. */
class ClaimErrorsTest {
    private static final String FLOW = "primero-to-oscar";

    private final HikariDataSource database = TestDatabase.H2.fresh();
    private final AtomicInteger errors = new AtomicInteger();
    private final CountDownLatch worked = new CountDownLatch(3);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void an_error_while_claiming_and_one_in_work_leave_the_flow_going() throws Exception {
        Ledger ledger = Ledger.open(failing(), LedgerSettings.defaults(), new Seal(new byte[32], Optional.empty()));
        ledger.initialise("adopt", Optional.empty());
        ledger.marks().mark(FLOW, List.of(aMark(ledger, "a"), aMark(ledger, "b"), aMark(ledger, "c")));
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            LedgerComponent component = context.getComponent("ledger", LedgerComponent.class);
            component.use(ledger, 1);
            component.atClaim((exchange, work) -> {
                worked.countDown();
                throw new StackOverflowError();
            });
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("ledger:claim?flow=" + FLOW).to("ledger:settle");
                }
            });
            errors.set(3);
            context.start();
            assertThat(worked.await(60, TimeUnit.SECONDS))
                    .as("the only worker takes one after the other")
                    .isTrue();
        }
        assertThat(errors).hasValue(0);
    }

    /** A database of which the thread that claims gets an error a few times. */
    private DataSource failing() {
        return (DataSource) Proxy.newProxyInstance(
                DataSource.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getConnection")
                            && Thread.currentThread().getName().contains("claims")
                            && errors.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                        throw new StackOverflowError();
                    }
                    try {
                        return method.invoke(database, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static Mark aMark(Ledger ledger, String record) {
        return new Mark(
                record,
                Optional.of("content".getBytes(UTF_8)),
                Optional.empty(),
                Optional.empty(),
                ledger.clock().now(),
                Optional.empty(),
                Optional.empty());
    }
}
