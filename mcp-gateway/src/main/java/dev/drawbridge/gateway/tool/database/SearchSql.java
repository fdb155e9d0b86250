package dev.drawbridge.gateway.tool.database;

import dev.drawbridge.gateway.tool.database.SearchedTable.Column;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The one statement that answers a search, of parts that follow one another: `found` are the rows
/// that match the filters, within a bound; `near` the nearest of them, or of an index; `words`
/// those with most of the words; `best` of `ranked`, which are both, by reciprocal rank (Cormack,
/// Clarke and Büttcher 2009); `picked` those of the best that differ from the ones before them
/// (maximal marginal relevance, Carbonell and Goldstein 1998). Inside, more is nearer, whatever the
/// metric.
///
/// `t` is the table and `v` the one that the embedding is in; `c1` … are the columns to show, `k1`
/// … the primary key of `v`, and $1 is the vector.
final class SearchSql {
    /// The constant of reciprocal rank: the greater, the less the first ones count.
    private static final int DAMPING = 60;

    private static final int SHOWN_CHARACTERS = 300;
    private static final int LEAST_CANDIDATES = 40;
    private static final int MOST_CANDIDATES = 100;

    private final PlacedSql sql = new PlacedSql();
    private final Search search;
    private final SearchWish wish;
    private final boolean byIndex;
    private final int most;

    private SearchSql(Search search, boolean byIndex, int most) {
        this.search = search;
        this.wish = search.wish();
        this.byIndex = byIndex;
        this.most = most;
    }

    /// @param byIndex whether rows are to be ordered as an index has them
    /// @param most rows to compare
    static PlacedSql of(Search search, boolean byIndex, int most) {
        var built = new SearchSql(search, byIndex, most);
        built.build();
        return built.sql;
    }

    /// Counts what an exact search would compare, one more than it may at most, and how many
    /// numbers the first embedding has.
    static PlacedSql probe(Search search, int most) {
        var built = new SearchSql(search, false, most);
        built.sql
                .add(
                        "select count(*), max(f.size) from (select case when row_number() over () = 1 then ")
                .add(search.size())
                .add(" end as size");
        built.from();
        built.where(false);
        built.sql.add(" limit ").add(String.valueOf(most + 1)).add(") as f");
        return built.sql;
    }

    /// How many rows are looked at once more for words or variety.
    int candidates() {
        boolean plain = !wish.hybrid() && wish.lambda() == null;
        return plain
                ? wish.limit()
                : Math.clamp(wish.limit() * 4L, LEAST_CANDIDATES, MOST_CANDIDATES);
    }

    private void build() {
        sql.add("with recursive asked as materialized (select ").value(search.literal());
        sql.add("::").add(search.type()).add(" as vector");
        if (wish.hybrid()) {
            // Any of the words: a question has many that no row has.
            sql.add(", replace(plainto_tsquery(").at("language").value(wish.language());
            sql.at(PlacedSql.NOWHERE).add("::regconfig, ").value(wish.text());
            sql.add(")::text, '&', '|')::tsquery as words");
        }
        sql.add(")");
        if (!byIndex || wish.hybrid()) {
            found();
        }
        near();
        if (wish.hybrid()) {
            words();
            fused();
        } else {
            sql.add(", best as (select ").add(carried("n")).add(", n.near, n.near as score");
            sql.add(" from near as n)");
        }
        if (wish.lambda() != null) {
            varied(wish.lambda());
        }
        shown();
    }

    private void found() {
        sql.add(", found as (select ");
        columns();
        if (wish.hybrid()) {
            sql.add(", ");
            document();
            sql.add(" as document");
        }
        from();
        where(true);
        sql.add(" limit ").add(String.valueOf(most)).add(")");
    }

    private void near() {
        sql.add(", near as materialized (select ");
        if (byIndex) {
            columns();
            sql.add(", ").add(search.nearness(search.column(), "$1::" + search.type()));
            sql.add(" as near");
            from();
            where(true);
            sql.add(" order by ").add(search.distance(search.column(), "$1::" + search.type()));
        } else {
            sql.add(carried("f")).add(", ");
            sql.add(search.nearness("f.vector", "$1::" + search.type())).add(" as near");
            sql.add(" from found as f order by near desc nulls last");
        }
        sql.add(" limit ").add(String.valueOf(candidates())).add(")");
    }

    private void words() {
        sql.add(", words as materialized (select ").add(carried("f")).add(", ");
        sql.add(search.nearness("f.vector", "$1::" + search.type())).add(" as near, ");
        sql.add("ts_rank_cd(f.document, a.words) as relevance from found as f");
        sql.add(" cross join asked as a where f.document @@ a.words order by relevance desc, ");
        sql.add(keys("f")).add(" limit ").add(String.valueOf(candidates())).add(")");
    }

    private void fused() {
        sql.add(", ranked as (");
        part("near", "r.near desc nulls last");
        sql.add(" union all ");
        part("words", "r.relevance desc");
        sql.add("), best as materialized (select distinct on (").add(keys("b")).add(") ");
        sql.add(carried("b")).add(", b.near, sum(b.part) over (partition by ").add(keys("b"));
        sql.add(") as score from ranked as b order by ").add(keys("b")).add(")");
    }

