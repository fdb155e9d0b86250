package dev.drawbridge.gateway.tool.database;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The one statement that answers a [TableQuery]. Rows are found, ordered and bounded first, and
/// only for those that are left the embedded ones are looked up.
final class TableSql {
    private final PlacedSql sql = new PlacedSql();
    private final ForeignKeys keys;
    private final List<String> ties;
    private final long skip;
    private int aliases;

    private TableSql(ForeignKeys keys, List<String> ties, long skip) {
        this.keys = keys;
        this.ties = ties;
        this.skip = skip;
    }

    /// @param keys from and to its tables, if it has embedded ones
    /// @param ties columns that put in order what the call's order leaves equal, so that pages are
    ///   parts of one whole
    /// @param skip rows that were handed out before
    static PlacedSql of(
            TableQuery query, TableName table, ForeignKeys keys, List<String> ties, long skip) {
        var built = new TableSql(keys, ties, skip);
        built.query(query, table, null);
        return built.sql;
    }

    /// How an embedded table hangs on the row that it is embedded in.
    ///
    /// @param alias of what it is embedded in
    private record Link(String alias, ForeignKeys.Relation relation) {}

    private void query(TableQuery query, TableName table, @Nullable Link link) {
        String alias = alias();
        sql.add("select ");
        query.outputs().append(sql, alias);
        if (query.embedded().isEmpty()) {
            rows(query, table, alias, link);
            return;
        }
        int first = aliases;
        query.embedded()
                .forEach(one -> sql.add(", ").add(alias()).add(".found as ").name(one.name()));
        sql.add(" from (select ");
        found(query, table, alias);
        rows(query, table, alias, link);
        sql.add(") as ").add(alias);
        for (int i = 0; i < query.embedded().size(); i++) {
            sql.add(" left join lateral (");
            embedded(query.embedded().get(i), new Link(alias, relation(query, table, i)));
            sql.add(") as ").add(name(first + i)).add(" on true");
        }
        query.ordering().append(sql, alias, query.outputs());
    }

    /// The columns that are wanted, and those that rows are ordered and related by.
    private void found(TableQuery query, TableName table, String alias) {
        if (query.outputs().isAll()) {
            sql.add(alias).add(".*");
            return;
        }
        Set<String> columns = new LinkedHashSet<>(query.outputs().columns());
        query.ordering().keys().forEach(key -> columns.add(query.outputs().column(key.name())));
        for (int i = 0; i < query.embedded().size(); i++) {
            columns.addAll(relation(query, table, i).columns());
        }
        String between = "";
        for (String column : columns) {
            sql.add(between).at(query.at("select")).column(alias, column).at(PlacedSql.NOWHERE);
            between = ", ";
        }
    }

    private ForeignKeys.Relation relation(TableQuery query, TableName table, int index) {
        TableQuery one = query.embedded().get(index);
        return keys.relation(table, one.schema(), one.table(), one.via(), one.at());
    }

    /// FROM and all behind it.
    private void rows(TableQuery query, TableName table, String alias, @Nullable Link link) {
        from(query, table, alias, link);
        query.outputs().appendGroups(sql, alias);
        if (query.inner() && query.outputs().aggregates()) {
            sql.add(" having count(*) > 0");
        }
        query.ordering().append(sql, alias, query.outputs());
        if (link == null) {
            String before = query.ordering().keys().isEmpty() ? " order by " : ", ";
            for (String column : ties) {
                sql.add(before).column(alias, column);
                before = ", ";
            }
        }
        // One row more than is handed out tells whether there are more of the call's own.
        sql.add(" limit ").add(String.valueOf(link == null ? query.limit() + 1 : query.limit()));
        if (link == null && skip > 0) {
            sql.add(" offset ").add(String.valueOf(skip));
        }
    }

    private void from(TableQuery query, TableName table, String alias, @Nullable Link link) {
        sql.add(" from ");
        table.append(sql, alias);
        String before = " where ";
        if (link != null) {
            ForeignKeys.Relation relation = link.relation();
            for (int i = 0; i < relation.columns().size(); i++) {
                sql.add(before).column(alias, relation.tableColumns().get(i)).add(" = ");
                sql.column(link.alias(), relation.columns().get(i));
                before = " and ";
            }
        }
        Filters.append(sql, before, alias, query.filters(), query.at("filters"));
        before = query.filters().isEmpty() ? before : " and ";
        for (int i = 0; i < query.embedded().size(); i++) {
            TableQuery one = query.embedded().get(i);
            if (one.inner()) {
                var inner = new Link(alias, relation(query, table, i));
                sql.add(before).add("exists (select 1");
                from(one, inner.relation().table(), alias(), inner);
                sql.add(")");
                before = " and ";
            }
        }
    }

    private void embedded(TableQuery query, Link link) {
        sql.add(
                link.relation().many()
                        ? "select coalesce(json_agg(row_to_json(r.*)), '[]') as found from ("
                        : "select row_to_json(r.*) as found from (");
        query(query, link.relation().table(), link);
        sql.add(") as r");
    }

    private String alias() {
        return name(aliases++);
    }

    private static String name(int alias) {
        return "t" + alias;
    }
}
