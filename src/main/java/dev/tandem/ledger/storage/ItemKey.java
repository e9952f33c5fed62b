package dev.tandem.ledger.storage;

import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** What a work item, an effect or a link is about: a record, in one flow. */
public record ItemKey(String flow, String record) {
    public static final RowMapper<ItemKey> MAPPER = ConstructorMapper.of(ItemKey.class);
}
