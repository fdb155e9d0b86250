/** Changes that no test can notice, and why: class, method, what was changed. */
export const survivors = [
  [
    "Grants",
    "on",
    "changed conditional boundary",
    "equivalent: a level that is no higher replaces one of the same height",
  ],
  ["Level", "min", "changed conditional boundary", "equivalent: of two equal levels either will do"],
  ["Level", "max", "changed conditional boundary", "equivalent: of two equal levels either will do"],
  [
    "ProtectedObject",
    "meet",
    "changed conditional boundary",
    "equivalent: of two paths of one length either can be taken for the longer; segments meet the same both ways",
  ],
  [
    "ProtectedObject",
    "segment",
    "removed conditional - replaced comparison check with false",
    "equivalent: a name without a character to escape takes the long way and comes out as it was",
  ],
  [
    "ReadRules",
    "check",
    "removed conditional - replaced equality check with false",
    "equivalent but for the words: what EXPLAIN explains is refused as a node as well",
  ],
  [
    "ReadRules",
    "check",
    "replaced return value with Collections.emptyList for dev/drawbridge/gateway/sqlguard/ReadRules::check",
    "what a statement names is held by tests that ask a server: DatabaseCatalogTest, AttackCorpusTest",
  ],
  [
    "ReadRules",
    "fields",
    "removed call to dev/drawbridge/gateway/sqlguard/Mentions::note",
    "what a statement names is held by tests that ask a server: DatabaseCatalogTest, AttackCorpusTest",
  ],
];
