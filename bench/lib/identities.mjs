import { createHash, randomBytes } from "node:crypto";
import { crc32 } from "node:zlib";
import { each } from "./api.mjs";

const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/**
 * Agents of the suite who may query one connection: service accounts, each with an attribute
 * `owner` that is its name, and tokens of these in turn.
 *
 * @param wanted {accounts, tokens, classes}: the agent classes that the tokens have in turn
 * @return of each token {token, owner, agentClass}
 */
export async function identities(api, connection, wanted, prefix = "agent") {
  const group = await api.auth("POST", "/api/v1/groups", { name: `${prefix}s` });
  for (const object of [`connection:${connection}`, "tool:query_database"]) {
    await api.auth("POST", "/api/v1/grants", { groupId: group.id, object, level: "read" });
  }
  const names = Array.from({ length: wanted.accounts }, (_, i) => `${prefix}-${i}`);
  const accounts = await each(names, async (username) => {
    const body = { username, kind: "service", attributes: { owner: username } };
    const { id } = await api.auth("POST", "/api/v1/users", body);
    await api.auth("POST", `/api/v1/groups/${group.id}/members`, { userId: id });
    return { id, owner: username };
  });
  const tokens = Array.from({ length: wanted.tokens }, (_, i) => {
    // Every account has tokens of every class, whatever divides whatever.
    const turn = i + Math.floor(i / accounts.length);
    const agentClass = wanted.classes[turn % wanted.classes.length];
    return { ...accounts[i % accounts.length], token: newToken(), agentClass };
  });
  store(api.suite, tokens);
  return tokens;
}

/** In the form of auth-service's OpaqueCredential. */
function newToken() {
  const body = `dbk_${base62(BigInt(`0x${randomBytes(32).toString("hex")}`), 43)}`;
  return body + base62(BigInt(crc32(body)), 6);
}

function base62(number, length) {
  let digits = "";
  for (let rest = number; digits.length < length; rest /= 62n) {
    digits = DIGITS[Number(rest % 62n)] + digits;
  }
  return digits;
}

/** As auth-service stores them, without its audit: it would make ten thousand in minutes. */
function store(suite, tokens) {
  const rows = tokens.map(({ id, token, agentClass }, i) => {
    const sha256 = createHash("sha256").update(token).digest("hex");
    return `${id}\t${sha256}\t${agentClass}\tbench ${i}`;
  });
  const sql = `
    create temp table made (user_id uuid, sha256 text, agent_class text, name text);
    copy made from stdin;
    insert into auth.api_token (tenant_id, id, user_id, name, sha256, agent_class, type)
    select u.tenant_id, gen_random_uuid(), u.id, m.name, decode(m.sha256, 'hex'), m.agent_class, 'api_token'
      from made m
      join auth.users u on u.id = m.user_id`;
  suite.askDatastore(sql, `${rows.join("\n")}\n`);
}
