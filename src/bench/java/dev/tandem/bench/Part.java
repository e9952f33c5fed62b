package dev.tandem.bench;

/** One of the things that are measured. */
interface Part {
    void measure(Options options, Results results) throws Exception;
}
