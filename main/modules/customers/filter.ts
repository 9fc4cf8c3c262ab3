import type { Filter, FilterGroup, FilterRule } from '../../../shared/contract/filter.ts'
import { addDays, dayOf, isIsoDay } from '../../../shared/domain/jalali.ts'
import { tidy, toLatinDigits } from '../../../shared/domain/persian-text.ts'
import { digitsNeedRecheck, ftsQuery, parseQuery } from '../../../shared/domain/search-tokens.ts'
import { looseForms, looseKey, looseSql, sortKey } from '../../../shared/domain/sort-key.ts'
import { startOfDay } from './business-day.ts'
import { hasDigits } from './recheck.ts'

export interface Sql {
  sql: string
  params: Array<string | number | null>
}

export interface FilterEnv {
  /** Epoch ms. */
  now: number
  /**
   * How a rule about other tables asks: 'set' reads all members once (to find few among all), 'probe' looks each row up by index (to
   * walk an order and stop early).
   */
  ask: 'set' | 'probe'
}

const TRUE: Sql = { sql: '1', params: [] }
const FALSE: Sql = { sql: '0', params: [] }

/** The condition over `party p` for a filter; `deleted` is part of it, unindexed, so that the planner does not take it for rare. */
export function whereOf(filter: Filter, env: FilterEnv): Sql {
  const where = groupSql(filter.where, filter.trash, env)
  const alive = filter.trash ? '+p.deleted = 1 AND p.merged_into IS NULL' : '+p.deleted = 0'
  return { sql: `${alive} AND ${where.sql}`, params: where.params }
}

/** True where the filter leaves nothing out (no rule, or only unfinished ones). */
export function showsAll(filter: Filter): boolean {
  return !filter.trash && groupSql(filter.where, false, { now: 0, ask: 'set' }).sql === '1'
}

function groupSql(group: FilterGroup, trash: boolean, env: FilterEnv): Sql {
  const parts = group.rules
    .map((r) => ('op' in r ? groupSql(r, trash, env) : ruleSql(r, trash, env)))
    .filter((s) => s !== TRUE)
  if (parts.length === 0) return TRUE
  return {
    sql: `(${parts.map((p) => p.sql).join(group.op === 'and' ? ' AND ' : ' OR ')})`,
    params: parts.flatMap((p) => p.params),
  }
}

/** One rule. A rule whose value is still missing (a form being filled in) leaves nothing out. */
function ruleSql(rule: FilterRule, trash: boolean, env: FilterEnv): Sql {
  const { field, test } = rule
  const text = rule.value === null ? '' : tidy(String(rule.value))
  const needsValue = !['isEmpty', 'isNotEmpty', 'isTrue', 'isFalse'].includes(test)
  if (needsValue && text === '') return TRUE
  switch (field) {
    case 'text':
      return textRule(text, trash)
    case 'name':
      return test === 'contains' ? nameContains(text) : nameStartsWith(text)
    case 'kind':
      return { sql: 'p.kind = ?', params: [text] }
    case 'role':
      return member('party_role x', 'x.role = ?', [text], test !== 'isNot', env)
    case 'tag':
    case 'group':
      return tagRule(field, test, text, env)
    case 'source':
      return column('p.source_id', test, text)
    case 'owner':
      return column('p.owner_id', test, text)
    case 'province':
      return column('p.province', test, text)
    case 'city':
      if (test === 'is') return cityIn('IN', text)
      if (test === 'isNot') return cityIn('NOT IN', text)
      return { sql: test === 'isEmpty' ? "p.city_sort = ''" : "p.city_sort > ''", params: [] }
    case 'phone':
      if (test === 'contains') return phoneContains(text, trash)
      return member('party_channel x', "x.kind = 'phone'", [], test === 'isNotEmpty', env)
    case 'email':
      if (test !== 'contains') return member('party_channel x', "x.kind = 'email'", [], test === 'isNotEmpty', env)
      return member('party_channel x', "x.kind = 'email' AND instr(x.key, ?) > 0", [text.toLowerCase()], true, env)
    case 'birth_month':
      if (test === 'is') return number('p.birth_jm = ?', text)
      return { sql: `p.birth_jm IS ${test === 'isEmpty' ? '' : 'NOT '}NULL`, params: [] }
    case 'credit_limit':
      if (test === 'atLeast') return number('p.credit_limit >= ?', text)
      if (test === 'atMost') return number('p.credit_limit <= ?', text)
      return { sql: `p.credit_limit IS ${test === 'isEmpty' ? '' : 'NOT '}NULL`, params: [] }
    case 'blacklisted':
      return { sql: `p.blacklisted = ${test === 'isTrue' ? 1 : 0}`, params: [] }
    case 'created':
      return dayRule('p.created_at', test, text, env.now)
    case 'updated':
      return dayRule('p.updated_at', test, text, env.now)
    case 'last_contact':
      if (test === 'quietFor') return quietFor(text, env.now)
      if (test === 'isEmpty' || test === 'isNotEmpty') return column('p.last_contact', test, '')
      return dayRule('p.last_contact', test, text, env.now)
    case 'next_contact':
      if (test === 'isEmpty' || test === 'isNotEmpty') return column('p.next_contact', test, '')
      if (!isIsoDay(text)) return TRUE
      return { sql: `p.next_contact ${test === 'onOrAfter' ? '>=' : '<='} ?`, params: [text] }
    case 'slipped':
      return {
        sql: test === 'isTrue' ? 'p.slips_on <= ?' : '(p.slips_on IS NULL OR p.slips_on > ?)',
        params: [dayOf(env.now)],
      }
  }
}

