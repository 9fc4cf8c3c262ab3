/** Names of the Iranian calendar. Months from Farvardin, weekdays from Saturday. */
export type Lang = 'fa' | 'en'

export const MONTH_NAMES: Readonly<Record<Lang, readonly string[]>> = {
  fa: ['فروردین', 'اردیبهشت', 'خرداد', 'تیر', 'مرداد', 'شهریور', 'مهر', 'آبان', 'آذر', 'دی', 'بهمن', 'اسفند'],
  en: [
    'Farvardin',
    'Ordibehesht',
    'Khordad',
    'Tir',
    'Mordad',
    'Shahrivar',
    'Mehr',
    'Aban',
    'Azar',
    'Dey',
    'Bahman',
    'Esfand',
  ],
}

export const WEEKDAY_NAMES: Readonly<Record<Lang, readonly string[]>> = {
  fa: ['شنبه', 'یکشنبه', 'دوشنبه', 'سه‌شنبه', 'چهارشنبه', 'پنجشنبه', 'جمعه'],
  en: ['Saturday', 'Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'],
}

/** Words for near days; {n} is the number. */
export const NEAR_DAYS: Readonly<
  Record<Lang, Readonly<Record<'today' | 'tomorrow' | 'yesterday' | 'ago' | 'ahead', string>>>
> = {
  fa: { today: 'امروز', tomorrow: 'فردا', yesterday: 'دیروز', ago: '{n} روز پیش', ahead: '{n} روز دیگر' },
  en: { today: 'Today', tomorrow: 'Tomorrow', yesterday: 'Yesterday', ago: '{n} days ago', ahead: 'in {n} days' },
}
