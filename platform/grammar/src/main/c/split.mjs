// Moves the actions of the grammar's 2,300 rules out of Bison's one function into many: the JVM
// compiles no method of more than 64 kB, and would interpret the parser.
import fs from "node:fs";

const RULES = 48;
const SIGNATURE =
  "(int yyn, YYSTYPE *yyvsp, YYLTYPE *yylsp, YYSTYPE *yyvalp, YYLTYPE *yylocp," +
  " core_yyscan_t yyscanner, int yynerrs)";
const OPENING = "  switch (yyn)\n    {\n";

const [from, to] = process.argv.slice(2);
const source = fs.readFileSync(from, "utf8").replace(/^#line.*\n/gm, "");
const start = source.indexOf(OPENING + "        case 2:");
const end = source.lastIndexOf("\n", source.indexOf("default: break;", start));
const parser = source.lastIndexOf("#ifdef YYPARSE_PARAM", start);
if (start < 0 || end < start || parser < 0) throw new Error("Bison's output looks different");

const cases = source
  .slice(start + OPENING.length, end)
  .split(/^(?=\s+case \d+:\n)/m)
  .filter((text) => text.trim());
const groups = Array.from({ length: Math.ceil(cases.length / RULES) }, (_, group) =>
  cases.slice(group * RULES, (group + 1) * RULES),
);
const numberOf = (text) => text.match(/case (\d+):/)[1];
const functions = groups.map(
  (group, index) =>
    `static __attribute__((noinline)) void reduce_${index}${SIGNATURE}\n{\n` +
    `${OPENING}${group.join("")}\n    }\n}\n`,
);
const calls = groups.map(
  (group, index) =>
    `      case ${numberOf(group[0])} ... ${numberOf(group.at(-1))}:` +
    ` reduce_${index}(yyn, yyvsp, yylsp, &yyval, &yyloc, yyscanner, yynerrs); break;\n`,
);
fs.writeFileSync(
  to,
  source.slice(0, parser) +
    "#define yyval (*yyvalp)\n#define yyloc (*yylocp)\n" +
    functions.join("") +
    "#undef yyval\n#undef yyloc\n" +
    source.slice(parser, start) +
    OPENING +
    calls.join("") +
    source.slice(end),
);
