package dev.tandem.demo;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/** What becomes of one child: acts of people, each done once what follows from the one before has crossed. */
abstract class Story {
    final Sides sides;
    final Invented child;
    final String ngo;
    private final Deque<Supplier<Act>> acts = new ArrayDeque<>();

    Story(Sides sides, Invented child, String ngo) {
        this.sides = sides;
        this.child = child;
        this.ngo = ngo;
    }

    final void then(Supplier<Act> act) {
        acts.add(act);
    }

    final boolean isOver() {
        return acts.isEmpty();
    }

    final Act next() {
        return acts.remove().get();
    }

    /** How both sides hold the child. */
    abstract Progress progress();

    /** What is there twice, though it was done once; empty if all is well. */
    abstract List<String> doubled();
}
