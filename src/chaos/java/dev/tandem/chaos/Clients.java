package dev.tandem.chaos;

import dev.tandem.chaos.Kept.Child;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Children of the ministry that NGOs know, for faults that need one just so; each is given once. */
final class Clients {
    private static final int PATIENCE_MILLIS = 20_000;

    private final Stage stage;
    private final History history;
    private final FaultInjection injection;
    private final Set<Child> given = new HashSet<>();

    Clients(Stage stage, History history, FaultInjection injection) {
        this.stage = stage;
        this.history = history;
        this.injection = injection;
    }

    /** One that at least so many NGOs know by now, or one of whom nobody knew, once they do; and all work is done. */
    Optional<Child> ofNgos(int ngos, Predicate<Child> such) {
        Optional<Child> child = history.kept.children.stream()
                .filter(each -> !given.contains(each) && history.clientsOf(each).size() >= ngos && such.test(each))
                .findFirst()
                .or(() -> fresh(ngos))
                .filter(each ->
                        injection.await(PATIENCE_MILLIS, () -> stage.open().orElse(1) == 0));
        child.ifPresent(given::add);
        return child;
    }

    private Optional<Child> fresh(int ngos) {
        Optional<Child> fresh = history.kept.children.stream()
                .filter(each -> each.ofMinistry && history.kept.outOf(each).isEmpty())
                .findFirst();
        for (int nth = 1; nth <= ngos; nth++) {
            int known = nth;
            fresh = fresh.filter(child -> becomesClient(child, known));
        }
        return fresh;
    }

    private boolean becomesClient(Child child, int nth) {
        history.refer(child, nth, () -> {});
        return injection.await(PATIENCE_MILLIS, () -> history.takeUp(child))
                && injection.await(
                        PATIENCE_MILLIS, () -> history.clientsOf(child).size() == nth);
    }
}
