// What a run of the suite has to say beside its tables.

/** What is left out or odd, each said once. */
export class Notes {
  /** Workloads by what is said of them; none: of all. @type {Map<string, { label: string, why: string, workloads: string[] }>} */
  #left = new Map();
  /** @type {string[]} */
  #odd = [];

  /** @param {Readonly<Record<string, readonly string[]>>} [groups] workloads that are named together where all are meant */
  constructor(groups = {}) {
    this.groups = groups;
  }

  /** @param {string} label @param {string} why @param {string} [workload] */
  leaveOut(label, why, workload) {
    const key = `${label} ${why}`;
    const entry = this.#left.get(key) ?? { label, why, workloads: [] };
    if (workload) entry.workloads.push(workload);
    this.#left.set(key, entry);
  }

  /** @param {string} line said again, it is still said once */
  remark(line) {
    if (!this.#odd.includes(line)) this.#odd.push(line);
  }

  /** Those of which the same is said of the same workloads stand together. */
  get lines() {
    /** @type {Map<string, string[]>} */
    const labels = new Map();
    for (const { label, why, workloads } of this.#left.values()) {
      const rest = `not in ${this.#names(workloads).join(', ') || 'any'}: ${why}`;
      labels.set(rest, [...(labels.get(rest) ?? []), label]);
    }
    const left = [...labels].map(
      ([rest, who]) => `${who.join(', ')} ${who.length > 1 ? 'are' : 'is'} ${rest}`,
    );
    return [...left, ...this.#odd];
  }

  /** @param {readonly string[]} workloads */
  #names(workloads) {
    return Object.entries(this.groups).reduce((names, [group, members]) => {
      const isWhole = members.length > 1 && members.every((name) => names.includes(name));
      return isWhole ? [...names.filter((name) => !members.includes(name)), group] : names;
    }, workloads);
  }
}
