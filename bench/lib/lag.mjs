import { pause } from "./shell.mjs";

/** How old rows may be that are served, as the gateway is configured, and what a look at it costs. */
const MAX_LAG_SECONDS = 10;
const SLACK_SECONDS = 1;

/** Its rows say which server read them, and how far it was behind. */
const SQL = `
  select owner, n, pg_is_in_recovery(),
         extract(epoch from clock_timestamp() - (select at from beat))::float8
    from item order by owner, n limit 10`;

/** A replica that stops following its primary, and goes on. */
export class Lag {
  constructor(database, primary, replica) {
    this.database = database;
    this.primary = primary;
    this.replica = replica;
  }

  static prepare(primary) {
    const table = "create table beat (at timestamptz); insert into beat values (now())";
    primary.sql(`${table}; grant select on beat to public`);
  }

  /** Under that load: follows, lags for `seconds`, follows. */
  async run(crowd, load, { before, seconds, after }) {
    await this.#begin();
    const beats = this.primary.sample("update beat set at = clock_timestamp() returning 1", this.database);
    const running = crowd.run({ ...load, sql: SQL, seconds: before + seconds + after });
    await pause(before * 1_000);
    this.replica.sql("select pg_wal_replay_pause()");
    this.pausedAt = performance.now();
    await pause(seconds * 1_000);
    this.replica.sql("select pg_wal_replay_resume()");
    this.resumedAt = performance.now();
    this.answers = await running;
    beats.stop();
  }

  /** Rows are as old as their server is behind only once both have had the first beat: none was due before. */
  async #begin() {
    this.primary.sql("update beat set at = clock_timestamp()", this.database);
    await this.replica.until("select at > clock_timestamp() - interval '5 s' from beat", this.database);
  }

  judge(conditions) {
    const { answers } = this;
    const errors = answers.where((it) => it.kind !== "rows");
    conditions.atMost("replica lags: answers other than rows", 0, errors.length);
    conditions.atMost("replica lags: rows of others", 0, answers.foreign);
    const oldest = Math.max(...answers.where((it) => it.more).map((it) => it.more[1]));
    const bound = MAX_LAG_SECONDS + SLACK_SECONDS;
    conditions.atMost("replica lags: oldest rows", bound, oldest, " s");
    const [before, , late, after] = this.served();
    conditions.add("replica lags: it serves before", "> 0", before.replica, before.replica > 0);
    conditions.atMost("replica lags: it serves beyond the bound", 0, late.replica);
    conditions.add("replica lags: it serves again", "> 0", after.replica, after.replica > 0);
  }

  /** How many calls who has served: before, within the bound, beyond it, and afterwards. */
  served() {
    const bound = this.pausedAt + (MAX_LAG_SECONDS + SLACK_SECONDS) * 1_000;
    const times = [0, this.pausedAt, bound, this.resumedAt, Infinity];
    return times.slice(1).map((end, i) => {
      const those = this.answers.where((it) => it.more && it.at >= times[i] && it.at < end);
      const replica = those.filter((it) => it.more[0] === true).length;
      return { replica, primary: those.length - replica };
    });
  }

  text() {
    const names = ["before", "within the bound", "beyond it", "after"];
    const said = this.served().map(({ replica, primary }, i) => `${names[i]} ${replica} and ${primary}`);
    return `Calls that the lagging replica and its primary served: ${said.join(", ")}.`;
  }
}
