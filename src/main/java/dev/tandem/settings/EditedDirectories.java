package dev.tandem.settings;

import java.nio.file.Path;
import java.time.Duration;

/** What people edit while the service runs, how soon it is seen, and whether the last good version may stand in for it. */
public record EditedDirectories(Path routes, Path mappings, Duration lookEvery, boolean startOnLastGood) {}
