package dev.tandem;

import java.util.List;

/**
 * The packages, from the top down: what each is about, and which others it may know. {@link ArchitectureTest} holds the code to it;
 * docs/develop/packages.md is made from it.
 */
record Room(String name, String purpose, List<String> mayKnow) {
    private static final String[] LEDGER = {
        "ledger.route",
        "ledger",
        "ledger.deadletters",
        "ledger.hands",
        "ledger.history",
        "ledger.items",
        "ledger.sweeps",
        "ledger.origin",
        "ledger.links",
        "ledger.effects",
        "ledger.storage"
    };

    static final List<Room> ALL = List.of(
            room(
                    "command",
                    "what is typed and printed; exit codes",
                    "operation",
                    "operation.compare",
                    "operation.run",
                    "operation.backup",
                    "operation.setup",
                    "operation.upgrade",
                    "operation.request",
                    "operation.report.record",
                    "operation.report",
                    "command.terminal",
                    "database",
                    "settings",
                    "files",
                    "outcome",
                    "reader",
                    "json"),
            room(
                    "command.terminal",
                    "what commands share at a terminal: typed values, progress, files for spreadsheets, a clean stop",
                    "operation.run",
                    "operation.request",
                    "operation.report",
                    "settings",
                    "files",
                    "outcome",
                    "reader"),
            room(
                    "console",
                    "the web pages, in English and Khmer, of what the operations answer",
                    "console.picture",
                    "console.visit",
                    "admin",
                    "operation",
                    "operation.compare",
                    "operation.request",
                    "operation.report.record",
                    "operation.report",
                    "observe",
                    "ledger.storage",
                    "settings",
                    "outcome",
                    "reader",
                    "json"),
            room(
                    "console.picture",
                    "pictures of the way of the data and of the past, drawn as SVG or from a table",
                    "console.visit",
                    "operation",
                    "operation.request",
                    "operation.report.record",
                    "operation.report",
                    "observe"),
            room(
                    "console.visit",
                    "who looks at a page, in which language, what may be done there; what all pages are made of",
                    "admin",
                    "operation",
                    "operation.compare",
                    "operation.request",
                    "operation.report.record",
                    "reader"),
            room(
                    "admin",
                    "the admin HTTP API, and the client that commands use while the service runs",
                    "operation",
                    "operation.compare",
                    "operation.run",
                    "operation.request",
                    "operation.report.record",
                    "operation.report",
                    "observe",
                    "database",
                    "settings",
                    "outcome",
                    "reader",
                    "json"),
            room(
                    "operation",
                    "what an operator can ask for",
                    with(
                            LEDGER,
                            "operation.backup",
                            "operation.compare",
                            "operation.run",
                            "operation.request",
                            "operation.report.record",
                            "operation.report",
                            "doctor",
                            "observe",
                            "engine",
                            "engine.port",
                            "live",
                            "mapping",
                            "call",
                            "database",
                            "settings",
                            "files",
                            "outcome",
                            "reader",
                            "json")),
            room(
                    "operation.compare",
                    "how far both systems are in step, by what a sync would still send",
                    with(
                            LEDGER,
                            "operation.run",
                            "operation.report",
                            "engine",
                            "live",
                            "mapping",
                            "call",
                            "settings",
                            "outcome",
                            "json")),
            room(
                    "operation.run",
                    "one run over both systems: how far it is, when it is over, a ledger to be thrown away",
                    with(LEDGER, "settings", "outcome", "json")),
            room(
                    "operation.backup",
                    "backup and restore of the embedded ledger",
                    with(LEDGER, "operation.report", "database", "settings", "files", "outcome")),
            room(
                    "operation.setup",
                    "the first settings: asked for, tested at once, written",
                    "operation.report",
                    "engine",
                    "database",
                    "settings",
                    "files",
                    "outcome"),
            room(
                    "operation.upgrade",
                    "what a new release's routes and mappings change, beside the edited ones",
                    "operation.report",
                    "settings",
                    "files",
                    "outcome"),
            room(
                    "operation.request",
                    "what an operation is given, and why it can be refused",
                    with(LEDGER, "settings", "outcome")),
            room(
                    "operation.report.record",
                    "what is known of a record: its dead letters, its story, the journal",
                    "operation.report",
                    "outcome"),
            room(
                    "operation.report",
                    "what comes back: records, and how each is printed for people",
                    "engine.port",
                    "settings",
                    "outcome",
                    "reader",
                    "json"),
            room(
                    "observe",
                    "health, metrics and JMX, from one table of numbers",
                    with(
                            LEDGER,
                            "engine",
                            "live",
                            "mapping",
                            "call",
                            "database",
                            "settings",
                            "outcome",
                            "reader",
                            "json")),
            room(
                    "doctor",
                    "what can be wrong around Tandem, checked and explained, and what drifts",
                    with(
                            LEDGER,
                            "engine",
                            "live",
                            "oscar.feed",
                            "mapping",
                            "call",
                            "database",
                            "settings",
                            "outcome",
                            "json")),
            room(
                    "engine",
                    "the Camel context: assembling, schedules, wake-ups",
                    with(
                            LEDGER,
                            "engine.port",
                            "live",
                            "primero",
                            "oscar",
                            "oscar.feed",
                            "oscar.entries",
                            "webhook",
                            "paging",
                            "notice",
                            "mapping",
                            "call",
                            "database",
                            "settings",
                            "files",
                            "outcome",
                            "reader",
                            "json")),
            room(
                    "engine.port",
                    "both ports: who is let in, how much at once, certificates, a port that is taken",
                    with(LEDGER, "live", "webhook", "settings", "outcome")),
            room(
                    "live",
                    "edited routes and mappings: read, checked, swapped",
                    with(LEDGER, "mapping", "call", "settings", "files", "outcome", "reader")),
            room(
                    "primero",
                    "what is specific to Primero: finding a case, writing the difference",
                    with(LEDGER, "call", "mapping", "json", "outcome")),
            room(
                    "oscar",
                    "what is specific to OSCaR: a client and its case, and what a refusal means",
                    with(LEDGER, "oscar.feed", "oscar.entries", "mapping", "json", "outcome")),
            room(
                    "oscar.feed",
                    "the feed of clients: in one piece or by windows, read row by row, marked",
                    with(LEDGER, "oscar.entries", "json", "outcome")),
            room("oscar.entries", "which entry of a client answers which referral, or is which row", "mapping", "json"),
            room(
                    "webhook",
                    "who sent an event, and the record's id in it",
                    with(LEDGER, "call", "mapping", "settings", "outcome", "json")),
            room(
                    "notice",
                    "what a person is told of by mail or webhook: its texts and how it is sent",
                    with(LEDGER, "settings", "reader")),
            room("paging", "reading a source page by page", with(LEDGER, "outcome")),
            room(
                    "call",
                    "one HTTP call: credentials, deadline, limits, what the answer means, breaker, gate",
                    "mapping",
                    "settings",
                    "outcome",
                    "reader",
                    "json"),
            room("mapping", "JSLT, code lists, examples", "settings", "files", "outcome", "json"),
            room("ledger.route", "the ledger: component, which connects routes and ledger", below("ledger.route")),
            room("ledger", "the ledger as a whole, its gates and editions", below("ledger")),
            room("ledger.deadletters", "what is parked: listed, tried again, discarded", below("ledger.deadletters")),
            room("ledger.hands", "what a person links, unlinks or has forgotten by hand", below("ledger.hands")),
            room("ledger.history", "the journal searched, and a record found by any id", below("ledger.history")),
            room("ledger.items", "work items: marked, claimed, processed, settled", below("ledger.items")),
            room("ledger.sweeps", "sweeps and their cursors, and the events that request one", below("ledger.sweeps")),
            room(
                    "ledger.origin",
                    "the moment from which a ledger is responsible, and what is older",
                    below("ledger.origin")),
            room(
                    "ledger.links",
                    "which records of the two systems belong together, and what was last read of them",
                    below("ledger.links")),
            room("ledger.effects", "what is owed, and its outcome", below("ledger.effects")),
            room("ledger.storage", "transactions, the database's time, encryption, signals", below("ledger.storage")),
            room(
                    "database",
                    "pool, migrations, embedded file, what a lost database looks like",
                    "settings",
                    "files",
                    "outcome"),
            room("reader", "how moments and durations are written for a reader: zone and language"),
            room("settings", "all settings: reading them, their faults, their page", "files"),
            room(
                    "files",
                    "directories that people edit, files that are their owner's alone, what is wrong with a path, where the program is"),
            room("outcome", "the possible outcomes of an effect or a command"),
            room("json", "canonical JSON, fields, name-based ids"));

    private static Room room(String name, String purpose, String... mayKnow) {
        return new Room(name, purpose, List.of(mayKnow));
    }

    private static String[] with(String[] rooms, String... more) {
        return java.util.stream.Stream.of(rooms, more)
                .flatMap(java.util.Arrays::stream)
                .toArray(String[]::new);
    }

    /** The rooms of the ledger below this one, and what all of them may know. */
    private static String[] below(String room) {
        List<String> rooms = List.of(LEDGER);
        return with(
                rooms.subList(rooms.indexOf(room) + 1, rooms.size()).toArray(String[]::new),
                "database",
                "settings",
                "outcome",
                "reader",
                "json");
    }
}
