import { describe, expect, it } from 'vitest'
import { quickTask } from '../../renderer/modules/tasks/quick-task.ts'
import { nextDays, rulePresets } from '../../renderer/modules/tasks/rule-words.ts'
import { addInput, emptyForm, rebase, type TaskForm, updateInput } from '../../renderer/modules/tasks/task-form.ts'
import { snoozeChoices } from '../../renderer/modules/tasks/tasks-model.ts'
import { addDays, fromJalali } from '../../shared/domain/jalali.ts'
import { parseRule, ruleText } from '../../shared/domain/recurrence.ts'

/** 1 Azar 1405, a Sunday, 12:30. */
const now = { day: '2026-11-22', minute: 750 }

describe('a task in one line', () => {
  it.each([
    ['هر ماه ۳۱م قسط بانک ساعت ۹', 'قسط بانک', '1;M;n=1;d=31', '2026-12-21', 540],
    ['هر ماه پنجم قسط بانک', 'قسط بانک', '1;M;n=1;d=5', '2026-11-26', null],
    ['قسط بانک پنجم هر ماه', 'قسط بانک', '1;M;n=1;d=5', '2026-11-26', null],
    ['شنبه‌ها ساعت ۹ شمردن انبار', 'شمردن انبار', '1;W;n=1;w=0', '2026-11-28', 540],
    ['هر روز ساعت ۹ باز کردن مغازه', 'باز کردن مغازه', '1;D;n=1', '2026-11-23', 540],
    ['هر ماه ۲ کارتن چای', '۲ کارتن چای', '1;M;n=1;d=1', '2026-11-22', null],
    ['گزارش روزانه', 'گزارش روزانه', null, null, null],
    ['خرید نایلون فردا', 'خرید نایلون', null, '2026-11-23', null],
  ])('%s comes again', (text, title, rule, day, minute) => {
    const task = quickTask(text, now)!
    expect([task.title, task.rule && ruleText(task.rule)]).toEqual([title, rule])
    expect([task.when?.day ?? null, task.when?.minute ?? null]).toEqual([day, minute])
  })

  it.each([
    ['فردا ۱۰ تماس با رضایی', 'تماس با رضایی', 'call', '2026-11-23', 600, 'رضایی'],
    ['تماس با رضایی', 'تماس با رضایی', 'call', null, null, 'رضایی'],
    ['خرید کاغذ', 'خرید کاغذ', 'todo', null, null, null],
    ['شنبه جلسه با شرکت نور ساعت ۴', 'جلسه با شرکت نور', 'meeting', '2026-11-28', 960, 'شرکت نور'],
    ['۱۵ آذر تسویهٔ اجاره', 'تسویهٔ اجاره', 'todo', '2026-12-06', null, null],
    ['tomorrow 10 call Rezaei', 'call Rezaei', 'call', '2026-11-23', 600, 'Rezaei'],
    // An amount is no hour, and what is over is no day for a task.
    ['شنبه ۵ کارتن کاغذ', '۵ کارتن کاغذ', 'todo', '2026-11-28', null, null],
    ['پیگیری سفارش دیروز', 'پیگیری سفارش دیروز', 'todo', null, null, null],
    // Nothing but a day is still something to be done then.
    // Said on a first, it is the next one.
    ['اول ماه قسط بانک', 'قسط بانک', 'todo', '2026-12-22', null, null],
    ['فردا', 'فردا', 'todo', '2026-11-23', null, null],
  ])('understands «%s»', (text, title, kind, day, minute, who) => {
    const when = day === null ? null : { day, minute }
    expect(quickTask(text, now)).toEqual({ title, kind, rule: null, tooOften: null, when, noDay: null, who })
  })
  it.each([
    ['۳۱ مهر ساعت ۵ پیگیری', '۳۱ مهر'],
    ['۱۲۰۵/۱/۱ کار قدیمی', '۱۲۰۵/۱/۱'],
    ['۱۵۰۰/۱/۱ کار دور', '۱۵۰۰/۱/۱'],
    ['ساعت ۲۵ زنگ بزنم', 'ساعت ۲۵'],
  ])('keeps «%s» whole and without a day, and knows what is none', (text, noDay) => {
    expect(quickTask(text, now)).toMatchObject({ title: text, when: null, noDay })
  })
  it('makes nothing of an empty line', () => {
    expect(quickTask('  ،  ', now)).toBeNull()
  })
})

