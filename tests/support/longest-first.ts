import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Files that take a minute or so, the longest first: begun last, one of them would keep a single processor busy while the other waits. */
const LONGEST = [
  'sync/sim-model',
  'sync/sim-stores',
  'sync/sim-book',
  'faults/sync-kill',
  'faults/backup-kill',
  'faults/kill',
  'faults/damage',
  'faults/import-kill',
]
const placeOf = ({ moduleId }: TestSpecification) => {
  const place = LONGEST.findIndex((name) => moduleId.endsWith(`tests/${name}.test.ts`))
  return place < 0 ? LONGEST.length : place
}

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).sort((a, b) => placeOf(a) - placeOf(b))
  }
}
