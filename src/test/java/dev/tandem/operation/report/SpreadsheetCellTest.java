package dev.tandem.operation.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A spreadsheet takes no cell for a formula, and no cell for two. */
class SpreadsheetCellTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "plain|plain",
                "=1+1|'=1+1",
                "+855 12|'+855 12",
                "-2|'-2",
                "@cmd|'@cmd",
                "a,b|\"a,b\"",
                "say \"no\"|\"say \"\"no\"\"\"",
                "=A1,\"x\"|\"'=A1,\"\"x\"\"\""
            })
    void cells(String text, String cell) {
        assertThat(SpreadsheetCell.csv(text)).isEqualTo(cell);
    }
}
