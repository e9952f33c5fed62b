package dev.tandem.operation.compare;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.json.CanonicalJson;
import dev.tandem.json.Fields;
import dev.tandem.ledger.storage.Seal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The cases of Primero as they were read, and the referrals of some: on the disk, compressed and encrypted. */
final class ReadCases {
    private static final String PLACE = "read_case";

    private final Jdbi database;
    private final Seal seal;

    ReadCases(Jdbi database, Seal seal) {
        this.database = database;
        this.seal = seal;
        database.useHandle(handle -> {
            handle.execute("""
                    create table read_case (id varchar(200) primary key, case_id varchar(200), number varchar(200),
                      enabled boolean not null, stamp varchar(60) not null, changed boolean default false not null,
                      key_id varchar(20) not null, body varbinary not null)
                    """);
            handle.execute("create index read_case_case_id on read_case (case_id)");
            handle.execute("create index read_case_number on read_case (number)");
            handle.execute("""
                    create table read_referrals (id varchar(200) primary key, key_id varchar(20) not null,
                      body varbinary not null)
                    """);
        });
    }

    /** One that was read before and shows another time of change now has changed meanwhile. */
    void keep(List<JsonNode> cases) {
        database.useTransaction(handle -> {
            PreparedBatch batch = handle.prepareBatch("""
                    merge into read_case as kept using (values (cast(:id as varchar), cast(:caseId as varchar),
                        cast(:number as varchar), cast(:enabled as boolean), cast(:stamp as varchar), cast(:keyId as varchar), cast(:body as varbinary)))
                      as read (id, case_id, number, enabled, stamp, key_id, body) on kept.id = read.id
                    when matched then update set changed = kept.changed or kept.stamp <> read.stamp
                    when not matched then insert (id, case_id, number, enabled, stamp, key_id, body)
                      values (read.id, read.case_id, read.number, read.enabled, read.stamp, read.key_id, read.body)
                    """);
            for (JsonNode theCase : cases) {
                Seal.Sealed sealed = sealed(theCase);
                batch.bind("id", Fields.text(theCase, "id"))
                        .bind("caseId", filled(theCase, "case_id"))
                        .bind("number", filled(theCase, "oscar_number"))
                        .bind(
                                "enabled",
                                !Fields.isFalse(theCase, "record_state") && !Fields.isFalse(theCase, "enabled"))
                        .bind("stamp", Fields.text(theCase, "last_updated_at"))
                        .bind("keyId", sealed.keyId())
                        .bind("body", sealed.bytes())
                        .add();
            }
            batch.execute();
        });
    }

    void keepReferrals(String caseId, JsonNode referrals) {
        Seal.Sealed sealed = sealed(referrals);
        database.useHandle(
                handle -> handle.createUpdate("merge into read_referrals key (id) values (:id, :keyId, :body)")
                        .bind("id", caseId)
                        .bind("keyId", sealed.keyId())
                        .bind("body", sealed.bytes())
                        .execute());
    }

    Optional<JsonNode> byId(String id) {
        return bodies("read_case", "id", id).stream().findFirst();
    }

    /** @param column {@code case_id} or {@code number} */
    List<JsonNode> by(String column, String value) {
        return bodies("read_case", column, value);
    }

    Optional<JsonNode> referralsOf(String caseId) {
        return bodies("read_referrals", "id", caseId).stream().findFirst();
    }

    long count() {
        return database.withHandle(handle -> handle.createQuery("select count(*) from read_case")
                .mapTo(Long.class)
                .one());
    }

    private List<JsonNode> bodies(String table, String column, String value) {
        return database.withHandle(handle -> handle.createQuery(
                        "select key_id, body from " + table + " where " + column + " = :value order by id")
                .bind("value", value)
                .map((row, context) -> opened(new Seal.Sealed(row.getString(1), row.getBytes(2))))
                .list());
    }

    private Seal.Sealed sealed(JsonNode json) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflated = new DeflaterOutputStream(bytes)) {
            deflated.write(json.toString().getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return seal.seal(bytes.toByteArray(), PLACE);
    }

    private JsonNode opened(Seal.Sealed sealed) {
        byte[] bytes = seal.open(sealed, PLACE).orElseThrow();
        try (InflaterInputStream inflated = new InflaterInputStream(new ByteArrayInputStream(bytes))) {
            return CanonicalJson.read(inflated.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String filled(JsonNode theCase, String field) {
        String text = Fields.text(theCase, field);
        return Fields.isBlank(text) ? null : text;
    }
}
