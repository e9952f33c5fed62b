package dev.tandem.settings;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** What is set for OSCaR. {@code url} has no slash at the end; an empty webhook secret means no webhook. */
public record OscarSettings(
        URI url,
        String user,
        Secret password,
        Schedule schedule,
        Schedule fullSchedule,
        Optional<Secret> webhookSecret,
        int maxCalls,
        SecondNgo secondNgo,
        LostAnswer lostAnswer,
        Duration lostAnswerWait,
        Duration feedTimeout,
        Duration fullOnEvent) {}
