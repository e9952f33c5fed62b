package dev.tandem.outcome;

/** A call that would have been made now, had this not been a plan: nothing was sent. */
public final class Planned extends Setback {
    public Planned() {
        super("planned", "a plan sends nothing");
    }
}
