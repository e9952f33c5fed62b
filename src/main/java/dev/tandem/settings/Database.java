package dev.tandem.settings;

import static dev.tandem.settings.Rows.Exposure.PRIVATE;
import static dev.tandem.settings.Rows.Exposure.SECRET;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Where the ledger is.
 *
 * @param url a JDBC address without password
 * @param schema of PostgreSQL; none: the first of the user's search path
 * @param reports the user, on PostgreSQL, as whom routes read the ledger's views
 * @param forced whether a commit of the embedded database is on the disk before it counts
 */
public record Database(
        String url,
        Optional<String> user,
        Optional<Secret> password,
        Optional<String> schema,
        Optional<Reader> reports,
        boolean forced) {
    /** A user of PostgreSQL who may read the ledger's views. */
    public record Reader(String user, Optional<Secret> password) {}

    private static final String POSTGRESQL = "jdbc:postgresql:";
    private static final String H2 = "jdbc:h2:";
    private static final String MEMORY = "mem:";
    private static final String REMEDY =
            "write `jdbc:postgresql://host/database`, or for the embedded one `jdbc:h2:file:./data/tandem`";

    static Database read(Rows rows) {
        return new Database(
                rows.setting(
                        "tandem.db.url",
                        new Type<>("JDBC address", Database::parse),
                        "jdbc:h2:file:./data/tandem",
                        PRIVATE,
                        "The ledger's database: PostgreSQL, or the embedded H2 in a file."),
                rows.optional("tandem.db.user", Type.TEXT, PRIVATE, "The user of the database."),
                rows.optional("tandem.db.password", Type.PASSWORD, SECRET, "The password of this user."),
                rows.optional(
                        "tandem.db.schema",
                        Type.SCHEMA,
                        PRIVATE,
                        "PostgreSQL only: the schema of the ledger, created if it is missing and the user may. Unset: the"
                                + " first one of the user's `search_path`, usually `public`."),
                reports(rows),
                rows.setting(
                        "tandem.db.fsync",
                        Type.FLAG,
                        "true",
                        "Whether the embedded H2 writes each commit to disk before it counts. Switch it off only"
                                + " for trials: a power failure can then make the ledger forget what was sent. PostgreSQL has"
                                + " its own setting."));
    }

    private static Optional<Reader> reports(Rows rows) {
        Optional<String> user = rows.optional(
                "tandem.reports.user",
                Type.TEXT,
                PRIVATE,
                "PostgreSQL only: the user as whom routes read the ledger's views (`jdbc:reports`). Tandem gives it the right"
                        + " to read them. Unset: the user of the database, in read-only transactions; if that is a superuser, a role that Tandem makes.");
        Optional<Secret> password =
                rows.optional("tandem.reports.password", Type.PASSWORD, SECRET, "The password of this user.");
        return user.map(name -> new Reader(name, password));
    }

    public boolean isPostgresql() {
        return isPostgresql(url);
    }

    /** The path of the embedded database without its ending {@code .mv.db}; empty for PostgreSQL and in memory. */
    public Optional<Path> embeddedFile() {
        return embeddedFile(url);
    }

    /** For people: without options, which may hold a login, and with the whole path of a file. */
    public String address() {
        return embeddedFile()
                .map(file -> H2 + "file:" + file.toAbsolutePath().normalize())
                .orElseGet(() -> url.replaceFirst("[?;].*", ""));
    }

    static boolean isPostgresql(String url) {
        return url.startsWith(POSTGRESQL);
    }

    static Optional<Path> embeddedFile(String url) {
        if (!url.startsWith(H2) || path(url).startsWith(MEMORY)) {
            return Optional.empty();
        }
        String path = path(url);
        return Optional.of(
                path.startsWith("~/") ? Path.of(System.getProperty("user.home"), path.substring(2)) : Path.of(path));
    }

    /** The file of the embedded database; none for PostgreSQL and in memory. */
    public Optional<Path> file() {
        return embeddedFile(url).map(path -> path.resolveSibling(path.getFileName() + ".mv.db"));
    }

    private static String path(String h2) {
        String rest = h2.substring(H2.length());
        int options = rest.indexOf(';');
        String path = options < 0 ? rest : rest.substring(0, options);
        return path.startsWith("file:") ? path.substring("file:".length()) : path;
    }

    private static String parse(String text) {
        if (!text.startsWith(POSTGRESQL) && !text.startsWith(H2)) {
            throw new Type.Mismatch("it is no address of PostgreSQL or of the embedded H2", REMEDY);
        }
        if (text.toLowerCase(Locale.ROOT).matches(".*[?&;](ssl)?password=.*")) {
            throw new Type.Mismatch("it holds a password", "give it in `tandem.db.password`, where it is kept secret");
        }
        if (text.startsWith(H2)) {
            String path = path(text);
            // H2 itself refuses a path that is relative without saying so (error 90011).
            if (!path.matches("(mem:|/|\\./|\\.\\./|~/|[A-Za-z]:[/\\\\]).*")) {
                throw new Type.Mismatch(
                        "it names no file of an embedded H2", REMEDY + "; a relative path begins with `./`");
            }
        }
        return text;
    }
}
