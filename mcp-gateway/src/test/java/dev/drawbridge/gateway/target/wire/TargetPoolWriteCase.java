package dev.drawbridge.gateway.target.wire;

import dev.drawbridge.gateway.target.CancelSignal;
import dev.drawbridge.gateway.target.Written;
import dev.drawbridge.problem.Problem;

import io.vertx.core.Future;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/// A pool whose login may write, with what makes a write hard.
abstract class TargetPoolWriteCase extends TargetPoolCase {
    @BeforeAll
    static void fixture() {
        postgres.run(
                """
                alter role agent set synchronous_commit = on;
                create table parent (id int primary key);
                create table child (id int primary key,
                    parent int not null references parent on delete cascade
                        deferrable initially deferred);
                create table log (line text);
                create table doc (body jsonb, tags int[]);
                create table guarded (id int primary key, seconds float not null);
                grant select, insert, update, delete on parent, child, log, doc, guarded to agent;
                grant temporary on database postgres to agent;
                create function slow() returns trigger language plpgsql as $$
                begin perform pg_sleep(new.seconds); return new; end $$;
                create constraint trigger slow after insert on guarded
                    deferrable initially deferred for each row execute function slow();
                create function remember() returns trigger language plpgsql as $$
                begin
                    perform set_config('app.owner', 'even', false);
                    perform set_config('statement_timeout', '0', false);
                    perform set_config('default_transaction_read_only', 'off', false);
                    perform pg_advisory_lock(4714);
                    execute 'listen gossip';
                    execute 'create temp table left_behind (id int)';
                    execute 'declare held cursor with hold for select 1';
                    return new;
                end $$;
                create trigger remember before insert on log
                    for each row when (new.line = 'remember') execute function remember();
                """);
    }

    @BeforeEach
    void fresh() {
        postgres.run(
                "truncate parent, child, log, doc, guarded; update tally set n = 0 where n <> 0");
    }

    static Written write(String sql) {
        return await(writing(sql));
    }

    static Future<Written> writing(String sql) {
        return pool.write(nobody, change(sql), _ -> true, new CancelSignal());
    }

    static String changed() {
        return read("select count(*) from tally where n <> 0").json();
    }

    static String state(Future<Written> failing) {
        return ((Problem.Database) problem(failing)).sqlState();
    }
}
