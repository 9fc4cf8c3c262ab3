export * from './jalali-calendar.ts'
export { parseDay } from './parse-day.ts'
