package dev.tandem.operation.compare;

import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;

/** Cases and clients that do not belong together as they should; nobody owes a change for it, a person has to look. */
final class Pairs {
    /** The clients that OSCaR has shown in this reading. */
    private static final String CLIENTS = """
            (select l.record, l.number, l.external_id, l.twin, substring(l.record, 1, position('/' in l.record) - 1) as ngo
               from link l join work_item i on i.flow = l.flow and i.record = l.record
              where l.flow = 'oscar-to-primero')
            """;

    private final Jdbi scratch;

    Pairs(Jdbi scratch) {
        this.scratch = scratch;
    }

    void find(Consumer<Found> found) {
        each(Kind.CASE_WITHOUT_CLIENT, """
                select c.id as cases, '' as clients, '' as ngo,
                       'no client in OSCaR''s feed has this case''s number or names it' as words
                  from read_case c where c.enabled and c.number is not null
                   and not exists (select 1 from CLIENTS k where k.number = c.number)
                   and not exists (select 1 from CLIENTS k where k.external_id = c.case_id)
                   and not exists (select 1 from CLIENTS k where k.twin = c.id)
                """, found);
        each(Kind.TWO_CASES_ONE_NUMBER, """
                select string_agg(c.id, ' ' order by c.id) as cases,
                       coalesce((select string_agg(k.record, ' ' order by k.record) from CLIENTS k where k.number = c.number), '')
                         as clients, '' as ngo, 'several enabled cases have this OSCaR number' as words
                  from read_case c where c.enabled and c.number is not null group by c.number having count(*) > 1
                """, found);
        each(Kind.TWO_CLIENTS_ONE_CASE, """
                select c.id as cases, string_agg(k.record, ' ' order by k.record) as clients, k.ngo,
                       'one NGO holds several clients of this case' as words
                  from CLIENTS k join read_case c on c.id = k.twin group by c.id, k.ngo having count(*) > 1
                """, found);
        each(Kind.IDS_OR_LINK_DIFFER, """
                select c.id as cases, k.record as clients, k.ngo,
                       'the case has another OSCaR number than its client, and no client of it has that number' as words
                  from CLIENTS k join read_case c on c.id = k.twin
                 where c.enabled and c.number is not null and k.number <> '' and k.number <> c.number
                   and not exists (select 1 from CLIENTS o where o.twin = c.id and o.number = c.number)
                """, found);
        each(Kind.IDS_OR_LINK_DIFFER, """
                select c.id as cases, min(k.record) as clients, min(k.ngo) as ngo,
                       'the client with this case''s number is linked to another case' as words
                  from read_case c join CLIENTS k on k.number = c.number
                 where c.enabled and k.twin is not null and k.twin <> c.id
                   and not exists (select 1 from CLIENTS o where o.twin = c.id)
                   and (select count(*) from read_case d where d.enabled and d.number = c.number) = 1
                 group by c.id
                """, found);
    }

    private void each(Kind kind, String sql, Consumer<Found> found) {
        scratch.useHandle(handle -> handle.createQuery(sql.replace("CLIENTS", CLIENTS))
                .map((row, context) -> {
                    String clients = row.getString("clients");
                    String ngo = row.getString("ngo");
                    return new Found(
                            kind,
                            ngo.isEmpty() && !clients.isEmpty() ? clients.substring(0, clients.indexOf('/')) : ngo,
                            "",
                            "",
                            row.getString("cases"),
                            clients,
                            "",
                            List.of(),
                            "",
                            row.getString("words"),
                            false);
                })
                .forEach(found));
    }
}