    private void part(String list, String order) {
        sql.add("select ").add(carried("r")).add(", r.near, 1.0::float8 / (" + DAMPING);
        sql.add(" + row_number() over (order by ").add(order).add(", ").add(keys("r"));
        sql.add(")) as part from ").add(list).add(" as r");
    }

    private void varied(double lambda) {
        sql.add(", placed as materialized (select ").add(carried("b")).add(", b.near, b.score,");
        sql.add(" row_number() over (order by b.score desc nulls last) as place from best as b");
        sql.add(" order by place limit ").add(String.valueOf(candidates()));
        sql.add("), kin as materialized (select p.place, p.score");
        sql.add(wish.hybrid() ? " / max(p.score) over ()" : "");
        sql.add(" as relevance, array(select ").add(search.nearness("p.vector", "o.vector"));
        sql.add(" from placed as o order by o.place) as alike from placed as p), picked as (");
        sql.add("select array[1::bigint] as places, 1 as step union all");
        sql.add(" select p.places || b.place, p.step + 1 from picked as p cross join lateral (");
        sql.add("select k.place from kin as k where k.place <> all (p.places) order by ");
        sql.value(lambda).add("::float8 * k.relevance - (1 - ").value(lambda);
        sql.add("::float8) * (select max(k.alike[u.place::int]) from unnest(p.places)");
        sql.add(" as u(place)) desc nulls last, k.place limit 1) as b where p.step < ");
        sql.add(String.valueOf(wish.limit())).add(")");
    }

    private void shown() {
        sql.add(" select ");
        List<Column> columns = search.columns();
        for (int i = 0; i < columns.size(); i++) {
            sql.add(shown(columns.get(i), i + 1)).add(" as ").name(columns.get(i).name()).add(", ");
        }
        String sign = wish.metric() == Metric.L2 ? "-" : "";
        sql.add("round((").add(sign).add("r.near)::numeric, 4)::float8 as ");
        sql.add(wish.metric().output());
        if (wish.hybrid()) {
            sql.add(", round(r.score::numeric, 4)::float8 as score");
        }
        sql.add(
                wish.lambda() == null
                        ? " from best as r"
                        : " from placed as r cross join (select"
                                + " p.places from picked as p order by p.step desc limit 1) as p");
        String before = " where ";
        if (wish.lambda() != null) {
            sql.add(before).add("r.place = any (p.places)");
            before = " and ";
        }
        if (!wish.hybrid()) {
            sql.add(before).add("r.near is not null");
            before = " and ";
        }
        if (wish.threshold() != null) {
            sql.add(before).add("r.near >= ").value(wish.threshold()).add("::float8");
        }
        sql.add(
                wish.lambda() == null
                        ? " order by r.score desc nulls last"
                        : " order by array_position(p.places, r.place)");
        sql.add(" limit ").add(String.valueOf(wish.limit()));
    }

    /// A long text is shown by its beginning, unless the call has asked for the column.
    private String shown(Column column, int number) {
        return wish.select().isEmpty() && column.isText()
                ? "left(r.c" + number + "::text, " + SHOWN_CHARACTERS + ")"
                : "r.c" + number;
    }

    /// What of a row goes on from part to part, as it is in the tables.
    private void columns() {
        List<Column> columns = search.columns();
        for (int i = 0; i < columns.size(); i++) {
            sql.column("t", columns.get(i).name()).add(" as c" + (i + 1) + ", ");
        }
        List<String> key = search.embedding().key();
        for (int i = 0; i < key.size(); i++) {
            sql.column(search.home(), key.get(i)).add(" as k" + (i + 1) + ", ");
        }
        sql.add(search.column()).add(" as vector");
    }

    /// The same, by the names that it has from then on.
    private String carried(String alias) {
        return Stream.of(names(alias + ".c", search.columns().size()), keyNames(alias))
                .flatMap(List::stream)
                .map(name -> name + ", ")
                .collect(Collectors.joining("", "", alias + ".vector"));
    }

    private String keys(String alias) {
        return String.join(", ", keyNames(alias));
    }

    private List<String> keyNames(String alias) {
        return names(alias + ".k", search.embedding().key().size());
    }

    private static List<String> names(String prefix, int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> prefix + i).toList();
    }

    private void from() {
        sql.add(" from ");
        wish.table().append(sql, "t");
        Embedding embedding = search.embedding();
        if (embedding.isLinked()) {
            sql.add(" join ");
            new TableName(embedding.schema(), embedding.table()).append(sql, "v");
            String before = " on ";
            for (Embedding.Join join : embedding.link()) {
                sql.add(before).column("v", join.own()).add(" = ").column("t", join.theirs());
                before = " and ";
            }
        }
    }

    /// @param sized whether the embedding has to be as long as the vector
    private void where(boolean sized) {
        sql.add(" where ").add(search.column()).add(" is not null");
        if (sized && search.embedding().dimensions() == null) {
            sql.add(" and ").add(search.size()).add(" = ");
            sql.add(String.valueOf(search.vector().size()));
        }
        Filters.append(sql, " and ", "t", wish.filters(), "filters");
    }

    private void document() {
        List<Column> documents = search.table().documents();
        if (documents.getFirst().type().equals("tsvector")) {
            sql.column("t", documents.getFirst().name());
            return;
        }
        sql.add("to_tsvector(").value(wish.language()).add("::regconfig, concat_ws(' '");
        documents.forEach(text -> sql.add(", ").column("t", text.name()));
        sql.add("))");
    }
}
