import fs from "node:fs";
import path from "node:path";
import { machine } from "./lib/machine.mjs";
import { survivors as known } from "./lib/survivors.mjs";

const folder = path.resolve(import.meta.dirname, "..");
const modules = ["platform/identity", "mcp-gateway"];
const mutations = modules.flatMap(read);
const survivors = mutations.filter((it) => !it.noticed);

console.log("# What no test notices\n\n`bench/mutation.sh`\n");
table(["", "of this run"], machine(folder));
const classes = [...new Set(mutations.map((it) => it.type))].sort();
table(
  ["class", "changes", "noticed"],
  classes.map((type) => {
    const own = mutations.filter((it) => it.type === type);
    return [type, own.length, own.filter((it) => it.noticed).length];
  }),
);
console.log("## Survivors\n");
table(
  ["place", "change", "why no test notices"],
  survivors.map((it) => [`\`${it.type}.${it.method}\`, line ${it.line}`, it.change, why(it)]),
);
process.exitCode = survivors.every(why) ? 0 : 1;

/** Empty for one that nobody has explained. */
function why({ type, method, change }) {
  const same = (it) => it[0] === type && it[1] === method && it[2] === change;
  return known.find(same)?.[3] ?? "";
}

/** The mutations of a module, as PIT wrote them. */
function read(module) {
  const file = path.join(folder, module, "target/pit-reports/mutations.xml");
  const text = fs.readFileSync(file, "utf8");
  return [...text.matchAll(/<mutation .*?status='(\w+)'.*?<\/mutation>/gs)].map(([xml, status]) => ({
    type: field(xml, "mutatedClass").split(".").at(-1).split("$")[0],
    method: field(xml, "mutatedMethod").replaceAll(/[<>]|&.t;/g, ""),
    line: Number(field(xml, "lineNumber")),
    change: field(xml, "description"),
    noticed: ["KILLED", "TIMED_OUT", "MEMORY_ERROR"].includes(status),
  }));
}

function field(xml, name) {
  return xml.match(new RegExp(`<${name}>(.*?)</${name}>`, "s"))[1];
}

function table(head, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  console.log([line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n") + "\n");
}
