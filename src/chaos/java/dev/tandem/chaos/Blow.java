package dev.tandem.chaos;

/**
 * One fault that struck.
 *
 * @param detail where; never a value
 * @param fromMillis since the run began
 * @param untilMillis when it was over, as far as the run knows
 */
record Blow(BlowKind kind, String detail, long fromMillis, long untilMillis) {
    /** Whether answers may have been lost by it that no simulator knows of. */
    boolean losesAnswers() {
        return kind.family == BlowKind.Family.PROCESS && kind != BlowKind.BROKEN_EDIT
                || kind.family == BlowKind.Family.DATABASE
                || kind.family == BlowKind.Family.DISK
                || kind == BlowKind.TIMEOUT_BEFORE_EFFECT
                || kind == BlowKind.SYSTEM_DOWN
                || kind == BlowKind.SLOW
                || kind == BlowKind.LOST_AGAIN;
    }
}
