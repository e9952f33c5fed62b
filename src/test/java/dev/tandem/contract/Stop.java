package dev.tandem.contract;

/** The run ends here, whatever is left of it: to go on would be useless or would do harm. */
public final class Stop extends RuntimeException {
    private final int exitCode;

    private Stop(int exitCode, String why) {
        super(why);
        this.exitCode = exitCode;
    }

    /** The way it was called is wrong, or the account is refused. */
    public static Stop refused(String why) {
        return new Stop(2, why);
    }

    public static Stop unreachable(String why) {
        return new Stop(4, why);
    }

    public int exitCode() {
        return exitCode;
    }
}
