package dev.tandem.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Two sides that are measured in turns, so that what changes on the machine meanwhile meets both. */
final class Alternating {
    final Samples tandem;
    final Samples other;

    private Alternating(Samples tandem, Samples other) {
        this.tandem = tandem;
        this.other = other;
    }

    static Alternating of(int times, Callable<Double> tandem, Callable<Double> other) throws Exception {
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            if (i % 2 == 0) {
                ours.add(tandem.call());
                theirs.add(other.call());
            } else {
                theirs.add(other.call());
                ours.add(tandem.call());
            }
        }
        return new Alternating(new Samples(ours), new Samples(theirs));
    }
}
