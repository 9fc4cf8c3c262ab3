import type { Vcard } from './vcard.ts'

const GROUP = /KIND:group/i

/**
 * Lists of people, which iCloud and vCard 4.0 write as cards of their own (KIND:group, MEMBER:urn:uuid:…) anywhere in the file. Their names
 * become tags of their members, so they are read before the cards.
 */
export class CardGroups {
  readonly #namesOf = new Map<string, string[]>()

  /** null: the file has none, as most do; then it need not be parsed twice. */
  static of(text: Iterable<string>, cards: () => Iterable<Vcard>): CardGroups | null {
    let before = ''
    let some = false
    for (const piece of text) {
      some = GROUP.test(before + piece)
      if (some) break
      before = piece.slice(-20)
    }
    if (!some) return null
    const groups = new CardGroups()
    for (const card of cards()) if (groups.isGroup(card)) groups.#add(card)
    return groups
  }

  isGroup(card: Vcard): boolean {
    return card.properties.some((p) => /^(X-ADDRESSBOOKSERVER-)?KIND$/.test(p.name) && /^group$/i.test(p.value))
  }

  namesFor(card: Vcard): string[] {
    const uid = card.properties.find((p) => p.name === 'UID')?.value
    return (uid && this.#namesOf.get(keyOf(uid))) || []
  }

  #add(card: Vcard): void {
    const name = card.properties.find((p) => p.name === 'FN' || p.name === 'N')?.value
    if (!name) return
    for (const p of card.properties) {
      if (!/^(X-ADDRESSBOOKSERVER-)?MEMBER$/.test(p.name)) continue
      const key = keyOf(p.value)
      this.#namesOf.set(key, [...(this.#namesOf.get(key) ?? []), name])
    }
  }
}

const keyOf = (uid: string) => uid.replace(/^urn:uuid:/i, '').toLowerCase()
