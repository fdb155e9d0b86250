package dev.drawbridge.gateway.sqlguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.problem.Problem;
import dev.drawbridge.problem.ProblemException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

import java.util.List;

class WriteSqlTest {
    private static final List<String> ROWS =
            List.of(
                    "insert into t values (1, default)",
                    "insert into s.t (a, b) select a, b from u where a > $1 returning id, b + 1",
                    "insert into t (a) values ($1) on conflict (a) do nothing",
                    "insert into t as x (a) values (1) on conflict (lower(a), b) where c do update"
                            + " set a = excluded.a, b = default where x.a < 3 returning *",
                    "insert into t (a) overriding system value values (1)",
                    "insert into t default values",
                    "insert into t values (nextval('t_id_seq'), currval('t_id_seq'))",
                    "update t set (a, b) = (select 1, 2), c = default from u where t.id = u.id",
                    "update t set a[1] = 2, b.c = 3 where id = $1 returning old.a, new.a",
                    "update q set taken = true where id = (select id from q where not taken order"
                            + " by id limit 1 for update skip locked) returning id",
                    "delete from only t using u where t.id = u.id returning with (old as o) o.id",
                    "merge into t using u on t.id = u.id when matched and u.x then delete when"
                            + " matched then update set a = u.a when not matched then insert (id)"
                            + " values (u.id) when not matched by source and t.b then do nothing"
                            + " returning merge_action(), t.*",
                    "with gone as (delete from t where a = 1 returning *) insert into u select *"
                            + " from gone",
                    "with d as (delete from t where a = 1 returning *) select count(*) from d",
                    "; /* why */ delete from t where id = 1 ; -- end");

    private static final List<String> SCHEMA =
            List.of(
                    "create table s.t (id bigint generated always as identity primary key, a text"
                            + " not null default 'x' check (a <> ''), b numeric(10, 2), c int"
                            + " references u (id) on delete cascade, d int generated always as"
                            + " (c + 1) stored, unique (a, b)) with"
                            + " (fillfactor = 70)",
                    "create unlogged table if not exists t (a int)",
                    "create table t as select * from u where a > $1 with no data",
                    "create index if not exists i on t using gin (lower(a) text_pattern_ops desc)"
                            + " include (b) with (fastupdate = off) where c",
                    "create view v (a) with (security_invoker = true) as select 1 with check option",
                    "create materialized view m as select 1",
                    "refresh materialized view m",
                    "create sequence s start 5 increment by 2 cache 10",
                    "alter sequence s restart with 3",
                    "create schema if not exists s",
                    "create type mood as enum ('sad', 'ok')",
                    "alter type mood add value 'good' after 'ok'",
                    "create type pair as (a int, b text)",
                    "alter table t add column if not exists a int default 1, alter b set not null,"
                            + " alter c type bigint using c::bigint, drop column if exists d",
                    "alter table t add constraint k foreign key (a) references u not valid",
                    "alter table t validate constraint k",
                    "alter table t rename column a to b",
                    "alter index i rename to j",
                    "comment on column t.a is 'why'",
                    "truncate t, u restart identity cascade",
                    "drop table if exists t, s.u cascade",
                    "drop index i",
                    "drop type mood");

