/** How many cases a property is tried with: few in every run, FC_RUNS=100000 by hand (`npm run sim -- --properties`). */
export const runs = (few: number) => ({ numRuns: Number(process.env['FC_RUNS'] ?? few) })
