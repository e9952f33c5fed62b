package dev.tandem.contract;

import dev.tandem.contract.oscar.OscarContract;
import dev.tandem.contract.oscar.OscarServer;
import dev.tandem.contract.primero.Primero;
import dev.tandem.contract.primero.PrimeroContract;
import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.UnaryOperator;

/** Asks test servers the clauses of the contracts: {@code mvn -q -Pcontract} (docs/operate/contract-suite.md). */
public final class ContractRun {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

    private final PrintStream out;
    private final Table table = new Table();

    private ContractRun(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] args) {
        System.exit(run(System::getProperty, System.out));
    }

    /** @return 0 all as the contracts say or not testable, 3 something is different, 2 refused, 4 unreachable */
    static int run(UnaryOperator<String> option, PrintStream out) {
        Created created = new Created("tandem-contract-" + STAMP.format(Instant.now()));
        ContractRun run = new ContractRun(out);
        int exitCode;
        try {
            run.ask(Given.read(option), created);
            exitCode = run.table.isDifferent() ? 3 : 0;
        } catch (Stop stop) {
            exitCode = stop.exitCode();
            out.println("Stopped: " + stop.getMessage());
        }
        run.table.print(out, created);
        return exitCode;
    }

    private void ask(Given given, Created created) {
        given.primero().ifPresent(account -> {
            try (Primero primero = Primero.live(account, created, given.pause())) {
                primero.reach();
                ask(PrimeroContract.all(), primero);
            }
        });
        given.oscar().ifPresent(account -> {
            try (OscarServer oscar = OscarServer.live(account, created, given.pause())) {
                oscar.reach();
                ask(OscarContract.all(), oscar);
            }
        });
    }

    private void ask(List<Check> checks, Object server) {
        for (Check check : checks) {
            Outcome outcome = check.ask(server);
            table.add(check, outcome);
            out.println(check.id() + " " + Table.word(outcome));
        }
    }
}
