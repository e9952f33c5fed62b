package dev.tandem.mapping;

import java.util.List;
import java.util.stream.Collectors;

/** The directory of mappings cannot be used: every fault that was found, not only the first. */
public final class InvalidMappings extends Exception {
    private final transient List<MappingFault> faults;

    InvalidMappings(List<MappingFault> faults) {
        super(faults.stream().map(MappingFault::toString).collect(Collectors.joining(System.lineSeparator())));
        this.faults = List.copyOf(faults);
    }

    public List<MappingFault> faults() {
        return faults;
    }
}
