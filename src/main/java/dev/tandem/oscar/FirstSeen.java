package dev.tandem.oscar;

import java.time.Instant;

/**
 * When an entry was first seen, and with what {@code referral_status} then (blank for an enrolment).
 *
 * @param at when the feed row with it was read: not earlier, or a referral sent meanwhile would not count as sent before
 */
public record FirstSeen(Instant at, String referralStatus) {}