/** Is the party in (or not in) a set kept in another table x? */
function member(from: string, where: string, params: Sql['params'], inside: boolean, env: FilterEnv): Sql {
  const not = inside ? '' : 'NOT '
  const sql =
    env.ask === 'set'
      ? `p.id ${not}IN (SELECT x.party_id FROM ${from} WHERE x.deleted = 0 AND ${where})`
      : `${not}EXISTS (SELECT 1 FROM ${from} WHERE x.party_id = p.id AND x.deleted = 0 AND ${where})`
  return { sql, params }
}

function tagRule(kind: 'tag' | 'group', test: string, id: string, env: FilterEnv): Sql {
  const from = 'party_tag x JOIN tag t ON t.id = x.tag_id AND t.deleted = 0'
  if (test === 'is' || test === 'isNot') return member(from, 'x.tag_id = ?', [id], test === 'is', env)
  return member(from, 't.kind = ?', [kind], test === 'isNotEmpty', env)
}

function column(name: string, test: string, value: string): Sql {
  if (test === 'is') return { sql: `${name} = ?`, params: [value] }
  if (test === 'isNot') return { sql: `${name} IS NOT ?`, params: [value] }
  return { sql: `${name} IS ${test === 'isEmpty' ? '' : 'NOT '}NULL`, params: [] }
}

/** Every way of writing آ and ا in the name of a city, for people type «اباده» for «آباده». */
function cityIn(test: 'IN' | 'NOT IN', text: string): Sql {
  const keys = looseForms(sortKey(text), 32)
  return { sql: `p.city_sort ${test} (${keys.map(() => '?').join()})`, params: keys }
}

function number(sql: string, text: string): Sql {
  const n = Number(toLatinDigits(text))
  return Number.isFinite(n) ? { sql, params: [n] } : TRUE
}

/** Both ends included: a day lasts from its first millisecond in the business time zone to that of the next day. */
function dayRule(name: string, test: string, text: string, now: number): Sql {
  if (test === 'inLastDays') {
    const days = Number(toLatinDigits(text))
    if (!Number.isInteger(days) || days < 1 || days > 36_500) return TRUE
    return { sql: `${name} >= ?`, params: [startOfDay(addDays(dayOf(now), 1 - days))] }
  }
  if (!isIsoDay(text)) return TRUE
  if (test === 'onOrAfter') return { sql: `${name} >= ?`, params: [startOfDay(text)] }
  return { sql: `${name} < ?`, params: [startOfDay(addDays(text, 1))] }
}

/** Nobody spoke with them for more than so many days, or ever. */
function quietFor(text: string, now: number): Sql {
  const days = Number(toLatinDigits(text))
  if (!Number.isInteger(days) || days < 1 || days > 36_500) return TRUE
  return { sql: '(p.last_contact IS NULL OR p.last_contact < ?)', params: [startOfDay(addDays(dayOf(now), -days))] }
}

/** The palette's question, by the search index. Deleted customers are not in it; they are few, so their columns are read instead. */
function textRule(text: string, trash: boolean): Sql {
  const query = parseQuery(text)
  const match = ftsQuery(query)
  if (match === null) return TRUE
  if (trash) {
    const parts = [...query.words.map((w) => nameContains(w)), ...query.digits.map((d) => hasDigits(d))]
    return { sql: parts.map((p) => p.sql).join(' AND '), params: parts.flatMap((p) => p.params) }
  }
  const checks = digitsNeedRecheck(query).map(hasDigits)
  return {
    sql: ['p.pk IN (SELECT rowid FROM party_fts WHERE party_fts MATCH ?)', ...checks.map((c) => c.sql)].join(' AND '),
    params: [match, ...checks.flatMap((c) => c.params)],
  }
}

function phoneContains(text: string, trash: boolean): Sql {
  const digits = parseQuery(text).digits.join('')
  if (digits === '') return FALSE
  const check: Sql = { sql: 'instr(p.phones, ?) > 0', params: [digits] }
  const match = digits.length >= 4 && !trash ? ftsQuery({ words: [], digits: [digits] }) : null
  if (match === null) return check
  return {
    sql: `p.pk IN (SELECT rowid FROM party_fts WHERE party_fts MATCH ?) AND ${check.sql}`,
    params: [match, ...check.params],
  }
}

/**
 * Part of a name, however it is spaced. The sort key is the folded name, family first, so the words are also tried the other way
 * round: «علی رضایی» is in «رضایی علی».
 */
function nameContains(text: string): Sql {
  const turns = rotations(text.split(' ').filter(Boolean)).map((words) => looseKey(words.map(sortKey).join('')))
  const space = sortKey(' ')
  return {
    sql: `(${turns.map(() => `instr(${looseSql(`replace(p.name_sort, '${space}', '')`)}, ?) > 0`).join(' OR ')})`,
    params: turns,
  }
}

/** A word of the name (given, family or of a company) begins so. */
function nameStartsWith(text: string): Sql {
  const space = sortKey(' ')
  return { sql: `instr('${space}' || ${looseSql('p.name_sort')}, ?) > 0`, params: [space + looseKey(sortKey(text))] }
}

/** The words as they are and with one, two… of the first moved to the end; long texts only as they are. */
export function rotations(words: readonly string[]): string[][] {
  if (words.length < 2 || words.length > 6) return [[...words]]
  return words.map((_, i) => [...words.slice(i), ...words.slice(0, i)])
}
