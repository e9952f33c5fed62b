package dev.tandem.command;

import dev.tandem.operation.LedgerCommands;
import dev.tandem.operation.Operation;
import dev.tandem.operation.report.HandReport;
import dev.tandem.operation.request.PairRequest;
import picocli.CommandLine.Parameters;

/** A person's hand on a case and a client. */
abstract class PairCommand extends HandCommand {
    @Parameters(
            paramLabel = "CASE",
            index = "0",
            description = "The id of the case: the last part of its page's address in Primero.")
    private String caseId;

    @Parameters(paramLabel = "NGO/SLUG", index = "1", description = "The client, such as cif/exam-101.")
    private String client;

    private final Operation<LedgerCommands, PairRequest, HandReport> operation;

    PairCommand(Operation<LedgerCommands, PairRequest, HandReport> operation) {
        this.operation = operation;
    }

    @Override
    public Integer call() {
        return handled((operations, act) -> operations.ask(operation, new PairRequest(caseId, client, act, BY)));
    }
}
