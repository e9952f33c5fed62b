package dev.tandem.operation;

import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.deadletters.DeadLetters;
import dev.tandem.ledger.history.RecordSearch;
import dev.tandem.ledger.storage.ItemKey;
import dev.tandem.operation.report.record.JournalPage;
import dev.tandem.operation.report.record.RecordStory;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Puts together what the ledger knows of a record and its twins. */
record RecordStories(Ledger ledger) {
    private static final int LINES_OF_EACH = 500;

    RecordStory of(String id) {
        RecordSearch search = ledger.recordSearch();
        List<ItemKey> keys = search.find(id);
        List<JournalPage.Line> lines = keys.stream()
                .flatMap(key -> ledger.deadLetters().journal(key.flow(), key.record(), LINES_OF_EACH).stream()
                        .map(entry -> new JournalPage.Line(
                                0,
                                entry.at(),
                                key.flow(),
                                key.record(),
                                entry.key(),
                                entry.event(),
                                entry.attempt(),
                                entry.code(),
                                entry.words(),
                                entry.version())))
                .sorted(Comparator.comparing(JournalPage.Line::at))
                .toList();
        return new RecordStory(id, keys.stream().map(key -> part(search, key)).toList(), lines);
    }

    private static RecordStory.Part part(RecordSearch search, ItemKey key) {
        Optional<RecordSearch.Item> item = search.item(key);
        Optional<RecordSearch.Pair> pair = search.pair(key);
        return new RecordStory.Part(
                key.flow(),
                key.record(),
                item.map(RecordSearch.Item::state),
                item.flatMap(RecordSearch.Item::openSince),
                item.flatMap(RecordSearch.Item::settledAt),
                item.flatMap(RecordSearch.Item::dueAt),
                pair.flatMap(RecordSearch.Pair::twin),
                pair.flatMap(RecordSearch.Pair::number),
                search.effects(key).stream()
                        .map(owed -> LedgerCommands.letter(new DeadLetters.Letter(owed.effect(), owed.since())))
                        .toList());
    }
}
