package dev.tandem.command;

import dev.tandem.operation.Operation;
import dev.tandem.operation.request.ForgetRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "forget",
        description = "Removes what the ledger and the journal hold of a record, for a request of erasure.")
final class ForgetCommand extends HandCommand {
    @Parameters(
            paramLabel = "ID",
            description = "The id of a Primero case, or an OSCaR client as NGO/SLUG, such as cif/exam-101.")
    private String id;

    @Override
    public Integer call() {
        return handled((operations, act) -> operations.ask(Operation.FORGET, new ForgetRequest(id, act, BY)));
    }
}
