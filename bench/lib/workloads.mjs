/** What is asked. Toolbox has a tool of its own for each statement that it may run. */
export const SELECT_ONE = {
  name: "SELECT 1",
  key: "select_one",
  sql: "SELECT 1",
};

export const HUNDRED_ROWS = {
  name: "100 rows",
  key: "hundred_rows",
  sql:
    "SELECT id, sku, brand, price, cost, price - cost AS margin " +
    "FROM retail.products ORDER BY id LIMIT 100",
};

/** Every row passes a policy that depends on who asks, which no peer can say to the database. */
export const SCOPED_ROWS = {
  name: "100 rows by policy",
  key: "scoped_rows",
  sql:
    "SELECT id, store_id, status, channel, item_count, total_amount " +
    "FROM retail.orders ORDER BY id LIMIT 100",
};

export const CONCURRENCIES = [1, 16, 64];

/** Seconds from the command to the first answer. */
export const START_AIMS = { warm: 10, cold: 360 };

/** What the harness is there to check; the numbers come from the run. */
export const AIMS = {
  rateAgainstToolbox: { [SELECT_ONE.key]: 1.5, [HUNDRED_ROWS.key]: 4 },
  cpuAgainstToolbox: { [SELECT_ONE.key]: 0.6, [HUNDRED_ROWS.key]: 0.2 },
  rateAgainstGuarded: 0.4,
  hundredRowsBytes: 11_000,
};