    private static final List<String> NEVER =
            List.of(
                    "",
                    "select 1",
                    "table t",
                    "explain delete from t",
                    "show work_mem",
                    "delete from t where id = 1; delete from t where id = 2",
                    "insert into t select set_config('app.owner', 'bob', true)",
                    "insert into t values (1) returning set_config('app.owner', 'bob', true)",
                    "insert into t values (1) returning U&\"set\\005fconfig\"('a', 'b', true)",
                    "insert into t values (1) on conflict do update set a ="
                            + " pg_advisory_lock(1)::text",
                    "update t set a = lo_create(0) where id = 1",
                    "update t set a = 1 where dblink_exec('x', 'y') is not null",
                    "delete from t where (id).pg_advisory_lock is null",
                    "delete from t where id in (select oid from pg_authid)",
                    "delete from t where current of c",
                    "insert into t values (setval('s', 1))",
                    "insert into t (a) select * into u from v",
                    "update pg_settings set setting = 'bob' where name = 'app.owner'",
                    "update \"pg_settings\" set setting = 'bob' where name = 'app.owner'",
                    "insert into pg_catalog.pg_settings values (1)",
                    "delete from information_schema.sql_features where true",
                    "with x as (update pg_settings set setting = 'x' where name = 'role' returning"
                            + " 1) insert into t select 1",
                    "create table pg_temp.t (a int)",
                    "create temp table t (a int)",
                    "create temp table t as select 1",
                    "create temporary view v as select 1",
                    "create temp sequence s",
                    "create table t (a int) inherits (u)",
                    "create table t partition of u for values in (1)",
                    "create table t (like u including all)",
                    "create table t (a int default set_config('a', 'b', false)::int)",
                    "create table t (a int check (pg_notify('a', 'b') is null))",
                    "create table t (a int, exclude using gist (a with =))",
                    "create table t (a int) tablespace x",
                    "create index concurrently i on t (a)",
                    "create index i on t ((lo_create(0)))",
                    "drop index concurrently i",
                    "refresh materialized view concurrently m",
                    "create or replace view v as select 1",
                    "create view v as select set_config('a', 'b', false)",
                    "create view v as delete from t",
                    "create recursive view v (a) as select query_to_xml('select 1', true, true, '')",
                    "create schema s authorization x",
                    "create schema s grant all on t to x",
                    "create schema s create table t (a int)",
                    "create function f() returns int language sql as 'select 1'",
                    "create procedure f() language sql as 'select 1'",
                    "create trigger g before insert on t execute function f()",
                    "create event trigger g on ddl_command_end execute function f()",
                    "create rule r as on insert to t do instead nothing",
                    "create policy p on t using (true)",
                    "alter policy p on t using (true)",
                    "drop policy p on t",
                    "drop trigger g on t",
                    "drop function f",
                    "drop owned by x",
                    "drop role x",
                    "drop domain d",
                    "create domain d as int check (value > 0)",
                    "create cast (int as text) with function f(int)",
                    "create operator + (function = f, leftarg = int)",
                    "create aggregate a (int) (sfunc = f, stype = int)",
                    "create type r as range (subtype = int)",
                    "create extension dblink",
                    "create server s foreign data wrapper postgres_fdw",
                    "create foreign table t (a int) server s",
                    "create user mapping for x server s",
                    "import foreign schema s from server x into y",
                    "create publication p for all tables",
                    "create subscription s connection 'x' publication p",
                    "create role x",
                    "create database x",
                    "create tablespace x location '/x'",
                    "alter table t enable row level security",
                    "alter table t disable row level security",
                    "alter table t no force row level security",
                    "alter table t owner to x",
                    "alter table t disable trigger all",
                    "alter table t disable rule r",
                    "alter table t inherit u",
                    "alter table t attach partition u for values in (1)",
                    "alter table t detach partition u",
                    "alter table t set (security_invoker = false)",
                    "alter table t set schema s",
                    "alter table t set tablespace x",
                    "alter table t replica identity full",
                    "alter table t add a int, owner to x",
                    "alter view v set (security_invoker = false)",
                    "alter view v reset (security_invoker)",
                    "alter schema s rename to z",
                    "alter schema s owner to x",
                    "alter role x set search_path = y",
                    "alter role x superuser",
                    "alter database x set search_path = y",
                    "alter system set work_mem = '1GB'",
                    "alter default privileges grant select on tables to x",
                    "alter function f owner to x",
                    "alter domain d drop constraint c",
                    "comment on role x is 'y'",
                    "comment on function f is 'y'",
                    "security label on table t is 'x'",
                    "grant select on t to public",
                    "grant x to y",
                    "revoke select on t from public",
                    "reassign owned by x to y",
                    "do $$ begin end $$",
                    "call p()",
                    "copy t from '/etc/passwd'",
                    "copy t from program 'id'",
                    "copy (delete from t returning 1) to stdout",
                    "set role x",
                    "set local app.owner = 'bob'",
                    "reset all",
                    "set constraints all deferred",
                    "begin",
                    "commit",
                    "rollback",
                    "savepoint s",
                    "prepare transaction 'x'",
                    "commit prepared 'x'",
                    "listen x",
                    "notify x",
                    "unlisten *",
                    "lock t",
                    "prepare p as delete from t",
                    "execute p",
                    "deallocate all",
                    "declare c cursor with hold for select 1",
                    "discard all",
                    "vacuum t",
                    "analyze t",
                    "cluster t",
                    "reindex table t",
                    "checkpoint",
                    "load 'x'");

    @ParameterizedTest
    @FieldSource("ROWS")
    void what_changes_rows_passes_in_both_modes(String sql) {
        assertThat(WriteSql.parse(sql, WriteMode.DML)).isEqualTo(parsed(sql));
    }

    @ParameterizedTest
    @FieldSource("SCHEMA")
    void what_changes_the_schema_passes_where_it_may(String sql) {
        assertThat(parsed(sql).text()).isEqualTo(sql);
        assertThatThrownBy(() -> WriteSql.parse(sql, WriteMode.DML))
                .hasMessageContaining("writeMode is dml");
    }

    @ParameterizedTest
    @FieldSource("NEVER")
    void what_does_more_or_less_is_rejected(String sql) {
        assertThatThrownBy(() -> parsed(sql))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        failure ->
                                assertThat(failure.problem())
                                        .isInstanceOf(Problem.QueryRejected.class));
    }

    @ParameterizedTest
    @FieldSource("ROWS")
    void nothing_that_writes_is_a_read(String sql) {
        assertThatThrownBy(() -> ReadOnlySql.parse(sql)).isInstanceOf(ProblemException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    select 1 | Use query_database
                    grant select on t to x | administrator's to give
                    create index concurrently i on t (a) | CONCURRENTLY
                    vacuum t | cannot run in a transaction
                    update pg_settings set setting = '1' | belongs to the system
                    insert into t values (lo_create(0)) | function lo_create is not accepted in a statement that writes
                    alter table t enable row level security | ENABLE ROW SECURITY is not
                    begin | one transaction by itself
                    """)
    void a_refusal_says_what_and_what_to_do_instead(String sql, String reason) {
        assertThatThrownBy(() -> parsed(sql)).hasMessageContaining(reason);
    }

    @Test
    void a_refusal_says_where() {
        assertThatThrownBy(() -> parsed("insert into t\nvalues (1, lo_create(0))"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        failure -> assertThat(failure.problem().position()).isEqualTo(26));
    }

    @Test
    void what_answers_with_rows_is_known() {
        assertThat(parsed("delete from t where a = 1 returning a").hasRows()).isTrue();
        assertThat(parsed("with d as (delete from t returning 1) table d").hasRows()).isTrue();
        assertThat(parsed("with x as (select 1) delete from t").hasRows()).isFalse();
        assertThat(parsed("drop table t").hasRows()).isFalse();
    }

    private static WriteSql parsed(String sql) {
        return WriteSql.parse(sql, WriteMode.DDL);
    }
}