const base: TaskForm = {
  ...emptyForm('me'),
  title: 'تماس',
  when: { day: now.day, minute: 600 },
  reminders: [0],
  checks: [
    { id: 'a', key: 'a', text: 'یک', done: false },
    { id: 'b', key: 'b', text: 'دو', done: false },
  ],
}

describe('the form of a task', () => {
  it('sends only what was changed', () => {
    expect(updateInput('t', base, base)).toBeNull()
    expect(updateInput('t', base, { ...base, title: 'تماس دوباره', when: { day: now.day, minute: 660 } })).toEqual({
      id: 't',
      patch: { title: 'تماس دوباره', due_minute: 660 },
    })
    expect(
      updateInput('t', base, {
        ...base,
        reminders: [15],
        checks: [
          { id: 'a', key: 'a', text: 'یک', done: true },
          { key: 'new', text: 'سه', done: false },
          { key: 'blank', text: ' ', done: false },
        ],
      }),
    ).toEqual({
      id: 't',
      patch: {},
      reminders: { add: [15], remove: [0] },
      checks: { add: ['سه'], set: [{ id: 'a', done: true }], remove: ['b'] },
    })
  })

  it('takes over what changed elsewhere and keeps what was typed, list by line', () => {
    const form = {
      ...base,
      title: 'از من',
      reminders: [0, 60],
      checks: [
        { id: 'a', key: 'a', text: 'یک!', done: false },
        { key: 'new', text: 'تازه', done: false },
      ],
    }
    const elsewhere: TaskForm = {
      ...base,
      title: 'از دیگری',
      body: 'شرح',
      reminders: [0, 10],
      checks: [
        { id: 'a', key: 'a', text: 'یک', done: true },
        { id: 'b', key: 'b', text: 'دو', done: false },
        { id: 'c', key: 'c', text: 'سه', done: false },
      ],
    }
    const both = rebase(form, base, elsewhere)
    expect(both).toMatchObject({ title: 'از من', body: 'شرح', reminders: [0, 10, 60] })
    expect(both.checks.map(({ text, done }) => [text, done])).toEqual([
      ['یک!', true],
      ['سه', false],
      ['تازه', false],
    ])
    expect(updateInput('t', elsewhere, both)).toEqual({
      id: 't',
      patch: { title: 'از من' },
      reminders: { add: [60], remove: [] },
      checks: { add: ['تازه'], set: [{ id: 'a', text: 'یک!' }], remove: ['b'] },
    })
  })

  it('lets a task with a time ring at its time unless told otherwise', () => {
    const made = (form: Partial<TaskForm>) => addInput({ ...emptyForm('me'), ...form }).reminders
    expect(made({ when: { day: now.day, minute: 600 } })).toEqual([0])
    expect(made({ when: { day: now.day, minute: null } })).toEqual([])
    expect(made({ when: { day: now.day, minute: 600 }, reminders: [] })).toEqual([])
  })
})

describe('a repetition on the form', () => {
  it('shows the next days and which of them stand in for the 31st', () => {
    const rule = parseRule('1;M;n=1;d=31')!
    expect(nextDays(rule, fromJalali(1405, 6, 1))).toEqual([
      { day: fromJalali(1405, 6, 31), isMoved: false },
      { day: fromJalali(1405, 7, 30), isMoved: true },
      { day: fromJalali(1405, 8, 30), isMoved: true },
    ])
    expect(nextDays(parseRule('1;D;n=1;u=2026-11-23')!, now.day)).toHaveLength(2)
  })
  it('offers rules that can be kept', () => {
    for (let i = 0; i < 366; i++)
      for (const text of rulePresets(addDays(now.day, i))) expect(parseRule(text), text).not.toBeNull()
  })
})

describe('putting off', () => {
  it('offers the evening only while it lies ahead, and never a time that has gone by', () => {
    const ids = (minute: number) => snoozeChoices({ ...now, minute }, addDays).map(({ id }) => id)
    expect(ids(750)).toContain('evening')
    expect(ids(19 * 60)).not.toContain('evening')
    const saturday = snoozeChoices({ day: '2026-11-28', minute: 600 }, addDays).at(-1)
    expect(saturday).toEqual({ id: 'saturday', to: { date: '2026-12-05', minute: 540 } })
  })
})
