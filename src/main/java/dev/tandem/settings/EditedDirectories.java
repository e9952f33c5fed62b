package dev.tandem.settings;

import java.nio.file.Path;

/** What people edit while the service runs. */
public record EditedDirectories(Path routes, Path mappings) {}
