import { pause } from "./shell.mjs";

/** What a caller may be told of a database that is not there. */
const EXPECTED = ["rows", "OVERLOADED", "DATABASE_UNAVAILABLE", "QUERY_TIMEOUT"];

/** Who waits no longer than this was told at once. */
const AT_ONCE_MILLIS = 250;

/** A failure under load, and its end. */
export class Outage {
  /**
   * @param connection {name, id}
   * @param course {fail, seconds, mend}: what happens, and how long it lasts
   */
  constructor(name, connection, course) {
    this.name = name;
    this.connection = connection;
    this.course = course;
  }

  /** Under that load for so many seconds before it, while it lasts, and after it. */
  async run(crowd, load, { before, after }) {
    const { fail, seconds, mend } = this.course;
    const running = crowd.run({ ...load, seconds: before + seconds + after });
    await pause(before * 1_000);
    await fail();
    this.failedAt = performance.now();
    await pause(seconds * 1_000);
    await mend();
    this.mendedAt = performance.now();
    this.answers = await running;
  }

  get unexpected() {
    return this.answers.where((it) => !EXPECTED.includes(it.kind));
  }

  failures() {
    const { rows: _, ...others } = this.answers.kinds();
    return others;
  }

  /** From the failure until the last call was made that had to wait for its error; in ms. */
  opened() {
    const waited = this.answers.where(
      (it) => it.kind !== "rows" && it.fromSent > AT_ONCE_MILLIS && this.sent(it) < this.mendedAt,
    );
    return Math.max(0, ...waited.map((it) => this.sent(it) - this.failedAt));
  }

  /** From when the server answers again until the last error; in ms. */
  closed() {
    const errors = this.answers.where((it) => it.kind !== "rows");
    return Math.max(0, ...errors.map((it) => it.at - this.mendedAt));
  }

  /** The longest that anybody waited for any answer, in ms. */
  longest() {
    return Math.max(...this.answers.all.map((it) => it.fromDue));
  }

  sent(answer) {
    return answer.at - answer.fromSent;
  }
}
