package dev.tandem.database;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * Connections for SQL that others have written: one query at a time, in a read-only transaction that no query can end. Nothing
 * of the driver but the interfaces of JDBC can be reached through them.
 */
public final class ReadOnlySource implements DataSource {
    /** Where a connection comes from. */
    @FunctionalInterface
    public interface Origin {
        Connection connect() throws SQLException;
    }

    private static final List<Class<?>> GUARDED =
            List.of(Connection.class, Statement.class, ResultSet.class, DatabaseMetaData.class);
    private static final Pattern QUERY =
            Pattern.compile("[\\s(]*(select|with|values|table)\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern END = Pattern.compile("[;\\s]+\\z");
    private static final String SYNTAX_OR_RIGHTS = "42000";

    /** What may be asked of a connection, besides its state. */
    private static final Set<String> OF_A_CONNECTION =
            Set.of("createStatement", "prepareStatement", "clearWarnings", "commit", "rollback", "close");

    private final Origin origin;

    public ReadOnlySource(Origin origin) {
        this.origin = origin;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = origin.connect();
        try {
            connection.setReadOnly(true);
            // Each transaction then begins as a read-only one, whatever a query has set as the default of the session.
            connection.setAutoCommit(false);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return (Connection) guarded(connection, Connection.class);
    }

    private static Object guarded(Object behind, Class<?> type) {
        return Proxy.newProxyInstance(
                ReadOnlySource.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> call(behind, proxy, method, arguments));
    }

    private static Object call(Object behind, Object proxy, Method method, Object[] arguments) throws Throwable {
        switch (method.getName()) {
            case "equals" -> {
                return proxy == arguments[0];
            }
            case "toString" -> {
                return "(reports)";
            }
            case "isWrapperFor" -> {
                return false;
            }
            case "unwrap" -> throw refused("a route cannot reach the driver behind the reports");
            default -> {}
        }
        if (behind instanceof Connection && !isHarmless(method.getName())) {
            throw refused("a connection of the reports has no " + method.getName());
        }
        Object[] given = arguments;
        if (isGivenSql(method)) {
            given = arguments.clone();
            given[0] = query((String) arguments[0]);
        }
        try {
            Object result = method.invoke(behind, given);
            return GUARDED.stream().anyMatch(type -> type.isInstance(result))
                    ? guarded(result, method.getReturnType())
                    : result;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static boolean isHarmless(String method) {
        return method.startsWith("get")
                || method.startsWith("is")
                || method.equals("hashCode")
                || OF_A_CONNECTION.contains(method);
    }

    private static boolean isGivenSql(Method method) {
        boolean takesText = method.getParameterCount() > 0 && method.getParameterTypes()[0] == String.class;
        return takesText
                && (method.getName().startsWith("prepare")
                        || method.getName().startsWith("execute")
                        || method.getName().equals("addBatch"));
    }

    /** A semicolon is refused wherever it stands: what ends a statement is for the database to say, and each sees it otherwise. */
    private static String query(String sql) throws SQLException {
        String one = END.matcher(sql).replaceFirst("");
        if (!QUERY.matcher(one).matches() || one.indexOf(';') >= 0) {
            throw refused(
                    "a report is one statement that begins with select, with, values or table, without a semicolon"
                            + " (in a text, write it as a function: chr(59) on PostgreSQL, char(59) on H2)");
        }
        return one;
    }

    private static SQLException refused(String why) {
        return new SQLException(why, SYNTAX_OR_RIGHTS);
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw refused("the reports have a user of their own");
    }

    @Override
    public PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw refused("a route cannot reach the driver behind the reports");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
