export interface LiveEvent {
  tables: string[]
  change: number | null
  origin: string
}

/** Tells every open window, after a commit, which tables changed. */
export class Live {
  readonly #listeners = new Set<(event: LiveEvent) => void>()

  /** How many listen now. */
  get listeners(): number {
    return this.#listeners.size
  }

  emit(event: LiveEvent): void {
    for (const listener of this.#listeners) listener(event)
  }

  /** Returns the function that stops listening. */
  listen(listener: (event: LiveEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}
