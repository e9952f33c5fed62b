package dev.tandem.command;

import dev.tandem.operation.Operation;
import dev.tandem.operation.PairRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "link",
        description = "Links a Primero case and an OSCaR client that a person knows to be the same child.")
final class LinkCommand extends HandCommand {
    @Parameters(
            paramLabel = "CASE",
            index = "0",
            description = "The id of the case: the last part of its page's address in Primero.")
    private String caseId;

    @Parameters(paramLabel = "NGO/SLUG", index = "1", description = "The client, such as cif/exam-101.")
    private String client;

    @Override
    public Integer call() {
        return handled((operations, act) -> operations.ask(Operation.LINK, new PairRequest(caseId, client, act, BY)));
    }
}
