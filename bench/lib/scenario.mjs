import { Api } from "./api.mjs";
import { Crowd } from "./crowd.mjs";
import { identities } from "./identities.mjs";
import { machine } from "./machine.mjs";
import { numbers } from "./options.mjs";
import { checkout } from "./shell.mjs";
import { Suite } from "./suite.mjs";
import { Target } from "./target.mjs";

/** How long calls of a class wait for a session before they are refused, unless it is said otherwise. */
export const CLASSES = {
  persistent: { waitMillis: 5_000 },
  serverless: { waitMillis: 1_000 },
  edge: { waitMillis: 2_000 },
  "high-performance": { waitMillis: 5_000 },
};

/** A suite with a database of its own to misuse. */
export class Scenario {
  #ends = [];

  constructor(portOffset) {
    this.suite = Suite.here(portOffset);
  }

  async start(settings = {}) {
    await this.suite.empty();
    this.origin = machine(checkout);
    await this.suite.up();
    this.api = await new Api(this.suite).signIn();
    this.target = await new Target(this.suite).create(settings);
    this.onEnd(() => this.target.end());
  }

  /** Registers what a [Target] says of itself; gives the id. */
  async connect(name, more = {}, target = this.target, replicas = []) {
    const connection = target.connection(name, more);
    for (const replica of replicas) await replica.until(`select true from pg_database where datname = '${name}'`);
    const { id } = await this.api.gateway("POST", "/api/v1/connections", connection);
    return id;
  }

  identities(connection, wanted, prefix) {
    return identities(this.api, connection, wanted, prefix);
  }

  crowd(connection, url = this.suite.mcp) {
    const crowd = new Crowd(url, connection);
    this.onEnd(() => crowd.end());
    return crowd;
  }

  onEnd(end) {
    this.#ends.unshift(end);
  }

  async end() {
    for (const end of this.#ends) await end();
    await this.suite.end();
  }
}

/** What every scenario takes. */
export function options() {
  return numbers({ "port-offset": 10_000 }, { quick: { type: "boolean", default: false } });
}
