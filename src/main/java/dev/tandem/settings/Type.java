package dev.tandem.settings;

/**
 * What a setting's text must look like.
 *
 * @param words the type's name in the documentation
 * @param parser text to value
 */
record Type<T>(String words, Parser<T> parser) {
    interface Parser<T> {
        /**
         * The value, or what is wrong with the text.
         *
         * @param text without space around it, not empty
         */
        T parse(String text) throws Mismatch;
    }
}
