// Logs in again and again, several at once, until its standard input ends; prints how many times.
// Arguments: URL, how many at once. LOGIN of the environment is the body to send.
const [url, atOnce] = process.argv.slice(2);
let going = true;
let logins = 0;
process.stdin.on("end", () => (going = false)).resume();

async function again() {
  while (going) {
    const answer = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: process.env.LOGIN,
    });
    const text = await answer.text();
    if (answer.status !== 200) throw new Error(`login: ${answer.status} ${text}`);
    logins++;
  }
}

await Promise.all(Array.from({ length: Number(atOnce) }, again));
console.log(logins);
