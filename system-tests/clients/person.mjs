// What a person does in a browser at Keycloak: the login page, and consent where a client needs it.
import { required } from "./journey.mjs";

const MOST_PAGES = 10;

/** A browser that keeps its cookies; `signIn` gives what the provider sends back to a program. */
export function person() {
  const cookies = new Map();

  let at;

  async function open(address, form) {
    at = new URL(address, at);
    const answer = await fetch(at, {
      method: form ? "POST" : "GET",
      redirect: "manual",
      headers: { Cookie: [...cookies].map((cookie) => cookie.join("=")).join("; ") },
      body: form && new URLSearchParams(form),
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie);
      cookies.set(name, value);
    }
    return answer;
  }

  async function signIn(address, program) {
    let answer = await open(address);
    for (let page = 0; page < MOST_PAGES; page++) {
      const next = answer.headers.get("Location");
      if (next?.startsWith(program)) {
        return new URL(next).searchParams;
      }
      answer = next ? await open(next) : await open(...filledIn(await answer.text()));
    }
    throw new Error(`not sent back to ${program}`);
  }

  return { signIn };
}

function filledIn(page) {
  const action = /<form[^>]*\saction="([^"]+)"/.exec(page)?.[1].replaceAll("&amp;", "&");
  if (!action) {
    throw new Error(`no form: ${page.replaceAll(/<[^>]*>|\s+/g, " ")}`);
  }
  const code = /name="code"[^>]*value="([^"]+)"/.exec(page)?.[1];
  return page.includes('name="password"')
    ? [
        action,
        {
          username: required("DRAWBRIDGE_USERNAME"),
          password: required("DRAWBRIDGE_PASSWORD"),
          credentialId: "",
        },
      ]
    : [action, { code, accept: "Yes" }];
}
