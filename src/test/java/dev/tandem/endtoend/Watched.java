package dev.tandem.endtoend;

import dev.tandem.sandbox.oscar.OscarSimulator;
import dev.tandem.sandbox.oscar.ReferralFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What somebody sees who looks at OSCaR just before each sync, and what follows from it for each of Primero's referrals
 * (mapping-facts R20, R25). It knows nothing of the product, and knows for certain what the product can only conclude: from
 * which referral a client was made.
 */
final class Watched {
    /** What an NGO has said of a referral. OPEN: nothing yet. LISTED: a person has to ask. */
    enum Says {
        ACCEPTED,
        EXITED,
        LISTED,
        OPEN
    }

    /** @param alone whether the client was made from this referral, and holds no other of the ministry's */
    private record Look(String client, String referral, boolean alone) {
        boolean taken() {
            return client.equals("Accepted") || client.equals("Active");
        }

        boolean exited() {
            return Codes.decisionOf(referral).equals("Exited");
        }
    }

    private final Map<String, List<Look>> looks = new HashMap<>();

    void look(OscarSimulator oscar) {
        List<ReferralFacts> held = oscar.checks().referrals().stream()
                .filter(referral -> referral.received() && !referral.pending())
                .toList();
        Map<String, Long> ofClient =
                held.stream().collect(Collectors.groupingBy(Watched::client, Collectors.counting()));
        for (ReferralFacts referral : held) {
            String status = oscar.checks()
                    .client(referral.organization(), referral.slug())
                    .status();
            boolean alone = referral.madeTheClient() && ofClient.get(client(referral)) == 1;
            looks.computeIfAbsent(name(referral), key -> new ArrayList<>())
                    .add(new Look(status, referral.status(), alone));
        }
    }

    private static String client(ReferralFacts referral) {
        return referral.organization() + "/" + referral.slug();
    }

    private static String name(ReferralFacts referral) {
        return referral.organization() + ":" + referral.id();
    }

    /** What follows from all looks; OPEN for one that nobody has seen. */
    Says last(ReferralFacts referral) {
        List<Look> all = looks.getOrDefault(name(referral), List.of());
        return all.isEmpty() ? Says.OPEN : says(all);
    }

    /** What followed at any time: a decision that was brought over when it was made stays. */
    Set<Says> ever(ReferralFacts referral) {
        List<Look> all = looks.getOrDefault(name(referral), List.of());
        Set<Says> ever = new LinkedHashSet<>();
        for (int i = 1; i <= all.size(); i++) {
            ever.add(says(all.subList(0, i)));
        }
        return ever;
    }

    private static Says says(List<Look> looks) {
        Look now = looks.get(looks.size() - 1);
        if (now.exited()) {
            return ofExit(looks);
        }
        if (Codes.decisionOf(now.referral()).equals("Accepted")) {
            return Says.ACCEPTED;
        }
        if (now.alone() && looks.stream().anyMatch(Look::taken)) {
            return Says.ACCEPTED;
        }
        for (int asked = 0; asked < looks.size(); asked++) {
            if (looks.get(asked).client().equals("Referred")
                    && looks.subList(asked, looks.size()).stream()
                            .anyMatch(look -> look.taken() || look.client().equals("Exited"))) {
                return Says.LISTED;
            }
        }
        return Says.OPEN;
    }

    private static Says ofExit(List<Look> looks) {
        int turned = looks.size();
        while (turned > 0 && looks.get(turned - 1).exited()) {
            turned--;
        }
        List<Look> before = looks.subList(0, turned);
        boolean alone = looks.get(looks.size() - 1).alone();
        boolean left = looks.get(turned).client().equals("Exited")
                && (before.isEmpty() || !before.get(turned - 1).client().equals("Exited"));
        if (!left) {
            return Says.EXITED;
        }
        if (before.stream().anyMatch(look -> Codes.decisionOf(look.referral()).equals("Accepted"))
                || (alone && before.stream().anyMatch(Look::taken))) {
            return Says.ACCEPTED;
        }
        return alone ? Says.EXITED : Says.LISTED;
    }
}
