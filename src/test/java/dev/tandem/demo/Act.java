package dev.tandem.demo;

import java.util.List;

/**
 * Something that a person has just done on one side.
 *
 * @param side where, as {@code Primero}
 * @param crossings what must follow from it on the other side; none if nothing of it is the other side's business
 */
record Act(String side, String words, List<Crossing> crossings) {
    static Act inPrimero(String words, Crossing... crossings) {
        return new Act("Primero", words, List.of(crossings));
    }

    static Act inOscar(String words, Crossing... crossings) {
        return new Act("OSCaR", words, List.of(crossings));
    }
}
