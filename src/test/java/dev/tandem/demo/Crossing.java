package dev.tandem.demo;

import java.util.function.BooleanSupplier;

/**
 * What is to be seen on the other side.
 *
 * @param to where
 * @param kind what is counted together
 * @param arrived looks at the simulator, never at Tandem
 */
record Crossing(To to, Kind kind, String words, BooleanSupplier arrived) {
    enum To {
        PRIMERO,
        OSCAR
    }

    enum Kind {
        REFERRAL,
        DECISION,
        IDS,
        STATE
    }

    static Crossing toPrimero(Kind kind, String words, BooleanSupplier arrived) {
        return new Crossing(To.PRIMERO, kind, words, arrived);
    }

    static Crossing toOscar(Kind kind, String words, BooleanSupplier arrived) {
        return new Crossing(To.OSCAR, kind, words, arrived);
    }
}
