import fs from "node:fs";

const AT_ONCE = 16;

/** The suite's REST API, as its administrator uses it. */
export class Api {
  #token;

  constructor(suite) {
    this.suite = suite;
  }

  async signIn() {
    const { username, passwordFile } = this.suite.admin;
    this.#token = await this.login(username, fs.readFileSync(passwordFile, "utf8").trim());
    return this;
  }

  async login(username, password) {
    const { token } = await this.auth("POST", "/api/v1/auth/login", { username, password });
    return token;
  }

  auth(method, place, body) {
    return this.#ask("auth-service", method, place, body);
  }

  gateway(method, place, body) {
    return this.#ask("mcp-gateway", method, place, body);
  }

  /** Changes something of the gateway's, whatever its version. */
  change(place, body) {
    return this.#ask("mcp-gateway", "PATCH", place, body, { "If-Match": "*" });
  }

  async #ask(service, method, place, body, headers = {}) {
    const answer = await fetch(this.suite.services[service].url + place, {
      method,
      headers: {
        ...headers,
        ...(body && { "Content-Type": "application/json" }),
        ...(this.#token && { Authorization: `Bearer ${this.#token}` }),
      },
      body: body && JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${place}: ${answer.status} ${text}`);
    return text ? JSON.parse(text) : undefined;
  }
}

/** Does the same for each of these, a few at once; gives what came of them in their order. */
export async function each(items, work, atOnce = AT_ONCE) {
  const results = [];
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const i = next++;
      results[i] = await work(items[i], i);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}
