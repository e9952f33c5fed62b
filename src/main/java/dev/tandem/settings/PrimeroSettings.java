package dev.tandem.settings;

import java.net.URI;
import java.util.Optional;

/** What is set for Primero. {@code url} has no slash at the end; an empty webhook secret means no webhook. */
public record PrimeroSettings(
        URI url,
        String user,
        Secret password,
        Schedule schedule,
        Schedule fullSchedule,
        Optional<Secret> webhookSecret,
        int maxCalls,
        boolean markSynced) {}
