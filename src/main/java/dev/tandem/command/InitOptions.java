package dev.tandem.command;

import dev.tandem.command.terminal.Typed;
import dev.tandem.operation.request.InitRequest;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** How a ledger is made: exactly one of three. */
final class InitOptions {
    @Option(
            names = "--since",
            paramLabel = "T",
            required = true,
            converter = SinceMoment.class,
            description =
                    "For a first installation where another integration ran until T or `now`: what is older is listed,"
                            + " not sent.")
    private InitRequest since;

    @Option(
            names = "--adopt",
            required = true,
            description = "For a first installation where nothing ran before: everything is sent.")
    private boolean adopt;

    @Option(
            names = "--recover",
            required = true,
            description = "After the ledger was lost: nothing up to now is sent again without your decision.")
    private boolean recover;

    InitRequest request() {
        return adopt ? new InitRequest.Adopt() : recover ? new InitRequest.Recover() : since;
    }

    private static final class SinceMoment implements ITypeConverter<InitRequest> {
        @Override
        public InitRequest convert(String text) {
            return text.equals("now") ? new InitRequest.SinceNow() : new InitRequest.Since(Typed.moment(text));
        }
    }
}
