import { table } from "./machine.mjs";

/** What a scenario must show, each judged by what was measured. */
export class Conditions {
  #all = [];

  /** @param measured as it is to be shown */
  add(what, wanted, measured, met) {
    this.#all.push({ what, wanted, measured, met });
  }

  atMost(what, bound, measured, unit = "") {
    const shown = Number.isInteger(measured) ? measured : measured?.toFixed(1);
    this.add(what, `≤ ${bound}${unit}`, `${shown}${unit}`, measured <= bound);
  }

  get met() {
    return this.#all.every((it) => it.met);
  }

  text() {
    const rows = this.#all.map((it) => [it.what, it.wanted, it.measured, it.met ? "met" : "**not met**"]);
    return table(["must show", "wanted", "measured", ""], rows);
  }
}
