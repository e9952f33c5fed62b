package dev.tandem.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.component.quartz.QuartzComponent;
import org.quartz.impl.jdbcjobstore.JobStoreTX;
import org.quartz.impl.jdbcjobstore.PostgreSQLDelegate;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;

/**
 * The schedules of several replicas on one PostgreSQL: each moment is fired by one of them. Quartz goes by the replicas' own
 * clocks; where they differ it may fire twice or late, and then it is the ledger that lets one sweep run, once a moment
 * ({@code ledger:begin-sweep}), and finds what is due ({@link DueSweeps}).
 */
public final class SharedSchedules implements CamelConfiguration {
    private static final String CHECK_IN_MILLIS = "5000";

    /** Quartz keeps its pools by name, one JVM over. */
    private final String pool = "tandem-" + UUID.randomUUID();

    private final DataSource database;

    SharedSchedules(DataSource database) {
        this.database = database;
    }

    @Override
    public void configure(CamelContext context) {
        DBConnectionManager.getInstance().addConnectionProvider(pool, new Pool(database));
        QuartzComponent quartz = context.getComponent("quartz", QuartzComponent.class);
        quartz.setPrefixInstanceName(false);
        quartz.setProperties(Map.ofEntries(
                Map.entry("org.quartz.scheduler.instanceName", "tandem"),
                Map.entry("org.quartz.scheduler.instanceId", "AUTO"),
                Map.entry("org.quartz.scheduler.makeSchedulerThreadDaemon", "true"),
                Map.entry("org.quartz.threadPool.threadCount", "6"),
                Map.entry("org.quartz.threadPool.makeThreadsDaemons", "true"),
                Map.entry("org.quartz.jobStore.class", JobStoreTX.class.getName()),
                Map.entry("org.quartz.jobStore.driverDelegateClass", PostgreSQLDelegate.class.getName()),
                Map.entry("org.quartz.jobStore.useProperties", "true"),
                Map.entry("org.quartz.jobStore.isClustered", "true"),
                Map.entry("org.quartz.jobStore.clusterCheckinInterval", CHECK_IN_MILLIS),
                Map.entry("org.quartz.jobStore.dataSource", pool)));
    }

    /** The ledger's own pool, which others open and close. */
    private record Pool(DataSource database) implements ConnectionProvider {
        @Override
        public Connection getConnection() throws SQLException {
            return database.getConnection();
        }

        @Override
        public void initialize() {}

        @Override
        public void shutdown() {}
    }
}
