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
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** A stop that comes between the commit of a claim and the worker that is to have it. */
class ClaimStopTest {
    private static final String FLOW = "primero-to-oscar";

    private final HikariDataSource database = TestDatabase.H2.fresh();
    private final CountDownLatch claimed = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private volatile boolean interrupted;
    private volatile String logged;

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void a_stop_interrupts_no_claim_and_what_is_claimed_is_worked() throws Exception {
        Ledger ledger = Ledger.open(held(), LedgerSettings.defaults(), new Seal(new byte[32], Optional.empty()));
        ledger.initialise("adopt", Optional.empty());
        ledger.marks().mark(FLOW, List.of(aMark(ledger)));
        DefaultCamelContext context = new DefaultCamelContext();
        context.getComponent("ledger", LedgerComponent.class).use(ledger, 2);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("ledger:claim?flow=" + FLOW)
                        .process(exchange -> logged = MDC.get("flow") + " " + MDC.get("record"))
                        .to("ledger:settle");
            }
        });
        context.start();
        assertThat(claimed.await(60, TimeUnit.SECONDS)).isTrue();

        CompletableFuture<Void> stopping = CompletableFuture.runAsync(context::stop);
        // Until the stop has come as far as it can without the claim.
        while (context.isStarted()) {
            Thread.onSpinWait();
        }
        assertThat(stopping).isNotDone();
        goOn.countDown();

        assertThat(stopping).succeedsWithin(30, TimeUnit.SECONDS);
        assertThat(interrupted).as("interrupted at the database").isFalse();
        assertThat(state()).isEqualTo("settled");
        assertThat(logged).as("what each line of its log names").isEqualTo(FLOW + " a");
    }

    private static Mark aMark(Ledger ledger) {
        return new Mark(
                "a",
                Optional.of("content".getBytes(UTF_8)),
                Optional.empty(),
                Optional.empty(),
                ledger.clock().now(),
                Optional.empty(),
                Optional.empty());
    }

    /** Holds the thread that claims where it gives its connection back, once something is leased. */
    private DataSource held() {
        return (DataSource) proxy(
                DataSource.class,
                database,
                (method, result) -> method.equals("getConnection") ? held((Connection) result) : result);
    }

    private Connection held(Connection connection) {
        return (Connection) proxy(Connection.class, connection, (method, result) -> {
            if (method.equals("close")
                    && Thread.currentThread().getName().contains("claims")
                    && state().equals("leased")) {
                claimed.countDown();
                try {
                    goOn.await(60, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                    Thread.currentThread().interrupt();
                }
            }
            return result;
        });
    }

    private interface After {
        Object did(String method, Object result) throws SQLException;
    }

    private static Object proxy(Class<?> type, Object real, After after) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            try {
                return after.did(method.getName(), method.invoke(real, arguments));
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }

    private String state() throws SQLException {
        try (Connection connection = database.getConnection();
                var rows = connection.createStatement().executeQuery("select state from work_item")) {
            return rows.next() ? rows.getString(1) : "none";
        }
    }
}
