package dev.tandem.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Settings that passed every check.
 *
 * @param file the file that was read, if there is one
 * @param warnings what works but should be known, a sentence each, without secrets
 */
public record Loaded(Settings settings, Optional<Path> file, List<String> warnings) {}
