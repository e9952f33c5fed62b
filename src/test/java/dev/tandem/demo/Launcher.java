package dev.tandem.demo;

import java.nio.file.Path;
import java.util.List;

/** How the Tandem that ships is started. */
interface Launcher {
    /**
     * What to start; Tandem's own arguments follow it.
     *
     * @param directory where settings and ledger are
     */
    List<String> command(Path directory);

    /** As a person would type it. */
    String shown();

    /** Ends it without a chance to finish anything, as a lost machine would. */
    void kill(Process running);
}
