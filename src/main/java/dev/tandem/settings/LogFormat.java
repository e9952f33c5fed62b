package dev.tandem.settings;

/** How a line of the log looks. */
public enum LogFormat {
    /** For people. */
    TEXT,
    /** For a log collector: one JSON object a line. */
    JSON
}
