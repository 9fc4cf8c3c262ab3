const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

/** Fields of a form (plain data) that changed both here, since it began with `from`, and elsewhere (`to`), and not to the same. */
export function clashes<T extends object>(form: T, from: T, to: T): (keyof T)[] {
  return (Object.keys(form) as (keyof T)[]).filter(
    (key) => !same(form[key], from[key]) && !same(to[key], from[key]) && !same(form[key], to[key]),
  )
}
