package dev.tandem.settings;

/** A text that is not of the type its setting wants. */
final class Mismatch extends Exception {
    private final String remedy;

    /**
     * @param problem what is wrong; quotes the text only where it can hold no secret
     * @param remedy what to write instead
     */
    Mismatch(String problem, String remedy) {
        super(problem, null, false, false);
        this.remedy = remedy;
    }

    String remedy() {
        return remedy;
    }
}
