package dev.tandem.settings;

import java.util.List;
import java.util.stream.Collectors;

/** The settings cannot be used. All that is wrong is reported at once; exit code 2. */
public final class WrongSettings extends RuntimeException {
    private final transient List<Fault> faults;

    WrongSettings(List<Fault> faults) {
        super(words(faults), null, false, false);
        this.faults = List.copyOf(faults);
    }

    static WrongSettings of(Fault fault) {
        return new WrongSettings(List.of(fault));
    }

    public List<Fault> faults() {
        return faults;
    }

    private static String words(List<Fault> faults) {
        String count = faults.size() == 1 ? "One fault" : faults.size() + " faults";
        return faults.stream().map(Fault::text).collect(Collectors.joining("\n", count + " in the settings:\n", ""));
    }
}
