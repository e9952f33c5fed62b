package dev.tandem.ledger.route;

import dev.tandem.ledger.links.Mark;
import dev.tandem.ledger.sweeps.Sweep;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who else a sweep of this context serves: another ledger, of which the same is due. */
public interface SharedReading {
    /** One that serves nobody else. */
    SharedReading NONE = new SharedReading() {
        @Override
        public void marked(String flow, List<Mark> marks) {
            // Nobody is there.
        }

        @Override
        public void completed(Sweep sweep, Optional<String> watermark, Set<String> holders, boolean inWindows) {
            // Nobody is there.
        }
    };

    /** These are marked in the ledger of the context. */
    void marked(String flow, List<Mark> marks);

    /** The sweep is complete; parameters as of {@link dev.tandem.ledger.sweeps.Sweeps#complete}. */
    void completed(Sweep sweep, Optional<String> watermark, Set<String> holders, boolean inWindows);
}
