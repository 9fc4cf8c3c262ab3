import { fold } from '../../../shared/domain/persian-text.ts'
import type { Db } from '../../db/open.ts'
import type { Tx } from '../../db/write.ts'
import { addSourceTx } from '../customers/sources.ts'
import { addTagTx } from '../customers/tags.ts'

/** A tag, a group or a source: rows of a file know them by name. */
export interface NamedThing {
  kind: 'tag' | 'group' | 'source'
  id: string
  name: string
}

/** Two spellings of one name give the same; tags and groups are not told apart. */
const keyOf = (kind: NamedThing['kind'], name: string) =>
  (kind === 'source' ? 's ' : 't ') + fold(name).replace(/[\s\u200c]/g, '')

/** All that live, those added first last, so that of two with one name the older counts. */
export function namedThings(db: Db): NamedThing[] {
  return db
    .prepare(
      `SELECT kind, id, name FROM (SELECT kind, id, name, pk FROM tag WHERE deleted = 0 ORDER BY pk DESC)
       UNION ALL SELECT 'source', id, name FROM (SELECT id, name FROM source WHERE deleted = 0 ORDER BY pk DESC)`,
    )
    .all() as NamedThing[]
}

/** What a file wants of tags and sources, worked out without the book: those it does not have yet get their ids here. */
export class Proposals {
  /** In the order in which rows want them; numbers of `takeUsed` count in it. */
  readonly list: NamedThing[] = []
  readonly #byKey = new Map<string, NamedThing>()
  readonly #numbers = new Map<NamedThing, number>()
  readonly #newId: () => string
  #used = new Set<number>()

  constructor(things: readonly NamedThing[], newId: () => string) {
    this.#newId = newId
    for (const thing of things) this.#byKey.set(keyOf(thing.kind, thing.name), thing)
  }

  tagsOf({ tags, groups }: { tags: readonly string[]; groups: readonly string[] }): NamedThing[] {
    return [...new Set(tags.map((name) => this.#find(groups.includes(name) ? 'group' : 'tag', name)))]
  }

  source(name: string): NamedThing {
    return this.#find('source', name)
  }

  /** Of those asked for since the last time, the ones that the book may lack. */
  takeUsed(): number[] {
    const used = [...this.#used]
    if (used.length > 0) this.#used = new Set()
    return used
  }

  #find(kind: NamedThing['kind'], name: string): NamedThing {
    const thing = this.#byKey.get(keyOf(kind, name)) ?? this.#propose({ kind, id: this.#newId(), name })
    const number = this.#numbers.get(thing)
    if (number !== undefined) this.#used.add(number)
    return thing
  }

  #propose(thing: NamedThing): NamedThing {
    this.#numbers.set(thing, this.list.length)
    this.list.push(thing)
    this.#byKey.set(keyOf(thing.kind, thing.name), thing)
    return thing
  }
}

/** Tags and sources by name while rows are written, found in the book or made on the way. One a run: what a failed chunk put in here goes with it. */
export class ThingsOfBook {
  #known = new Map<string, string>()
  #proposed: readonly NamedThing[] = []
  #proposedByKey = new Map<string, NamedThing>()
  /** `uses` of lines that were looked after already. */
  #served = new Set<string>()
  #names = ''
  /** Changes that are known to have left the names alone, or made by this run. */
  #unchanged = -1

  /** All of the book when it was last looked at. */
  list: NamedThing[] = []

  /** Looks into the book anew. */
  read(db: Db): void {
    this.list = namedThings(db)
    this.#known = new Map(this.list.map(({ kind, id, name }) => [keyOf(kind, name), id]))
    this.#names = JSON.stringify(this.list)
    this.propose([])
    this.#served.clear()
  }

  /** What the prepared rows take for granted: these things, under these ids, once they are made. */
  propose(proposed: readonly NamedThing[]): void {
    this.#proposed = proposed
    this.#proposedByKey = new Map(proposed.map((thing) => [keyOf(thing.kind, thing.name), thing]))
  }

  /** Are tags and sources still what they were? Looks only where somebody else has written since. */
  areAsBefore(tx: Tx): boolean {
    if (tx.change - 1 !== this.#unchanged && JSON.stringify(namedThings(tx.db)) !== this.#names) return false
    this.#unchanged = tx.change - 1
    return true
  }

  /** This run's own chunk was logged under this number. */
  wrote(tx: Tx): void {
    this.#unchanged = tx.change
  }

  /** Makes of the proposed ones those with these numbers, where they are not there yet. */
  make(tx: Tx, uses: string): void {
    if (this.#served.has(uses)) return
    for (const number of uses === '' ? [] : uses.split(',')) {
      const { kind, name, id } = this.#proposed[Number(number)]!
      // The prepared rows point at this id already.
      if (this.#find(tx, kind, name) !== id) throw new Error(`${kind} under another id than it was prepared with`)
    }
    this.#served.add(uses)
  }

  tag(tx: Tx, name: string, groups: readonly string[]): string {
    return this.#find(tx, groups.includes(name) ? 'group' : 'tag', name)
  }

  source(tx: Tx, name: string): string {
    return this.#find(tx, 'source', name)
  }

  #find(tx: Tx, kind: NamedThing['kind'], name: string): string {
    const key = keyOf(kind, name)
    let id = this.#known.get(key)
    if (id === undefined) {
      const thing = this.#proposedByKey.get(key) ?? { kind, name, id: tx.ctx.ids.next() }
      id =
        thing.kind === 'source'
          ? addSourceTx(tx, thing.name, thing.id)
          : addTagTx(tx, { name: thing.name, kind: thing.kind, color: null }, thing.id)
      this.#known.set(key, id)
      this.#names = JSON.stringify(namedThings(tx.db))
    }
    return id
  }
}
