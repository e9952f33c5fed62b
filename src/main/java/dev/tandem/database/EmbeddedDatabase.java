package dev.tandem.database;

import dev.tandem.settings.Database;
import org.h2.store.fs.FilePath;

/** How the embedded H2 is opened, so that what it has committed stays committed. */
public final class EmbeddedDatabase {
    private static final String H2 = "jdbc:h2:";
    private static final String IN_FILE = "jdbc:h2:file:";
    private static final String IN_MEMORY = "jdbc:h2:mem:";

    /**
     * What H2 does by default, and would do harm here: it delays the writing of a commit by half a second, so that a killed
     * process would forget what it intended; it closes itself when the JVM is asked to stop, so that an orderly stop could not
     * write its end; it keeps eight parsed statements a connection, fewer than one delivery uses; its trace file quotes the
     * values of a statement that failed; and it compacts its file only at the close, for a fifth of a second, which is too short
     * for a file that is fifty times what it holds.
     */
    private static final String OPTIONS =
            ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;MAX_COMPACT_TIME=5000;QUERY_CACHE_SIZE=200;TRACE_LEVEL_FILE=0";

    /**
     * For how long what has been written anew keeps its old place too. H2's 45 s are for disks that get a write half a minute
     * late; meanwhile a busy ledger's file grows by each commit.
     */
    private static final String ON_DISK_AT_ONCE = ";RETENTION_TIME=5000";

    private EmbeddedDatabase() {}

    public static Durability durability(Database database) {
        return database.isPostgresql() || !database.forced() ? Durability.ITS_OWN : LedgerFiles::force;
    }

    /** As its owner opens it. */
    static String url(Database database) {
        boolean onDisk = database.forced() && !database.url().startsWith(IN_MEMORY);
        return address(database) + (onDisk ? ON_DISK_AT_ONCE : "") + OPTIONS;
    }

    /** The same without what only its owner may set: H2 knows a database that is open by the name it was opened by. */
    public static String address(Database database) {
        String url = database.url();
        if (url.startsWith(IN_MEMORY)) {
            return url;
        }
        FilePath.register(new LedgerFiles());
        return H2 + LedgerFiles.SCHEME + ":" + url.substring((url.startsWith(IN_FILE) ? IN_FILE : H2).length());
    }
}
