import { newKey } from './form-model.ts'

/** Changing one member of a list in the form by its key. */
export function members<T extends { key: string }>(list: readonly T[], onList: (list: T[]) => void) {
  return {
    add: (member: Omit<T, 'key'>) => onList([...list, { ...member, key: newKey(list) } as T]),
    set: (key: string, part: Partial<T>) =>
      onList(list.map((each) => (each.key === key ? { ...each, ...part } : each))),
    remove: (key: string) => onList(list.filter((each) => each.key !== key)),
  }
}
