package dev.tandem.operation.request;

import java.util.Optional;

/**
 * What to look at.
 *
 * @param writeProbe the id of a Primero case to be written as it is, to see that the account may
 */
public record DoctorRequest(Optional<String> writeProbe) {
    public DoctorRequest {
        writeProbe = RequestRefused.oneLine("writeProbe", writeProbe);
    }
}
