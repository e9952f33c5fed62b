package dev.tandem.command;

import dev.tandem.operation.Operation;
import dev.tandem.operation.PairRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "unlink",
        description = "Takes a case and a client apart that are not the same child; no rule links them again.")
final class UnlinkCommand extends HandCommand {
    @Parameters(
            paramLabel = "CASE",
            index = "0",
            description = "The id of the case: the last part of its page's address in Primero.")
    private String caseId;

    @Parameters(paramLabel = "NGO/SLUG", index = "1", description = "The client, such as cif/exam-101.")
    private String client;

    @Override
    public Integer call() {
        return handled((operations, act) -> operations.ask(Operation.UNLINK, new PairRequest(caseId, client, act, BY)));
    }
}
