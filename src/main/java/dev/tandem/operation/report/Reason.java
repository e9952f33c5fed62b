package dev.tandem.operation.report;

import java.util.List;

/**
 * Why effects are not confirmed, or what is to be known of some that are.
 *
 * @param state {@code waiting}, {@code parked}, {@code pending}, {@code baseline}, {@code unanswered} or {@code noted}
 * @param code stable, such as {@code unmapped-code}
 * @param words one sentence for people
 * @param count how many effects
 * @param records the keys of a few of the records
 */
public record Reason(String state, String code, String words, long count, List<String> records) {}
