import {
  FILTER_FIELDS,
  Filter,
  type FilterField,
  type FilterGroup,
  type FilterRule,
} from '../../../shared/contract/filter.ts'

export type FilterNode = FilterRule | FilterGroup
/** Where a node stands in the tree: the index at each level; [] is the whole. */
export type Path = readonly number[]
export type ValueKind = (typeof FILTER_FIELDS)[FilterField]['value']

export const EMPTY: FilterGroup = { op: 'and', rules: [] }
/** Groups may stand in groups this deep (the contract allows four). */
export const MAX_DEPTH = 3
export const FIELDS = Object.keys(FILTER_FIELDS) as FilterField[]

export const isGroup = (node: FilterNode): node is FilterGroup => 'rules' in node
export const testsOf = (field: FilterField): readonly string[] => FILTER_FIELDS[field].tests
export const valueKindOf = (field: FilterField): ValueKind => FILTER_FIELDS[field].value

const WITHOUT_VALUE = new Set(['isEmpty', 'isNotEmpty', 'isTrue', 'isFalse'])
export const needsValue = (test: string) => !WITHOUT_VALUE.has(test)

/** A rule as it begins when a field is chosen. */
export const newRule = (field: FilterField): FilterRule => ({ field, test: testsOf(field)[0]!, value: null })

/** Tests whose value is a number of days. */
export const isDays = (test: string): boolean => test === 'inLastDays' || test === 'quietFor'

/** The rule with another test; the value stays where it still means the same. */
export function withTest(rule: FilterRule, test: string): FilterRule {
  const keeps = needsValue(test) && needsValue(rule.test) && isDays(test) === isDays(rule.test)
  return { ...rule, test, value: keeps ? rule.value : isDays(test) ? 30 : null }
}

export const isComplete = (rule: FilterRule) => !needsValue(rule.test) || (rule.value !== null && rule.value !== '')

/** What is asked of the engine: half-made rules and empty groups left out. */
export function complete(group: FilterGroup): FilterGroup {
  const rules: FilterNode[] = []
  for (const node of group.rules) {
    if (isGroup(node)) {
      const inner = complete(node)
      if (inner.rules.length > 0) rules.push(inner)
    } else if (isComplete(node)) rules.push(node)
  }
  return { op: group.op, rules }
}

/** How many rules count. */
export const ruleCount = (group: FilterGroup): number =>
  group.rules.reduce((sum, node) => sum + (isGroup(node) ? ruleCount(node) : Number(isComplete(node))), 0)

/** The tree with the node at `path` replaced, or taken out when `node` is null. */
export function withNode(group: FilterGroup, path: Path, node: FilterNode | null): FilterGroup {
  const [at, ...rest] = path
  if (at === undefined) return node && isGroup(node) ? node : EMPTY
  const rules = group.rules.flatMap((each, index) => {
    if (index !== at) return [each]
    if (rest.length > 0) return isGroup(each) ? [withNode(each, rest, node)] : [each]
    return node ? [node] : []
  })
  return { ...group, rules }
}

/** The tree with a node more at the end of the group at `path`. */
export function withAdded(group: FilterGroup, path: Path, node: FilterNode): FilterGroup {
  const [at, ...rest] = path
  if (at === undefined) return { ...group, rules: [...group.rules, node] }
  const rules = group.rules.map((each, index) => (index === at && isGroup(each) ? withAdded(each, rest, node) : each))
  return { ...group, rules }
}

/** The filter of a view narrowed by the words of the quick box. */
export function withText(filter: Filter, text: string): Filter {
  const value = text.trim()
  if (!value) return filter
  const rule: FilterRule = { field: 'text', test: 'matches', value }
  const where: FilterGroup =
    filter.where.op === 'and'
      ? { op: 'and', rules: [...filter.where.rules, rule] }
      : { op: 'and', rules: [filter.where, rule] }
  return { ...filter, where }
}

export const sameFilter = (a: Filter, b: Filter) =>
  a.trash === b.trash && JSON.stringify(a.where) === JSON.stringify(b.where)

/** A filter from an address or a saved view; null when it is none. */
export function readFilter(value: unknown): Filter | null {
  const read = Filter.safeParse(value)
  return read.success ? read.data : null
}
