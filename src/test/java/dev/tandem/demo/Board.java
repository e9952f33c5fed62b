package dev.tandem.demo;

import java.util.ArrayList;
import java.util.List;

/** The table of how both sides hold each child. */
final class Board {
    private static final String ROW = " %-16s %-15s | %-8s %-11s | %-9s %-9s %-9s | %s";
    private static final String RULE = "-".repeat(96);

    private Board() {}

    static List<String> lines(List<Progress> progress) {
        List<String> lines = new ArrayList<>();
        lines.add(RULE);
        lines.add(ROW.formatted("", "", "Primero", "", "OSCaR", "", "", "").stripTrailing());
        lines.add(ROW.formatted("child", "referred", "case", "referral", "client", "referral", "client is", "in step"));
        lines.add(RULE);
        progress.forEach(one -> lines.add(ROW.formatted(
                one.child(),
                one.referred(),
                one.caseNumber(),
                one.inPrimero(),
                one.client(),
                one.inOscar(),
                one.clientStatus(),
                one.inStep() ? "yes" : "not yet")));
        lines.add(RULE);
        return lines;
    }
}
