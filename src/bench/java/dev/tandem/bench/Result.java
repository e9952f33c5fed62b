package dev.tandem.bench;

import java.util.Optional;
import java.util.function.DoublePredicate;

/**
 * One line of the table.
 *
 * @param part what it belongs to
 * @param what what was measured, with its settings
 * @param unit of all its numbers
 * @param tandem what Tandem reached
 * @param other what it is compared with, within the same run
 * @param note what else there is to say; may be empty
 */
record Result(
        String part,
        String what,
        String unit,
        Samples tandem,
        Optional<Other> other,
        Optional<Goal> goal,
        String note) {

    /** What the other side is, and what it reached. */
    record Other(String name, Samples samples) {}

    /** @param of what the goal is about: the ratio of the two sides, or Tandem's own median if there is one side only */
    record Goal(String words, DoublePredicate of) {}

    static Result alone(String part, String what, String unit, Samples tandem) {
        return new Result(part, what, unit, tandem, Optional.empty(), Optional.empty(), "");
    }

    static Result beside(String part, String what, String unit, Samples tandem, String name, Samples other) {
        return new Result(part, what, unit, tandem, Optional.of(new Other(name, other)), Optional.empty(), "");
    }

    Result goal(String words, DoublePredicate reached) {
        return new Result(part, what, unit, tandem, other, Optional.of(new Goal(words, reached)), note);
    }

    Result note(String words) {
        return new Result(part, what, unit, tandem, other, goal, words);
    }

    /** Tandem's median in parts of the other side's. */
    Optional<Double> ratio() {
        return other.map(side -> tandem.median() / side.samples().median());
    }

    Optional<Boolean> reached() {
        return goal.map(one -> one.of().test(ratio().orElse(tandem.median())));
    }
}
