package dev.tandem.chaos;

/**
 * One fault that struck.
 *
 * @param detail where; never a value
 * @param fromMillis since the run began
 * @param untilMillis when it was over, as far as the run knows
 */
record InjectedFault(FaultKind kind, String detail, long fromMillis, long untilMillis) {
    /** The detail of one for which there was nobody such as it needs. */
    static final String NOBODY = "nobody";

    boolean hit() {
        return !detail.equals(NOBODY);
    }

    /** Whether answers may have been lost by it that no simulator knows of. */
    boolean losesAnswers() {
        return switch (kind) {
            case BROKEN_EDIT -> false;
            case TIMEOUT_BEFORE_EFFECT, SYSTEM_DOWN, SLOW, LOST_AGAIN -> true;
            default -> kind.family != FaultKind.Family.CALL && kind.family != FaultKind.Family.EVENT;
        };
    }
}
