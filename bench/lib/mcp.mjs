import http from "node:http";

const REVISION = "2025-11-25";

/** A server's MCP endpoint, spoken to as a client of the 2025-11-25 revision would. */
export class McpEndpoint {
  #agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  #headers;

  constructor(url, headers = {}) {
    this.url = url;
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

  post(message) {
    return this.#send("POST", JSON.stringify(message));
  }

  /** The same request as text, for a load generator: header lines, an empty line, the body. */
  text(message) {
    const lines = Object.entries(this.#headers).map(([name, value]) => `${name}: ${value}\n`);
    return `${lines.join("")}\n${JSON.stringify(message)}`;
  }

  #send(method, body) {
    return new Promise((resolve, reject) => {
      const headers = { ...this.#headers, "Content-Length": Buffer.byteLength(body) };
      const request = http.request(this.url, { method, headers, agent: this.#agent });
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
