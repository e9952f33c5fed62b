package dev.tandem.chaos;

/**
 * One act of the history, drawn before anything runs.
 *
 * @param child whose turn it is, by number
 * @param choice what it is about, where there are several
 * @param pauseMillis until the next act
 * @param clockSeconds by which Primero's clock goes on: the history takes weeks there
 */
record Step(int number, Act act, int child, int choice, int pauseMillis, int clockSeconds) {
    enum Act {
        REFER,
        REFER_AGAIN,
        EDIT_CASE,
        TAKE_UP,
        DECIDE_AT_NGO,
        EDIT_BOTH_SIDES,
        REFER_TO_MINISTRY,
        DECIDE_IN_PRIMERO,
        EDIT_CLIENT
    }
}
