import http from "node:http";

const REVISION = "2025-11-25";
const STATELESS = "2026-07-28";

/** A call that nobody answers has to end somewhen: no statement runs that long. */
const ANSWER_MILLIS = 90_000;

/** A server's MCP endpoint, spoken to as a client of the 2025-11-25 revision would. */
export class McpEndpoint {
  #agent;
  #headers;

  /** By an agent of its own, unless many share one. */
  constructor(url, headers = {}, agent = new http.Agent({ keepAlive: true, maxSockets: 1 })) {
    this.url = url;
    this.#agent = agent;
    this.#headers = {
      "Content-Type": "application/json",
      Accept: "application/json, text/event-stream",
      "Mcp-Protocol-Version": REVISION,
      Connection: "keep-alive",
      ...headers,
    };
  }

  /** Initializes; every request after this one belongs to the session, if the server has them. */
  async open() {
    delete this.#headers["Mcp-Session-Id"];
    const client = { name: "drawbridge-bench", version: "1" };
    const answer = await this.post(
      rpc("initialize", { protocolVersion: REVISION, capabilities: {}, clientInfo: client }),
    );
    if (answer.status !== 200) throw new Error(`initialize: ${answer.status} ${answer.body}`);
    const session = answer.headers["mcp-session-id"];
    if (session) this.#headers["Mcp-Session-Id"] = session;
    await this.post({ jsonrpc: "2.0", method: "notifications/initialized" });
  }

  /** Ends the session. */
  async close() {
    if (this.#headers["Mcp-Session-Id"]) await this.#send("DELETE", "");
    this.#agent.destroy();
  }

  post(message, more = {}) {
    return this.#send("POST", JSON.stringify(message), more);
  }

  /** The same request as text, for a load generator: header lines, an empty line, the body. */
  text(message, more = {}) {
    const lines = Object.entries({ ...this.#headers, ...more }).map(([name, value]) => `${name}: ${value}\n`);
    return `${lines.join("")}\n${JSON.stringify(message)}`;
  }

  #send(method, body, more = {}) {
    return new Promise((resolve, reject) => {
      const headers = { ...this.#headers, ...more, "Content-Length": Buffer.byteLength(body) };
      const request = http.request(this.url, { method, headers, agent: this.#agent });
      request.setTimeout(ANSWER_MILLIS, () => request.destroy(new Error("no answer")));
      let wireBytes;
      request.on("socket", (socket) => {
        const before = socket.bytesRead;
        wireBytes = () => socket.bytesRead - before;
      });
      request.on("error", reject);
      request.on("response", (response) => {
        const chunks = [];
        response.on("data", (chunk) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          const bytes = Buffer.concat(chunks);
          resolve({
            status: response.statusCode,
            headers: response.headers,
            body: bytes.toString("utf8"),
            bodyBytes: bytes.length,
            wireBytes: wireBytes(),
          });
        });
      });
      request.end(body);
    });
  }
}

/** The same as a client of the 2026-07-28 revision would: all that is known of it is in each request. */
export class StatelessEndpoint extends McpEndpoint {
  constructor(url, headers = {}, agent = undefined) {
    super(url, { ...headers, "Mcp-Protocol-Version": STATELESS }, agent);
  }

  async open() {}

  async close() {}

  post(message) {
    return super.post(withMetadata(message), mirrored(message));
  }

  text(message) {
    return super.text(withMetadata(message), mirrored(message));
  }
}

function withMetadata({ params, ...message }) {
  const prefix = "io.modelcontextprotocol/";
  const _meta = { [`${prefix}protocolVersion`]: STATELESS, [`${prefix}clientCapabilities`]: {} };
  return { ...message, params: { ...params, _meta } };
}

function mirrored({ method, params }) {
  const headers = { "Mcp-Method": method };
  if (params.name) headers["Mcp-Name"] = params.name;
  const connection = params.arguments?.connection_id;
  if (connection) headers["Mcp-Param-Connection"] = connection;
  return headers;
}

export const rpc = (method, params) => ({ jsonrpc: "2.0", id: 1, method, params });

/** The result of a JSON-RPC answer, which must not be an error of the protocol or of the tool. */
export function result(answer) {
  if (answer.status !== 200) throw new Error(`HTTP ${answer.status}: ${answer.body.slice(0, 300)}`);
  const data = answer.body.match(/^data: ?(.*)$/m);
  const message = JSON.parse(data ? data[1] : answer.body);
  if (!message.result || message.result.isError) {
    throw new Error(`an error was answered: ${answer.body.slice(0, 300)}`);
  }
  return message.result;
}

/**
 * What a call of a tool came to: its rows, or the code by which it was refused, and in how many
 * milliseconds it may be tried again.
 */
export function outcome({ status, headers, body }) {
  const message = parsed(body);
  const { result: answered } = message;
  if (status === 200 && answered && !answered.isError) {
    return { kind: "rows", rows: answered.structuredContent.rows };
  }
  const problem = answered?.structuredContent?.error ?? message.error?.data ?? message;
  const again = problem.retryAfterMs ?? Number(headers["retry-after"] ?? NaN) * 1000;
  return { kind: problem.code ?? `HTTP ${status}`, detail: problem.detail, again };
}

function parsed(body) {
  try {
    return JSON.parse(body.match(/^data: ?(.*)$/m)?.[1] ?? body);
  } catch {
    return {};
  }
}
